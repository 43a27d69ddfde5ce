# Prints the file $1; exits with 44 if it does not exist.
# shellcheck shell=bash
set -euo pipefail
[ -e "$1" ] || exit 44
cat -- "$1"
