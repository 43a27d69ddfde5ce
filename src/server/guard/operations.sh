# Operations on the services, files and databases of the server. Each can be repeated.
# Names come from $GUARD/settings: SYNAPSE_UNIT, WORKER_UNITS (blank-separated), MAS_UNIT, POSTGRES_CONTAINER,
# SYNAPSE_DATABASE, SYNAPSE_ROLE, MAS_DATABASE, MAS_ROLE, BACKUP (folder of the backup in force).

DROP_IN=90-matrix-auth-actions-hold.conf
SYN2MAS_CONTAINER=matrix-authentication-service-syn2mas

psql_in() { # DATABASE, SQL on standard input
  docker exec -i --env-file=/matrix/postgres/env-postgres-psql "$POSTGRES_CONTAINER" \
    psql -h /run/postgresql -d "$1" -v ON_ERROR_STOP=1 -qAt
}

held_units() { printf '%s\n' "$SYNAPSE_UNIT" $WORKER_UNITS; }

hold_install() {
  local unit
  held_units | while read -r unit; do
    install -d -m 755 "$SYSTEMD_DIR/$unit.service.d"
    printf '[Unit]\nConditionPathExists=!%s\n' "$HOLD" | write_durably "$SYSTEMD_DIR/$unit.service.d/$DROP_IN"
    chmod 644 "$SYSTEMD_DIR/$unit.service.d/$DROP_IN"
  done
  systemctl daemon-reload
}

hold_remove() {
  local unit
  rm -f "$HOLD"
  held_units | while read -r unit; do
    rm -f "$SYSTEMD_DIR/$unit.service.d/$DROP_IN"
    rmdir "$SYSTEMD_DIR/$unit.service.d" 2>/dev/null || true
  done
  systemctl daemon-reload
}

hold_on() {
  printf 'matrix-auth-actions prevents Synapse and its workers from starting; see %s/README.\n' "$GUARD" | write_durably "$HOLD"
}

hold_off() {
  rm -f "$HOLD"
  sync "$BASE"
}

unit_property() { systemctl show -p "$2" --value "$1.service"; }

# Starting a held unit also exits with 0. Only a condition that was checked after the attempt, with the result no, proves the
# hold. systemd does not check the condition of a running unit.
hold_prove() {
  local unit before tries
  for unit in $(held_units); do
    case $(unit_property "$unit" ActiveState) in
      active | activating | reloading)
        printf '%s is running; the hold applies from its next start.\n' "$unit"
        continue
        ;;
    esac
    before=$(unit_property "$unit" ConditionTimestampMonotonic)
    systemctl start --no-block --job-mode=ignore-dependencies "$unit.service"
    tries=0
    while [ "$(unit_property "$unit" ConditionTimestampMonotonic)" = "$before" ]; do
      tries=$((tries + 1))
      [ "$tries" -lt 40 ] || fail 76 "systemd did not check the condition of $unit."
      sleep 0.05
    done
    [ "$(unit_property "$unit" ConditionResult)" = no ] || fail 76 "The hold does not prevent $unit from starting."
  done
}

services_stop() {
  docker kill "$SYN2MAS_CONTAINER" >/dev/null 2>&1 || true
  # shellcheck disable=SC2046 # One name per word.
  systemctl stop $(held_units) "$MAS_UNIT"
}

down_prove() {
  local unit left tries=0 running
  running=$(docker ps --format '{{.Names}}')
  for unit in $(held_units); do
    ! printf '%s\n' "$running" | grep -qx "$unit" || fail 76 "The container $unit is still running."
    case $(unit_property "$unit" ActiveState) in
      inactive | failed) ;;
      *) fail 76 "The unit $unit is still active." ;;
    esac
  done
  while :; do
    left=$(psql_in postgres <<SQL
SELECT count(*) FROM pg_stat_activity WHERE datname = '$SYNAPSE_DATABASE' AND usename = '$SYNAPSE_ROLE'
SQL
    )
    [ "$left" != 0 ] || return 0
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || fail 76 "Synapse still has $left database sessions."
    if [ "$tries" = 5 ]; then
      psql_in postgres >/dev/null <<SQL
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$SYNAPSE_DATABASE' AND usename = '$SYNAPSE_ROLE'
SQL
    fi
    sleep 0.2
  done
}

synapse_start() {
  local unit
  systemctl start --no-block "$SYNAPSE_UNIT"
  # With their dependencies the workers would wait about ten seconds for Synapse's health check.
  for unit in $WORKER_UNITS; do
    systemctl start --no-block --job-mode=ignore-dependencies "$unit"
  done
  [ -s "$GUARD/also-restart" ] || return 0
  while read -r unit; do
    systemctl try-restart --no-block "$unit" || true
  done <"$GUARD/also-restart"
}

mark_danger() { printf 'down\n' | write_durably "$DANGER"; }

