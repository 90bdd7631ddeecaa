#!/usr/bin/env bash
# Installs the version of territo that this action is part of, with the libraries it is tested with.
set -euo pipefail
python -m pip install --quiet --requirement "$GITHUB_ACTION_PATH/requirements.lock"
python -m pip install --quiet --no-deps "$GITHUB_ACTION_PATH"
territo --version
