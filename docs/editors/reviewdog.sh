#!/bin/sh
# The findings of all reports below a folder through reviewdog: to the terminal, or as remarks on a pull request.
#
#   sh reviewdog.sh 各乡镇报告/ -reporter=local -filter-mode=nofilter
#   sh reviewdog.sh 各乡镇报告/ -reporter=github-pr-review          (needs REVIEWDOG_GITHUB_API_TOKEN)
#
# reviewdog counts columns in UTF-8 bytes, as rdjson does. A fix is offered as a suggestion.
folder=$1
shift
found=$(nianbao check -q -f rdjson --fail-on never "$folder") || exit
printf '%s\n' "$found" | reviewdog -f=rdjson -name=nianbao "$@"