# Stops everything in one call, to keep the downtime short.
go_down() {
  files_check before
  mark_danger
  hold_on
  services_stop
  hold_prove
  down_prove
}

go_live() {
  files_check before
  files_put after
  hold_off
  systemctl start --no-block "$MAS_UNIT"
  synapse_start
}

# A file set is SIDE/manifest with a line a file: INDEX<TAB>file|absent<TAB>MODE<TAB>OWNER:GROUP<TAB>PATH, and SIDE/INDEX.
files_check() { # SIDE: fails if the files on disk differ from SIDE
  local index state mode owner path
  while IFS=$'\t' read -r index state mode owner path; do
    if [ "$state" = absent ]; then
      [ ! -e "$path" ] || fail 77 "$path exists but should not."
    else
      cmp -s "$BASE/$1/$index" "$path" || fail 77 "$path has changed since it was rendered."
    fi
  done <"$BASE/$1/manifest"
}

files_put() { # SIDE
  local index state mode owner path
  [ -e "$BASE/$1/manifest" ] || return 0
  while IFS=$'\t' read -r index state mode owner path; do
    if [ "$state" = absent ]; then
      rm -f "$path"
    elif ! cmp -s "$BASE/$1/$index" "$path"; then
      install -m "$mode" -o "${owner%:*}" -g "${owner#*:}" "$BASE/$1/$index" "$path.auth-actions"
      sync "$path.auth-actions"
      mv -f "$path.auth-actions" "$path"
    fi
  done <"$BASE/$1/manifest"
  systemctl daemon-reload
}

mas_tables() {
  psql_in "$MAS_DATABASE" <<'SQL'
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND (tablename LIKE 'syn2mas\_\_%'
 OR tablename IN ('syn2mas_restore_constraints', 'syn2mas_restore_indices', 'users', 'user_passwords', 'user_emails',
  'user_unsupported_third_party_ids', 'upstream_oauth_links', 'compat_sessions', 'compat_access_tokens',
  'compat_refresh_tokens'))
SQL
}

# Removes what syn2mas wrote from MAS's database. MAS must be stopped. An interrupted run leaves tables renamed, without
# constraints and indexes, so the earlier dump is restored. If the dump has such tables too, the database stays empty: MAS
# creates its tables and syncs its configuration when it starts.
mas_empty() {
  local tables
  if [ ! -e "$GUARD/recreating" ]; then
    tables=$(mas_tables)
    case $tables in
      *syn2mas_*) printf 'yes\n' | write_durably "$GUARD/recreating" ;;
      '') return 0 ;;
      *)
        printf 'TRUNCATE %s CASCADE;\n' "$(printf '%s' "$tables" | tr '\n' ',')" | psql_in "$MAS_DATABASE" 2>/dev/null
        return 0
        ;;
    esac
  fi
  psql_in postgres <<SQL
DROP DATABASE IF EXISTS "$MAS_DATABASE" WITH (FORCE);
CREATE DATABASE "$MAS_DATABASE" OWNER "$MAS_ROLE" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
SQL
  if [ -s "$BACKUP/mas.dump" ] && ! grep -q syn2mas_ "$BACKUP/mas.dump.list"; then
    docker exec -i --env-file=/matrix/postgres/env-postgres-psql "$POSTGRES_CONTAINER" \
      pg_restore -h /run/postgresql -d "$MAS_DATABASE" --exit-on-error <"$BACKUP/mas.dump"
  fi
  rm -f "$GUARD/recreating"
}

# For a Synapse with built-in login. It keeps running, even if its unit requires MAS.
mas_clean() {
  systemctl stop --job-mode=ignore-dependencies "$MAS_UNIT"
  mas_empty
  systemctl start --no-block --job-mode=ignore-dependencies "$MAS_UNIT"
}

# In MSC3861 mode Synapse records each user under this provider, and a later syn2mas run refuses such users.
forget_delegated_users() {
  psql_in "$SYNAPSE_DATABASE" <<'SQL'
DELETE FROM user_external_ids WHERE auth_provider = 'oauth-delegated';
SQL
}

await_http() { # SECONDS STATUS, curl's configuration on standard input: prints the body of the answer
  local deadline config answer
  deadline=$(($(date +%s) + $1))
  config=$(cat)
  while :; do
    answer=$(printf '%s\n' "$config" | timeout 15 docker exec -i "$SYNAPSE_UNIT" \
      curl -sS -m 10 -w '\n%{http_code}' -K - 2>/dev/null || true)
    if [ "${answer##*$'\n'}" = "$2" ]; then
      printf '%s\n' "${answer%$'\n'*}"
      return 0
    fi
    [ "$(date +%s)" -lt "$deadline" ] || fail 76 "The answer was HTTP ${answer##*$'\n'} instead of HTTP $2."
    sleep 0.1
  done
}
