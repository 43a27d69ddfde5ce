# Prints the journal of the server's units since the last health check, at most a day and 20,000 entries, as JSON, one
# entry a line; then writes the line in the journal that marks this health check.
# shellcheck shell=bash
set -euo pipefail
mark=matrix-auth-doctor
# With --since, -n gives the first entries and not the last ones.
last=$(journalctl --quiet --no-pager -t "$mark" -n 1 -o short-unix 2>/dev/null | cut -d ' ' -f 1)
since=$(($(date +%s) - 86400))
if [ "${last%.*}" -gt "$since" ] 2>/dev/null; then since=$last; fi
# On a busy server, requests would leave no room for errors, and they quote what clients sent. Removed are those of
# Traefik and nginx, of Traefik as JSON, of MAS (failed ones stay), and of Synapse.
date='[0-9]{2}.[A-Z][a-z]{2}.[0-9]{4}:[0-9:]{8} [-+][0-9]{4}'
request='\['$date'\] \\"|"DownstreamStatus\\"|(INFO|WARN) +http\.server\.response|- synapse\.access\.'
fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT
journalctl --quiet --no-pager --since "@$since" -o json --output-fields="$fields" \
  -u 'matrix-synapse*' -u matrix-authentication-service -u matrix-postgres -u matrix-traefik |
  LC_ALL=C sed -E "/$request/d" | tail -n 20000
systemd-cat -t "$mark" echo "The journal was read."
