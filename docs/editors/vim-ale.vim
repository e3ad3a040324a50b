" nianbao in Vim by ALE: the findings of a report in text, Markdown or HTML. No language server is needed.
"
"   pip install nianbao
"   source this file from vimrc, before or after ALE is loaded
"
" The report is checked as it stands in Vim, saved or not, by the nianbao.yaml closest to its file.
" :ALEDetail has the remedy and the clauses; g:nianbao_command says where the program is, if not on the path.

" Returns the findings in the JSON of `nianbao check`, as ALE wants them. Vim counts bytes, and so does byte_column.
function! NianbaoFindings(buffer, lines) abort
  let l:said = join(a:lines, '')
  if l:said[:0] isnot# '{'
    " no JSON: settings or a plugin are wrong, and the program says which
    return empty(l:said) ? [] : [{'lnum': 1, 'text': l:said, 'type': 'E'}]
  endif
  let l:result = json_decode(l:said)
  if type(l:result.documents[0].form) isnot v:t_string && type(l:result.documents[0].error) is v:t_none
    return []  " a text that is no report: a README, a letter
  endif
  let l:counting = filter(l:result.findings, {_, one -> type(one.suppressed) is v:t_none})
  return map(l:counting, {_, one -> NianbaoItem(one)})
endfunction

function! NianbaoItem(finding) abort
  let l:start = a:finding.span.start
  let l:end = a:finding.span.end
  return {
  \   'lnum': l:start.line,
  \   'col': l:start.byte_column,
  \   'end_lnum': l:end.line,
  \   'end_col': max([l:end.byte_column - 1, 1]),
  \   'type': get({'error': 'E', 'warning': 'W'}, a:finding.severity, 'I'),
  \   'code': a:finding.code,
  \   'text': a:finding.message,
  \   'detail': join([a:finding.message, a:finding.help] + map(copy(a:finding.basis), {_, one -> one.document . one.article}), "\n"),
  \ }
endfunction

" Vim holds the text in UTF-8, whatever its file is in; what is wrong with the settings comes on standard error.
for s:type in ['text', 'markdown', 'html']
  call ale#linter#Define(s:type, {
  \   'name': 'nianbao',
  \   'executable': {_ -> get(g:, 'nianbao_command', 'nianbao')},
  \   'command': '%e check -q -f json --encoding utf-8 --stdin-filename %s -',
  \   'output_stream': 'both',
  \   'callback': 'NianbaoFindings',
  \ })
endfor
