#!/usr/bin/env bash
# Installs Ansible with its collections from PyPI into a venv, and adds it to the PATH of later steps.
# PLAYBOOK_PATH: the checkout. ANSIBLE_VERSION: a version of the package `ansible`, or empty for the one that the playbook needs.
set -euo pipefail

fail() {
  printf '::error title=setup::%s\n' "$1"
  exit 1
}

[ -f "$PLAYBOOK_PATH/setup.yml" ] || fail "The folder $PLAYBOOK_PATH has no setup.yml. Check out matrix-docker-ansible-deploy there, or set playbook-path."

# Before July 2025 the template sets lstrip_blocks to a string, which ansible-core 2.19 refuses.
template=$PLAYBOOK_PATH/roles/custom/matrix-synapse/templates/synapse/homeserver.yaml.j2
version=${ANSIBLE_VERSION:-}
if [ -z "$version" ]; then
  if [ -f "$template" ] && head -n 1 "$template" | grep -Eq "^#jinja2:.*lstrip_blocks: *[\"']"; then
    version=10.7.0 # ansible-core 2.17
  elif [ -f "$PLAYBOOK_PATH/roles/custom/matrix-authentication-service/tasks/mas_cli_syn2mas.yml" ]; then
    version=12.3.0 # ansible-core 2.19
  else
    version=10.7.0
  fi
fi
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail 'ansible-version must be a version such as 12.3.0.'

minimum=10
if [ "${version%%.*}" -ge 12 ]; then minimum=11; fi
python=
for candidate in python3 python3.13 python3.12 python3.11 python3.10; do
  if command -v "$candidate" >/dev/null &&
    "$candidate" -c "import sys, venv; sys.exit(sys.version_info < (3, $minimum))" 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "ansible $version needs Python 3.$minimum or later with venv. Run actions/setup-python in an earlier step."

folder=${RUNNER_TOOL_CACHE:-${RUNNER_TEMP:?}}/matrix-auth-actions/ansible-$version
bin=$folder/bin
if [ ! -e "$folder/complete" ]; then
  rm -rf "$folder"
  mkdir -p "$(dirname "$folder")"
  "$python" -m venv "$folder"
  # passlib: the playbook's password_hash filter.
  "$bin/pip" install --quiet --no-compile --disable-pip-version-check --no-input "ansible==$version" passlib
  touch "$folder/complete"
fi
printf '%s\n' "$bin" >>"$GITHUB_PATH"
printf 'bin=%s\nversion=%s\n' "$bin" "$version" >>"$GITHUB_OUTPUT"
"$bin/ansible-playbook" --version | sed -n 1p
