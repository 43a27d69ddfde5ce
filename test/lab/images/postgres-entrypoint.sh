#!/usr/bin/env bash
# Makes a database cluster in PGDATA on the first start, as the environment asks (POSTGRES_USER, POSTGRES_PASSWORD,
# POSTGRES_DB, POSTGRES_INITDB_ARGS), then runs what it is given. Unlike upstream's image it runs no scripts of
# /docker-entrypoint-initdb.d and does not change its user: start it as the user that owns PGDATA.
set -euo pipefail

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

# Where the playbook mounts the server's passwd, initdb and the single-user server do not find a name for their user.
name_own_user() {
  if getent passwd "$(id -u)" >/dev/null; then return; fi
  NSS_WRAPPER_PASSWD=$(mktemp)
  printf 'postgres:x:%s:%s::/:/bin/false\n' "$(id -u)" "$(id -g)" >"$NSS_WRAPPER_PASSWD"
  export NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP=/etc/group LD_PRELOAD=libnss_wrapper.so
}

make_cluster() {
  local -a options
  read -ra options <<<"${POSTGRES_INITDB_ARGS:-}"
  initdb --pgdata="$PGDATA" --username="$user" --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:-}") \
    --auth-local=trust --auth-host=scram-sha-256 "${options[@]}"
  printf '\nlisten_addresses = '\''*'\''\n' >>"$PGDATA/postgresql.conf"
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  if [ "$database" != postgres ]; then
    printf 'CREATE DATABASE "%s";\n' "$database" | postgres --single -D "$PGDATA" postgres >/dev/null
  fi
}

if [ "${1:-}" = postgres ] || [ "${1:0:1}" = - ]; then
  [ "${1:0:1}" = - ] && set -- postgres "$@"
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chmod 0700 "$PGDATA" 2>/dev/null || true
    (
      name_own_user
      make_cluster
    )
  fi
fi
exec "$@"
