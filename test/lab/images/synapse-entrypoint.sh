#!/usr/bin/env bash
# `run -m MODULE ARGS`: runs a module of Synapse. `generate`: writes a signing key and first configuration for
# SYNAPSE_SERVER_NAME to SYNAPSE_CONFIG_PATH. Anything else is run as it is. Of upstream's image it has no more.
set -euo pipefail

case "${1:-run}" in
  run)
    [ $# -gt 0 ] && shift
    if [ "${1:-}" != -m ]; then
      set -- -m synapse.app.homeserver -c "${SYNAPSE_CONFIG_PATH:-/data/homeserver.yaml}" "$@"
    fi
    exec python "$@"
    ;;
  generate)
    path=${SYNAPSE_CONFIG_PATH:-/data/homeserver.yaml}
    folder=${SYNAPSE_CONFIG_DIR:-/data}
    cd "$folder"
    exec python -m synapse.app.homeserver --server-name "$SYNAPSE_SERVER_NAME" --report-stats "$SYNAPSE_REPORT_STATS" \
      --config-path "$path" --config-directory "$folder" --data-directory "${SYNAPSE_DATA_DIR:-/data}" \
      --generate-config --open-private-ports
    ;;
  *) exec "$@" ;;
esac
