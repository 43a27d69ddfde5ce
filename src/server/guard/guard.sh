#!/usr/bin/env bash
# Part of matrix-auth-actions. If a migration of this server is interrupted, it restores Synapse's built-in login.
# Root may call it: guard.sh status | hold | restore | uninstall. See the README in the same folder.
set -euo pipefail
umask 077
here=$(dirname "$(readlink -f "$0")")
. "$here/lib.sh"
. "$here/operations.sh"
[ ! -e "$GUARD/settings" ] || . "$GUARD/settings"

state() { cat "$GUARD/state" 2>/dev/null || printf 'absent\n'; }
set_state() { printf '%s\n' "$1" | write_durably "$GUARD/state"; }

# The rollback, from any state. Start Synapse before cleaning MAS's database, to keep the downtime short. The content of
# $DANGER prevents a second attempt from stopping a Synapse that is only slow to start.
restore() {
  [ -e "$DANGER" ] || return 0
  if [ "$(cat "$DANGER")" != started ]; then
    hold_on
    docker kill "$SYN2MAS_CONTAINER" >/dev/null 2>&1 || true
    systemctl stop "$MAS_UNIT" || true
    # shellcheck disable=SC2046 # One name per word.
    systemctl stop $(held_units) || true
    files_put before
    hold_off
    synapse_start
    printf 'started\n' | write_durably "$DANGER"
  fi
  await_built_in_login
  mas_empty
  forget_delegated_users
  systemctl start --no-block "$MAS_UNIT"
  printf '%s\n' "$(lock_field run)" | write_durably "$RESTORED"
  rm -f "$DANGER"
  sync "$GUARD"
}

go_back() { # from a live server to the files in before/
  mark_danger
  restore
}

# The same, and writes the journal.
restore_alone() { # FENCE
  if [ -e "$DANGER" ]; then
    note "$1" undo-begin restore
    restore
    note "$1" undo-done restore
    note "$1" end '' rolled-back
  elif [ "$(cat "$RESTORED" 2>/dev/null)" = "$(lock_field run)" ]; then
    # The interrupted run had started the restore, and it completed on the server.
    note "$1" end '' rolled-back
  else
    note "$1" end '' abandoned
  fi
}

# After the journal entry `proven` only a person can request a rollback.
proven() {
  grep -F "\"run\":\"$(lock_field run)\"" "$JOURNAL" 2>/dev/null |
    grep -E '"event":"(proven|undo-begin)"' | tail -n 1 | grep -q '"event":"proven"'
}

# For root: prints a message and returns true if there is nothing to restore.
nothing_to_restore() {
  [ ! -e "$DANGER" ] || return 1
  if proven; then
    fail 1 'The migration is proven and users log in through MAS. A rollback loses what they did there: run the action migrate with operation: rollback, which also counts the losses.'
  fi
  case $(grep -F "\"run\":\"$(lock_field run)\"" "$JOURNAL" 2>/dev/null | tail -n 1) in
    '' | *'"event":"end"'*) printf 'Nothing to restore: the last run has ended. Synapse was not changed.\n' ;;
    *) return 1 ;;
  esac
}

tick() {
  local fence
  [ "$(state)" = armed ] || return 0
  if proven; then
    rm -f "$DANGER"
    set_state disarmed
    leave
    return 0
  fi
  if lease_alive; then return 0; fi
  fence=$(acquire guard "$(lock_field run)" 600) || return 0
  lock_operation "$fence"
  restore_alone "$fence"
  set_state fired
  leave
  release "$fence"
}

await_built_in_login() {
  # Not through a pipe: the other process would outlive this one and keep the operation lock.
  await_http 180 200 <<<'url = "http://localhost:8008/_matrix/client/v3/login"' >/dev/null
}

arm() {
  install -m 644 "$GUARD"/matrix-auth-actions-guard.service "$GUARD"/matrix-auth-actions-guard.timer "$SYSTEMD_DIR"/
  sync "$SYSTEMD_DIR"
  systemctl daemon-reload
  systemctl enable --now matrix-auth-actions-guard.timer >/dev/null 2>&1
  set_state armed
  [ "$(systemctl is-active matrix-auth-actions-guard.timer)" = active ] || fail 76 'The timer of the guard is not running.'
  [ "$(systemctl is-enabled matrix-auth-actions-guard.timer)" = enabled ] || fail 76 'The guard is not enabled at boot.'
}

# Removes the systemd units and drop-ins. The scripts, the journal and the backups stay. Also called from the service.
leave() {
  systemctl disable --now matrix-auth-actions-guard.timer >/dev/null 2>&1 || true
  rm -f "$SYSTEMD_DIR"/matrix-auth-actions-guard.service "$SYSTEMD_DIR"/matrix-auth-actions-guard.timer
  hold_remove
}

uninstall() {
  [ ! -e "$DANGER" ] || fail 1 'A migration is unfinished. Run restore first.'
  set_state disarmed
  leave
}

status() {
  local unit
  printf 'guard    %s\n' "$(state)"
  printf 'lock     owner "%s", fence %s, lease until %s (now %s)\n' \
    "$(lock_field owner)" "$(lock_field fence)" "$(lock_field leaseUntil)" "$(date +%s)"
  printf 'hold     %s\n' "$([ -e "$HOLD" ] && echo 'on: Synapse cannot start' || echo off)"
  printf 'pending  %s\n' "$([ -e "$DANGER" ] && echo 'yes: run restore to return to the built-in login' || echo no)"
  for unit in $(held_units) "$MAS_UNIT"; do printf '%-8s %s\n' "$(unit_property "$unit" ActiveState)" "$unit"; done
  tail -n 5 "$JOURNAL" 2>/dev/null || true
}

manual_lock() { # OWNER: takes the lock for root; prints the fence
  acquire "$1" "$(lock_field run)" 600 || fail 73 'A migration is running. Cancel it first, then wait one minute.'
}

command=${1:-status}
[ $# = 0 ] || shift
case $command in
  status) status ;;
  acquire) acquire "$@" ;;
  beat) beat "$@" ;;
  release) release "$@" ;;
  append) append_lines "$@" ;;
  await-http) await_http "$@" ;;
  tick) tick ;;
  uninstall) uninstall ;;
  hold)
    fence=$(manual_lock root-hold)
    lock_operation "$fence"
    hold_install
    hold_on
    hold_prove
    release "$fence"
    ;;
  restore)
    if nothing_to_restore; then exit 0; fi
    fence=$(manual_lock root-restore)
    lock_operation "$fence"
    restore_alone "$fence"
    set_state disarmed
    leave
    release "$fence"
    ;;
  at) # FENCE OPERATION [ARGUMENT …]: one operation of the lock's owner
    fence=$1
    shift
    lock_operation "$fence"
    case $1 in
      arm | hold_install | hold_remove | go_down | go_live | go_back | mas_clean | restore | uninstall) "$@" ;;
      safe) rm -f "$DANGER" && sync "$GUARD" ;;
      run) "${@:2}" 9>&- ;;
      *) fail 2 "No operation $1." ;;
    esac
    ;;
  *) fail 2 "guard.sh status | hold | restore | uninstall" ;;
esac
