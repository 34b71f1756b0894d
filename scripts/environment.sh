#!/bin/sh
# Makes the environment that every `make` target works in: pinned packages, checked by hash, and Nova itself, editable.
# Usage: scripts/environment.sh PYTHON FOLDER [anew]
# A folder that was finished once (it holds .ready) is brought up to date, unless the last word asks for a new one.
set -eu

python=$1
folder=$2
anew=${3:-}

stop() {
    printf 'make: %s\n      %s\n' "$1" "$2" >&2
    exit 2
}

command -v "$python" >/dev/null 2>&1 ||
    stop "there is no $python on this machine." "Install Python 3.11 or newer, or name one:  make PYTHON=/path/to/python3 review"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" --version 2>&1) is too old: Nova needs Python 3.11 or newer." \
        "Name a newer one:  make PYTHON=python3.12 review"

printf 'Preparing %s: the packages in constraints.txt, with %s\n' "$folder" "$("$python" --version 2>&1)" >&2
if [ -n "$anew" ] || [ ! -f "$folder/.ready" ]; then
    rm -rf "$folder"
    "$python" -m venv --without-pip "$folder" ||
        stop "$python cannot make a virtual environment." "Install its venv module (on Debian and Ubuntu: python3-venv)."
fi
rm -f "$folder/.ready"

# ensurepip is a package of its own on some systems, so the pip that is there serves the new environment from outside.
if "$python" -m pip --python "$folder/bin/python" --version >/dev/null 2>&1; then
    into() { "$python" -m pip --python "$folder/bin/python" install -qq "$@"; }
elif "$folder/bin/python" -m ensurepip >/dev/null 2>&1; then
    into() { "$folder/bin/python" -m pip install -qq "$@"; }
else
    rm -rf "$folder"
    stop "$python has no pip of version 22.3 or newer." "Install it (on Debian and Ubuntu: python3-pip or python3-venv)."
fi

PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0
export PIP_DISABLE_PIP_VERSION_CHECK PIP_USER PIP_REQUIRE_VIRTUALENV
into --require-hashes -r constraints.txt ||
    stop "the packages could not be installed; the reason stands above." "Run the same command again: it starts afresh."
into --no-deps --no-build-isolation -e . ||
    stop "Nova itself could not be installed; the reason stands above." "Run the same command again: it starts afresh."
