#!/usr/bin/env bash
# Inputs come as variables, never as text of the script: a file name cannot become a command.
set -euo pipefail
arguments=(--format github --lang "$INPUT_LANG" --fail-on "$INPUT_FAIL_ON")
[ -z "$INPUT_SCHEMA" ] || arguments+=("--schema=$INPUT_SCHEMA")
[ -z "$INPUT_BASELINE" ] || arguments+=("--baseline=$INPUT_BASELINE")
[ -z "$INPUT_CHANGED_SINCE" ] || arguments+=("--changed-since=$INPUT_CHANGED_SINCE")
files=()
while IFS= read -r file; do
  [ -z "$file" ] || files+=("$file")
done <<<"$INPUT_FILES"
exec territo validate "${arguments[@]}" -- "${files[@]}"
