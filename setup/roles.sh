#!/usr/bin/env bash
# Installs the roles that the playbook's requirements.yml pins into roles/galaxy.
set -euo pipefail

cd "$PLAYBOOK_PATH"
if [ ! -f requirements.yml ] || ! grep -Eq '^[[:space:]]*-[[:space:]]' requirements.yml; then
  echo 'The playbook needs no roles.'
  exit 0
fi
mark=roles/galaxy/.matrix-auth-actions
sum=$(sha256sum requirements.yml)
if [ -f "$mark" ] && [ "$(cat "$mark")" = "$sum" ]; then
  echo 'The roles are installed already.'
  exit 0
fi
if command -v agru >/dev/null; then
  agru -r requirements.yml -p roles/galaxy/
else
  ansible-galaxy install -r requirements.yml -p roles/galaxy/ --force
fi
mkdir -p roles/galaxy
printf '%s\n' "$sum" >"$mark"
