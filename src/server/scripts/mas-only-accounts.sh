# Prints the number of accounts that only MAS has, then up to 20 of their names. Read-only.
# shellcheck shell=bash disable=SC2154 # synapse_database and mas_database are set by the caller.
psql_rows() {
  docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres \
    psql -h /run/postgresql -d "$1" -v ON_ERROR_STOP=1 -qAt -c "$2" </dev/null | LC_ALL=C sort
}
mas_only=$(LC_ALL=C comm -13 \
  <(psql_rows "$synapse_database" "COPY (SELECT substring(split_part(name, ':', 1) FROM 2) FROM users) TO STDOUT") \
  <(psql_rows "$mas_database" 'COPY (SELECT username FROM users) TO STDOUT'))
if [ -z "$mas_only" ]; then
  echo 0
else
  printf '%s\n' "$mas_only" | wc -l
  printf '%s\n' "$mas_only" | sed -n 1,20p
fi
