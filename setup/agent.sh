#!/usr/bin/env bash
# Starts an SSH agent, passes it the key through standard input, and exports its socket to later steps.
# SSH_PRIVATE_KEY: the key. SSH_KEY_LIFETIME: minutes after which the agent forgets it.
set -euo pipefail

fail() {
  printf '::error title=setup::%s\n' "$1"
  exit 1
}

lifetime=${SSH_KEY_LIFETIME:-120}
[[ $lifetime =~ ^[1-9][0-9]{0,3}$ ]] || fail 'ssh-key-lifetime must be a number of minutes from 1 to 9999.'

key=$SSH_PRIVATE_KEY
unset SSH_PRIVATE_KEY # Other processes of this user can read the agent's environment.
umask 077
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/maa-agent.XXXXXX")
# Paths of sockets are limited to 107 characters; a runner's temporary folder can be deep.
if [ "${#folder}" -gt 90 ]; then folder=$(mktemp -d /tmp/maa-agent.XXXXXX); fi
eval "$(ssh-agent -s -a "$folder/agent" -t "$((lifetime * 60))")" >/dev/null

# A secret pasted into a form often lacks the last newline, which OpenSSH requires, or has carriage returns.
if ! printf '%s\n' "${key//$'\r'/}" | SSH_ASKPASS=/bin/false ssh-add -q -t "$((lifetime * 60))" - 2>/dev/null; then
  kill "$SSH_AGENT_PID"
  fail 'ssh-private-key must be an OpenSSH private key without a passphrase.'
fi
printf 'SSH_AUTH_SOCK=%s\nSSH_AGENT_PID=%s\n' "$SSH_AUTH_SOCK" "$SSH_AGENT_PID" >>"$GITHUB_ENV"
printf 'pid=%s\n' "$SSH_AGENT_PID" >>"$GITHUB_OUTPUT"
ssh-add -l
