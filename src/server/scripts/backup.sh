# Takes a backup: MAS's database, Synapse's account tables, configuration, units, and the names of the running images.
# Arguments: FOLDER auth|full SYNAPSE_DATABASE MAS_DATABASE.
set -euo pipefail
umask 077
folder=$1 kind=$2 synapse=$3 mas=$4
# A partial backup would take the space that the next one needs.
trap 'rm -rf --one-file-system -- "$folder"' EXIT
install -d -m 700 "$folder"
pg() { docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres "$@" </dev/null; }
tables=(users user_threepids user_external_ids access_tokens refresh_tokens devices)
pg pg_dump -h /run/postgresql -Fc "$mas" >"$folder/mas.dump"
pg pg_dump -h /run/postgresql -Fc "${tables[@]/#/--table=}" "$synapse" >"$folder/synapse-accounts.dump"
if [ "$kind" = full ]; then
  pg pg_dump -h /run/postgresql -Fc "$synapse" >"$folder/synapse.dump"
fi
# shellcheck disable=SC2046 # One file per word.
tar -C / -czf "$folder/files.tar.gz" matrix/synapse/config matrix/matrix-authentication-service \
  $(cd / && ls -d etc/systemd/system/matrix-*.service)
for container in $(docker ps --format '{{.Names}}'); do
  case $container in
    matrix-synapse* | matrix-authentication-service | matrix-postgres) docker inspect --format '{{.Name}} {{.Config.Image}} {{.Image}}' "$container" ;;
  esac
done >"$folder/images"
for dump in "$folder"/*.dump; do
  docker exec -i matrix-postgres pg_restore --list <"$dump" >"$dump.list"
  [ "$(grep -c 'TABLE DATA' "$dump.list")" -gt 0 ] || { echo "$dump lists no tables" >&2; exit 1; }
done
tar -tzf "$folder/files.tar.gz" >"$folder/files.list"
sync -f "$folder"
trap - EXIT
