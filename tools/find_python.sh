#!/bin/sh
# Prints a Python that can set the project up, or says on stderr what is missing.
# Usage: find_python.sh [PYTHON]   With an argument, only that one is tried.
#
# A name on PATH is not enough: version managers leave shims there that fail when run.

oldest="3.11"
without_venv=""

for candidate in ${1:-python3 python3.13 python3.12 python3.11}; do
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
    without_venv="$candidate"
done

if [ -n "$without_venv" ]; then
    echo "$without_venv cannot make virtual environments: install its venv module (python3-venv on Debian and Ubuntu)." >&2
elif [ -n "$1" ]; then
    echo "$1 is not a running Python $oldest or later: set PYTHON to one." >&2
else
    echo "No Python $oldest or later was found: install one, or name it, as in make setup PYTHON=/path/to/python3." >&2
fi
exit 1
