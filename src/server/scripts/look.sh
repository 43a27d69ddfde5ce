# Prints the state of the server, one line each: a name, a tab, the content in base64. Read-only.
# shellcheck shell=bash
set -euo pipefail
emit() { printf '%s\t%s\n' "$1" "$(base64 -w0)"; }
emit_file() { if [ -f "$2" ]; then emit "$1" <"$2"; fi; }

units() {
  systemctl show --no-pager --property=Id,LoadState,ActiveState,UnitFileState \
    matrix-synapse.service matrix-authentication-service.service matrix-postgres.service
  local workers
  # It fails where there are none.
  workers=$({ systemctl list-unit-files --no-legend --no-pager 'matrix-synapse-worker-*.service' || true; } | awk '{print $1}')
  # shellcheck disable=SC2086 # One name per word.
  if [ -n "$workers" ]; then
    printf '\n'
    systemctl show --no-pager --property=Id,LoadState,ActiveState,UnitFileState $workers
  fi
}

units | emit units
{ docker ps --no-trunc --format '{{.Names}} {{.Image}}' 2>/dev/null || true; } | emit containers
emit_file homeserver /matrix/synapse/config/homeserver.yaml
emit_file mas-config /matrix/matrix-authentication-service/config/config.yaml
for unit in matrix-synapse matrix-authentication-service matrix-postgres; do
  { systemctl cat --no-pager "$unit.service" 2>/dev/null || true; } | emit "unit $unit"
done
if [ -e /matrix/postgres/env-postgres-psql ]; then printf yes | emit postgres-environment; fi
