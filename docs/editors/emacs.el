;;; emacs.el --- nianbao in Emacs by eglot  -*- lexical-binding: t -*-

;; Emacs 29 or later has eglot; for 28 it is in ELPA, and in Debian as elpa-eglot.
;;
;;   pip install nianbao
;;   (load "/path/to/emacs.el") in the init file, or its text there
;;
;; Findings are those of flymake; fixes and waivers: M-x eglot-code-actions; the sums of a cell: M-x eldoc.

;;; Code:

(require 'eglot)

(defvar nianbao-command '("nianbao")
  "The program, and what it is to be given before all else.")

(defvar nianbao-settings '(:check "reports")
  "What the server is told: with :check \"all\" it judges every text; :config names a file of settings.")

(defvar nianbao-modes '(text-mode markdown-mode html-mode mhtml-mode yaml-mode yaml-ts-mode)
  "Reports are written in these, and the files that rule over them.")

(defun nianbao-contact (&rest _)
  "Return how eglot starts the server."
  `(,@nianbao-command "lsp" "--lang" "zh" :initializationOptions ,nianbao-settings))

(defun nianbao-ensure ()
  "Start the server for a file of one of `nianbao-modes'; a mail or a commit message is none."
  (when (and buffer-file-name
             (memq major-mode nianbao-modes)
             (executable-find (car nianbao-command)))
    (eglot-ensure)))

(add-to-list 'eglot-server-programs (cons nianbao-modes #'nianbao-contact))

(dolist (mode nianbao-modes)
  (add-hook (intern (format "%s-hook" mode)) #'nianbao-ensure))

(provide 'nianbao)
;;; emacs.el ends here
