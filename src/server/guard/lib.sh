# Shared by guard.sh and operations.sh on the server: folders, the lock with its fencing number, the journal.
# Exit codes: 73 the lock is held, 75 a newer owner has taken over, 76 something could not be proven, 77 not as expected.

# shellcheck disable=SC2034 # Whoever reads this file in uses them.
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

# The mutex guards the files of this folder and is held for moments; the turn is held for as long as an operation lasts.
mutex() {
  exec 8>"$BASE/lock.mutex"
  flock -w 20 8 || fail 1 'The lock file is busy.'
}
leave_mutex() { exec 8>&-; }

check_fence() { # FENCE
  [ "$(lock_field fence)" = "$1" ] || fail 75 "A newer owner has taken over (fence $(lock_field fence), not $1)."
}

lock_operation() { # FENCE
  exec 9>"$BASE/turn"
  flock -w 120 9 || fail 1 'Another operation on this server does not end.'
  check_fence "$1"
}

# A lease is alive until its time is over. The guard and root work on this server themselves, and keep the turn for as long:
# theirs ends with their process, so that one that died keeps nobody waiting.
lease_alive() {
  local until
  until=$(lock_field leaseUntil)
  [ -n "$until" ] && [ "$until" -gt "$(date +%s)" ] || return 1
  case $(lock_field owner) in
    guard | root-*) turn_taken ;;
  esac
}

turn_taken() {
  ! (
    exec 9>"$BASE/turn"
    flock -n 9
  )
}

# Ends whatever still holds the turn: syn2mas's container, then each process that has the turn's file open as its number 9,
# children that outlived their parent too.
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
  flock -w 30 9 || fail 1 'An operation of the former owner does not end.'
}

# Prints the fencing number. The number is raised first, so that no operation of the former owner begins after that.
acquire() { # OWNER RUN LEASE_SECONDS
  local now until fence
  mutex
  now=$(date +%s)
  until=$(lock_field leaseUntil)
  if lease_alive; then
    fail 73 "Held by $(lock_field owner) for $((until - now)) s more unless renewed."
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

# A line that a crash cut off was never written.
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
  [ $(($(wc -l <"$JOURNAL") + 1)) = "$2" ] || fail 77 'The journal was written by someone else meanwhile.'
  cat >>"$JOURNAL"
  sync "$JOURNAL"
  leave_mutex
}

note() { # FENCE EVENT [STEP] [OUTCOME]: an entry of the server's own
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
