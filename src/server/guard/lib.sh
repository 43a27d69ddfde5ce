# Shared by guard.sh and operations.sh on the server: folders, the lock with its fencing number, the journal.
# Exit codes: 73 the lock is held, 75 another run took the lock over, 76 a check failed, 77 unexpected state.

# shellcheck disable=SC2034 # The scripts that source this file use them.
BASE=${AUTH_ACTIONS_DIR:-/matrix/auth-actions}
SYSTEMD_DIR=${AUTH_ACTIONS_SYSTEMD_DIR:-/etc/systemd/system}
GUARD=$BASE/guard
JOURNAL=$BASE/journal.jsonl
LOCK=$BASE/lock.json
HOLD=$BASE/hold
DANGER=$GUARD/danger
RESTORED=$GUARD/restored

fail() {
  local code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

write_durably() { # FILE, content on standard input
  local temporary=$1.new
  cat >"$temporary"
  sync "$temporary"
  mv -f "$temporary" "$1"
  sync "$(dirname "$1")"
}

lock_field() { # NAME
  [ -s "$LOCK" ] || return 0
  sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$LOCK"
}

write_lock() { # OWNER RUN FENCE LEASE_UNTIL
  printf '{"owner":"%s","run":"%s","fence":%d,"leaseUntil":%d}\n' "$1" "$2" "$3" "$4" | write_durably "$LOCK"
}

# The mutex protects the files of this folder and is held briefly. The operation lock is held while an operation runs.
mutex() {
  exec 8>"$BASE/lock.mutex"
  flock -w 20 8 || fail 1 'The lock file is in use.'
}
leave_mutex() { exec 8>&-; }

check_fence() { # FENCE
  [ "$(lock_field fence)" = "$1" ] || fail 75 "Another run took the lock over (fence $(lock_field fence), not $1)."
}

lock_operation() { # FENCE
  exec 9>"$BASE/turn"
  flock -w 120 9 || fail 1 'Another operation on this server is still running.'
  check_fence "$1"
}

# A lease is valid until it expires. The guard and root work on this server and hold the operation lock meanwhile: their
# lease ends with their process, so that a killed process does not block other runs.
lease_alive() {
  local until
  until=$(lock_field leaseUntil)
  [ -n "$until" ] && [ "$until" -gt "$(date +%s)" ] || return 1
  case $(lock_field owner) in
    guard | root-*) operation_locked ;;
  esac
}

operation_locked() {
  ! (
    exec 9>"$BASE/turn"
    flock -n 9
  )
}

# Kills everything that still holds the operation lock: syn2mas's container, then every process that has the lock file open
# as descriptor 9, including orphaned children.
kill_previous_owner() {
  local descriptor pid
  docker kill matrix-authentication-service-syn2mas >/dev/null 2>&1 || true
  exec 9>"$BASE/turn"
  flock -w 5 9 && return 0
  for descriptor in /proc/[0-9]*/fd/9; do
    pid=${descriptor#/proc/}
    pid=${pid%%/*}
    if [ "$pid" != "$BASHPID" ] && [ "$(readlink "$descriptor" 2>/dev/null)" = "$BASE/turn" ]; then
      kill -KILL "$pid" 2>/dev/null || true
    fi
  done
  flock -w 30 9 || fail 1 'An operation of the previous owner is still running.'
}

# Prints the fencing number. It is increased first, so that the previous owner can start no further operation.
acquire() { # OWNER RUN LEASE_SECONDS
  local now until fence
  mutex
  now=$(date +%s)
  until=$(lock_field leaseUntil)
  if lease_alive; then
    fail 73 "The lock is held by $(lock_field owner); the lease expires in $((until - now)) s unless it is renewed."
  fi
  fence=$(($(lock_field fence) + 1))
  write_lock "$1" "$2" "$fence" $((now + $3))
  leave_mutex
  if [ "${until:-0}" != 0 ]; then kill_previous_owner; fi
  printf '%d\n' "$fence"
}

beat() { # FENCE LEASE_SECONDS
  mutex
  check_fence "$1"
  write_lock "$(lock_field owner)" "$(lock_field run)" "$1" $(($(date +%s) + $2))
  leave_mutex
}

release() { # FENCE
  mutex
  check_fence "$1"
  write_lock '' "$(lock_field run)" "$1" 0
  leave_mutex
}

# Removes a last line that a crash cut off.
trim_torn_line() {
  [ -s "$JOURNAL" ] || return 0
  if [ "$(tail -c 1 "$JOURNAL" | od -An -tx1 | tr -d ' ')" != 0a ]; then
    head -n "$(wc -l <"$JOURNAL")" "$JOURNAL" | write_durably "$JOURNAL"
  fi
}

append_lines() { # FENCE FIRST_SEQ, lines on standard input
  mutex
  check_fence "$1"
  touch "$JOURNAL"
  chmod 600 "$JOURNAL"
  trim_torn_line
  [ $(($(wc -l <"$JOURNAL") + 1)) = "$2" ] || fail 77 'Another program has written to the journal.'
  cat >>"$JOURNAL"
  sync "$JOURNAL"
  leave_mutex
}

note() { # FENCE EVENT [STEP] [OUTCOME]: writes an entry from the server
  local body sum
  touch "$JOURNAL"
  trim_torn_line
  body=$(printf '{"seq":%d,"at":"%s","run":"%s","fence":%d,"event":"%s"' \
    $(($(wc -l <"$JOURNAL") + 1)) "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" "$(lock_field run)" "$1" "$2")
  if [ -n "${3:-}" ]; then body=$body$(printf ',"step":"%s"' "$3"); fi
  if [ -n "${4:-}" ]; then body=$body$(printf ',"outcome":"%s"' "$4"); fi
  sum=$(printf '%s}' "$body" | sha256sum | cut -c1-64)
  printf '%s,"sum":"%s"}\n' "$body" "$sum" >>"$JOURNAL"
  sync "$JOURNAL"
}
