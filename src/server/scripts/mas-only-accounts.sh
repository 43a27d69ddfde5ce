# Prints the accounts of MAS that Synapse does not have: their number, then up to 20 names. Changes nothing.
# shellcheck shell=bash disable=SC2154 # synapse_database and mas_database are set before.
psql_rows() {
  docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \
    psql -h /run/postgresql -d "$1" -v ON_ERROR_STOP=1 -qAt -c "$2" </dev/null | LC_ALL=C sort
}
strangers=$(LC_ALL=C comm -13 \
  <(psql_rows "$synapse_database" "COPY (SELECT substring(split_part(name, ':', 1) FROM 2) FROM users) TO STDOUT") \
  <(psql_rows "$mas_database" 'COPY (SELECT username FROM users) TO STDOUT'))
if [ -z "$strangers" ]; then
  echo 0
else
  printf '%s\n' "$strangers" | wc -l
  printf '%s\n' "$strangers" | sed -n 1,20p
fi
