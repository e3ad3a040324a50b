;;; emacs.el --- the server in Emacs -*- lexical-binding: t; -*-

;; Run as `emacs -q --batch -l emacs.el REPORT': starts the server for the report through eglot, waits for its
;; diagnostics, applies the fix of the first, waits again, and writes what it saw as JSON into $NIANBAO_SEEN.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'seq)

(defvar nianbao-patience 300 "Seconds to wait for anything.")

(defun nianbao-wait (what holds)
  "Wait until HOLDS returns something, and return that; WHAT is said where it never does."
  (let ((end (+ (float-time) nianbao-patience)) found)
    (while (and (not (setq found (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (error "%s" what))))

(defun nianbao-diagnostics ()
  "Return the diagnostics of this buffer; columns count characters from 0."
  (vconcat
   (mapcar
    (lambda (one)
      (let ((start (flymake-diagnostic-beg one)) (end (flymake-diagnostic-end one)))
        (list :line (line-number-at-pos start)
              :column (save-excursion (goto-char start) (- start (line-beginning-position)))
              :words (buffer-substring-no-properties start end)
              :message (flymake-diagnostic-text one))))
    (sort (flymake-diagnostics)
          (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))

(defun nianbao-run (report)
  "Show what is found in REPORT, fix the first, and return what was seen."
  (find-file report)
  (text-mode)
  (setq-local eglot-autoreconnect nil)
  (let* ((command (append (json-parse-string (getenv "NIANBAO_COMMAND") :array-type 'list) nil))
         (eglot-sync-connect 30)
         (eglot-confirm-server-initiated-edits nil)
         (eglot-server-programs (list (cons '(text-mode :language-id "plaintext") command)))
         (server (progn (call-interactively #'eglot) (eglot-current-server)))
         before after)
    (flymake-mode 1)
    (nianbao-wait "no diagnostics came"
                  (lambda () (flymake-start) (> (length (flymake-diagnostics)) 0)))
    (setq before (nianbao-diagnostics))
    (goto-char (flymake-diagnostic-beg
                (car (sort (flymake-diagnostics)
                           (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))
    (let* ((actions (jsonrpc-request
                     server :textDocument/codeAction
                     (list :textDocument (eglot--TextDocumentIdentifier)
                           :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                           :context (list :diagnostics [] :only ["quickfix"]))))
           (action (seq-find (lambda (one) (eq (plist-get one :isPreferred) t)) actions)))
      (unless action (error "no fix is offered"))
      (eglot--apply-workspace-edit (plist-get action :edit))
      (eglot--signal-textDocument/didChange)
      (nianbao-wait "the finding stays"
                    (lambda () (flymake-start) (< (length (flymake-diagnostics)) (length before))))
      (setq after (nianbao-diagnostics))
      (prog1 (list :version emacs-version
                   :before before
                   :title (plist-get action :title)
                   :after after
                   :text (buffer-substring-no-properties (point-min) (point-max)))
        (eglot-shutdown server nil 10)))))

(let* ((seen (condition-case trouble
                 (nianbao-run (car command-line-args-left))
               (error (list :trouble (error-message-string trouble)))))
       (coding-system-for-write 'utf-8-unix))
  (with-temp-file (getenv "NIANBAO_SEEN")
    (insert (json-serialize seen)))
  (kill-emacs (if (plist-get seen :trouble) 1 0)))
