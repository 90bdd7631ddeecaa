#!/usr/bin/env bash
# The data of the other revision is laid out apart and compared with what is checked out.
set -euo pipefail
old="$(mktemp -d)"
trap 'rm -rf "$old"' EXIT
prefix="$(git rev-parse --show-prefix)"
git archive --format=tar "$INPUT_DIFF_WITH:$prefix" | tar -x -C "$old"
{
  printf '\n### %s → %s\n\n```text\n' "$INPUT_DIFF_WITH" "$(git rev-parse --short HEAD)"
  territo diff "$old" . --lang "$INPUT_LANG" | sed 's/```/` ` `/g'
  printf '```\n'
} >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
