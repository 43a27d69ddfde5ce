#!/usr/bin/env bash
# Demands a file of pinned host keys with at least one key. Nothing is fetched: who asks a server for its key trusts it.
set -euo pipefail

fail() {
  printf '::error title=setup::%s\n' "$1"
  exit 1
}

[ -f "$KNOWN_HOSTS" ] || fail 'The file of known-hosts is not there. Commit one with the host key of the server.'
keys=$({ ssh-keygen -l -f "$KNOWN_HOSTS" 2>/dev/null || true; } | wc -l)
[ "$keys" -gt 0 ] || fail 'The file of known-hosts holds no host key.'
printf '%s pinned host keys.\n' "$keys"
