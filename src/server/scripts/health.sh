# Prints what the health check needs beside the probe, one line each: a name, a tab, the content in base64. Read-only.
# shellcheck shell=bash
set -euo pipefail
emit() { printf '%s\t%s\n' "$1" "$(base64 -w0)"; }

for unit in matrix-synapse matrix-authentication-service matrix-postgres; do
  { systemctl cat --no-pager "$unit.service" 2>/dev/null || true; } | emit "unit $unit"
done
{
  docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.Gateway}} {{.GlobalIPv6Address}} {{end}}' \
    matrix-authentication-service 2>/dev/null || true
} | emit mas-networks
# The folder stays after the backup was turned off. Beside it, `config` is written at each deployment.
if systemctl cat matrix-postgres-backup.service >/dev/null 2>&1; then
  { find /matrix/postgres-backup/data -type f -size +0 -printf '%T@\n' 2>/dev/null || true; } | sort -n | tail -n 1 |
    emit newest-backup
fi
date +%s | emit now
