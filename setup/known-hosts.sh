#!/usr/bin/env bash
# Requires a known-hosts file with at least one key. Nothing is fetched from a server: that would be trust on first use.
set -euo pipefail

fail() {
  printf '::error title=setup::%s\n' "$1"
  exit 1
}

[ -f "$KNOWN_HOSTS" ] || fail "The file $KNOWN_HOSTS does not exist. Commit one with the host key of the server, and set known-hosts to its path."
keys=$({ ssh-keygen -l -f "$KNOWN_HOSTS" 2>/dev/null || true; } | wc -l)
[ "$keys" -gt 0 ] || fail "The file $KNOWN_HOSTS contains no host key. Add the line of the server's host key."
printf 'Pinned host keys: %s\n' "$keys"
