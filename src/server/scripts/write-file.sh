# Replaces the file $1 with standard input, with mode $2, atomically even at a power cut.
# shellcheck shell=bash
set -euo pipefail
umask 077
folder=$(dirname -- "$1")
beside=$(mktemp -- "$folder/.$(basename -- "$1").XXXXXXXX")
trap 'rm -f -- "$beside"' EXIT
cat >"$beside"
if [ -e "$1" ]; then chown --reference="$1" -- "$beside"; fi
chmod -- "$2" "$beside"
sync -- "$beside"
mv -fT -- "$beside" "$1"
sync -- "$folder"
