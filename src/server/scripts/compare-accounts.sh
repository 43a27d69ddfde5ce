# Prints the number of Synapse's active accounts that MAS lacks, the number of accounts that only MAS has, then up to 20 of the
# latter's names. Read-only.
# Arguments: SYNAPSE_DATABASE MAS_DATABASE.
# shellcheck shell=bash
set -euo pipefail
synapse_database=$1 mas_database=$2
psql_rows() {
  docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \
    psql -h /run/postgresql -d "$1" -v ON_ERROR_STOP=1 -qAt -c "$2" </dev/null | LC_ALL=C sort
}
localparts="SELECT substring(split_part(name, ':', 1) FROM 2) FROM users"
in_mas=$(psql_rows "$mas_database" 'COPY (SELECT username FROM users) TO STDOUT')
in_synapse=$(psql_rows "$synapse_database" "COPY ($localparts) TO STDOUT")
active=$(psql_rows "$synapse_database" "COPY ($localparts WHERE deactivated = 0 AND appservice_id IS NULL) TO STDOUT")
LC_ALL=C comm -23 <(printf '%s\n' "$active") <(printf '%s\n' "$in_mas") | grep -c . || true
mas_only=$(LC_ALL=C comm -13 <(printf '%s\n' "$in_synapse") <(printf '%s\n' "$in_mas") | sed '/^$/d')
printf '%s' "$mas_only" | grep -c '' || true
if [ -n "$mas_only" ]; then printf '%s\n' "$mas_only" | sed -n 1,20p; fi
