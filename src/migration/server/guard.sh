#!/usr/bin/env bash
# Part of matrix-auth-actions. On a server that is being migrated it puts Synapse back on its own login when whoever
# migrates is heard of no more. Root may call it: guard.sh status | hold | restore | uninstall. The README is beside it.
set -euo pipefail
umask 077
here=$(dirname "$(readlink -f "$0")")
. "$here/lib.sh"
. "$here/operations.sh"
[ ! -e "$GUARD/settings" ] || . "$GUARD/settings"

state() { cat "$GUARD/state" 2>/dev/null || printf 'absent\n'; }
set_state() { printf '%s\n' "$1" | write_durably "$GUARD/state"; }

# The way back, from wherever it is called. Users come first: Synapse is up again before MAS's database is seen to.
restore() { # FENCE
  if [ -e "$DANGER" ]; then
    note "$1" undo-begin restore
    hold_on
    docker kill "$SYN2MAS_CONTAINER" >/dev/null 2>&1 || true
    systemctl stop "$MAS_UNIT" || true
    # shellcheck disable=SC2046 # A name a word.
    systemctl stop $(held_units) || true
    files_put before
    hold_off
    systemctl start --no-block "$SYNAPSE_UNIT"
    for unit in $WORKER_UNITS; do systemctl start --no-block --job-mode=ignore-dependencies "$unit"; done
    if [ -s "$GUARD/also-restart" ]; then
      while read -r unit; do systemctl try-restart --no-block "$unit" || true; done <"$GUARD/also-restart"
    fi
    # Synapse's start would pull nothing of MAS up: its unit wants MAS only while it delegates.
    mas_empty
    forget_delegated_users
    systemctl start --no-block "$MAS_UNIT"
    rm -f "$DANGER"
    sync "$GUARD"
    note "$1" undo-done restore
  fi
}

tick() {
  local until fence
  [ "$(state)" = armed ] || return 0
  until=$(lock_field leaseUntil)
  if [ "${until:-0}" -gt "$(date +%s)" ]; then return 0; fi
  fence=$(acquire guard "$(lock_field run)" 600) || return 0
  take_turn "$fence"
  restore "$fence"
  await_own_login
  note "$fence" end '' rolled-back
  set_state fired
  hold_remove
  release "$fence"
}

await_own_login() {
  printf 'url = "http://localhost:8008/_matrix/client/v3/login"\n' | await_http 180 200 >/dev/null
}

arm() {
  systemctl daemon-reload
  systemctl enable --now matrix-auth-actions-guard.timer >/dev/null 2>&1
  set_state armed
  [ "$(systemctl is-active matrix-auth-actions-guard.timer)" = active ] || fail 76 'The timer of the guard does not run.'
  [ "$(systemctl is-enabled matrix-auth-actions-guard.timer)" = enabled ] || fail 76 'The guard would not outlive a reboot.'
}

disarm() {
  set_state disarmed
  systemctl disable --now matrix-auth-actions-guard.timer >/dev/null 2>&1 || true
}

uninstall() {
  [ ! -e "$DANGER" ] || fail 1 'A migration is in the middle. Run restore first.'
  disarm
  hold_remove
  rm -f "$SYSTEMD_DIR"/matrix-auth-actions-guard.service "$SYSTEMD_DIR"/matrix-auth-actions-guard.timer
  systemctl daemon-reload
}

status() {
  local unit
  printf 'guard    %s\n' "$(state)"
  printf 'lock     owner "%s", fence %s, lease until %s (now %s)\n' \
    "$(lock_field owner)" "$(lock_field fence)" "$(lock_field leaseUntil)" "$(date +%s)"
  printf 'hold     %s\n' "$([ -e "$HOLD" ] && echo 'on: Synapse cannot start' || echo off)"
  printf 'midway   %s\n' "$([ -e "$DANGER" ] && echo 'yes: restore puts the own login back' || echo no)"
  for unit in $(held_units) "$MAS_UNIT"; do printf '%-8s %s\n' "$(unit_property "$unit" ActiveState)" "$unit"; done
  tail -n 5 "$JOURNAL" 2>/dev/null || true
}

by_hand() { # OWNER: the lock, for root at the keyboard; prints the fence
  acquire "$1" "$(lock_field run)" 600 || fail 73 'A migration is under way and alive. Cancel it first, and wait a minute.'
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
    fence=$(by_hand root-hold)
    take_turn "$fence"
    hold_install
    hold_on
    hold_prove
    release "$fence"
    ;;
  restore)
    fence=$(by_hand root-restore)
    take_turn "$fence"
    restore "$fence"
    hold_off
    set_state disarmed
    await_own_login
    note "$fence" end '' rolled-back
    release "$fence"
    ;;
  at) # FENCE OPERATION [ARGUMENT …]: one operation of whoever holds the lock
    fence=$1
    shift
    take_turn "$fence"
    case $1 in
      arm | disarm | hold_install | hold_remove | hold_on | hold_off | hold_prove | services_stop | services_start | \
        down_prove | files_check | files_put | mas_empty | forget_delegated_users | uninstall) "$@" ;;
      danger) touch "$DANGER" && sync "$GUARD" ;;
      safe) rm -f "$DANGER" && sync "$GUARD" ;;
      restore) restore "$fence" ;;
      run) "${@:2}" 9>&- ;;
      *) fail 2 "No operation $1." ;;
    esac
    ;;
  *) fail 2 "guard.sh status | hold | restore | uninstall" ;;
esac
