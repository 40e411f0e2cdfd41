#!/usr/bin/env bash
# Rewrites requirements*.txt from pyproject.toml: one line per package and its hashes, for
# Linux and macOS, Python 3.11 to 3.13. No index and no address is written, so the files
# work with whatever package index the reader's pip is set up for.
# uv is used for this only, from a throw-away environment.
set -euo pipefail
cd "$(dirname "$0")/.."

tool_folder=$(mktemp -d)
trap 'rm -rf "$tool_folder"' EXIT
"${PYTHON:-python3}" -m venv "$tool_folder"
"$tool_folder/bin/pip" install --quiet uv

resolve() {  # $1 the file to write, then what goes in
  local target=$1
  shift
  "$tool_folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate --no-header ${UPGRADE:+--upgrade} \
    --output-file "$target" "$@" >/dev/null
}

# Each set is constrained by the one before: what is tested is what runs.
resolve requirements.txt pyproject.toml
resolve requirements-dev.txt pyproject.toml --group dev --constraints requirements.txt
resolve requirements-build.txt --group build --constraints requirements-dev.txt
