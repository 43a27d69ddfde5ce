import type { CheckName } from '../../src/domain/health-checks.ts'
import type { Outcome } from '../../src/domain/journal.ts'
import type { Dialect } from '../../src/domain/stage.ts'

/** One thing that breaks on a server, and the checks that must find it: these, and no others. */
export interface Breakage {
  readonly what: string
  readonly stage: 'absent' | 'installed' | 'live'
  /** Bash, as root on the server. It has the functions of `functions` below. */
  readonly break: string
  readonly heal: string
  readonly fails: readonly CheckName[]
  /** Findings that come by chance, such as of a log that is written some time later. */
  readonly may?: readonly CheckName[]
  readonly dialects?: readonly Dialect[]
  /** Logs in with the test account too. */
  readonly canary?: true
  /** The runner cannot resolve the public names of the server. */
  readonly hidden?: true
  /** Runs the playbook's tag with Ansible, not only the command of the tag, which is faster. */
  readonly ansible?: true
  /** Part of `npm test`. */
  readonly quick?: true
}

/**
 * `front` and `domain` put lines into the public reverse proxy, for the homeserver's name and for the server name. `between` does
 * so for the proxy between MAS and Synapse, which MAS uses after `endpoint http://login.example.test:8008`.
 */
export const functions = `
set -euo pipefail
F=/matrix/public-front
logins_to_mas='location ~ ^/_matrix/client/[^/]+/(login|logout|refresh) { set $mas matrix-authentication-service:8080; proxy_pass http://$mas/auth$request_uri; }'
reload() { docker exec public-front nginx -c /front/nginx.conf -s reload 2>/dev/null; sleep 0.5; }
set_front() { cat >$F/nginx.conf.new; cat $F/nginx.conf.new >$F/nginx.conf; reload; }
insert() { awk -v mark="#$1-first" -v lines="$2" 'index($0, mark) { print lines } { print }' $F/nginx.conf | set_front; }
front() { insert matrix "$1"; }
domain() { insert domain "$1"; }
between() { insert between "$1"; }
certificate() { sed "s|certificates/good.pem|certificates/$1.pem|" $F/nginx.conf | set_front; }
heal_front() { cat $F/nginx.conf.good >$F/nginx.conf; reload; }
mas=/matrix/matrix-authentication-service/config/config.yaml
synapse=/matrix/synapse/config/homeserver.yaml
keep() { cp -a "$1" "$1.kept"; }
put_back() { cat "$1.kept" >"$1"; rm "$1.kept"; }
mas_answers() { for _ in $(seq 60); do docker exec matrix-synapse curl -sf -o /dev/null "http://matrix-authentication-service:8080/auth/.well-known/openid-configuration" && return; sleep 0.5; done; return 1; }
synapse_answers() { for _ in $(seq 120); do docker exec matrix-synapse curl -sf -o /dev/null http://localhost:8008/_matrix/client/versions && return; sleep 0.5; done; return 1; }
backups=/matrix/postgres-backup
backup_unit() { mkdir -p $backups/config $backups/data/last; printf '[Service]\\nExecStart=true\\n' >/etc/systemd/system/matrix-postgres-backup.service; systemctl daemon-reload; }
ansible_module() { python3 -c 'import os; print(os.path.dirname(os.__file__) + "/zipfile.py")'; }
heal_backup() { rm -r $backups /etc/systemd/system/matrix-postgres-backup.service; systemctl daemon-reload; }
restart_mas() { systemctl restart --job-mode=ignore-dependencies matrix-authentication-service; mas_answers; }
heal_mas() { put_back $mas; restart_mas; }
endpoint() { keep $mas; sed -i "/^matrix:/,/^[a-z]/ s|^\\( *endpoint:\\).*|\\1 $1|" $mas; restart_mas; }
restart_synapse() { systemctl restart --job-mode=ignore-dependencies matrix-synapse matrix-synapse-worker-generic-0; all_run; }
all_run() {
  enabled=$(systemctl list-unit-files --state=enabled --plain --no-legend 'matrix-*' | awk '{print $1}')
  for _ in $(seq 120); do
    systemctl start --no-block --job-mode=ignore-dependencies $enabled
    if [ "$(systemctl is-active $enabled | sort -u)" = active ]; then synapse_answers; [ ! -e $mas ] || mas_answers; return; fi
    sleep 1
  done
  return 1
}
sql() { docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres psql -h /run/postgresql -v ON_ERROR_STOP=1 -qAt -d matrix_authentication_service -c "$1"; }
`

const json = 'default_type application/json; return 200'
const client = '_matrix/client/v3'

/** The public reverse proxy does something wrong. */
const ofTheFront: readonly Breakage[] = [
  {
    what: 'the reverse proxy does not run',
    stage: 'live',
    break: 'docker stop --time=0 public-front >/dev/null',
    heal: 'docker start public-front >/dev/null; sleep 1',
    fails: [
      'public-homeserver',
      'client-well-known',
      'not-checked',
      'well-known',
      'compatibility-login-not-seen',
    ],
    quick: true,
  },
  {
    what: 'the reverse proxy finds no homeserver',
    stage: 'live',
    break: `front 'location /_matrix/ { return 502; }'`,
    heal: 'heal_front',
    fails: ['public-homeserver', 'not-checked', 'compatibility-login'],
  },
  {
    what: 'another website answers at the address of the homeserver',
    stage: 'live',
    break: `front 'location /_matrix/ { default_type text/html; return 200 "<html></html>"; }'`,
    heal: 'heal_front',
    fails: ['public-homeserver', 'not-checked', 'compatibility-login'],
  },
  {
    what: 'Synapse runs and does not answer',
    stage: 'live',
    break: 'docker kill --signal=STOP matrix-synapse >/dev/null',
    heal: 'docker kill --signal=CONT matrix-synapse >/dev/null; synapse_answers',
    fails: ['unknown-token', 'public-homeserver', 'not-checked', 'mas-cli-doctor'],
  },
  {
    what: 'logins are not routed',
    stage: 'live',
    break: `front 'location = /${client}/login { return 404; }'`,
    heal: 'heal_front',
    fails: ['public-login', 'compatibility-login'],
    quick: true,
  },
  {
    what: 'logins are routed to a service that is not MAS',
    stage: 'live',
    break: `front 'location = /${client}/login { ${json} "{\\\\"flows\\\\":[{\\\\"type\\\\":\\\\"m.login.password\\\\"}]}"; }'`,
    heal: 'heal_front',
    fails: ['public-login', 'compatibility-login'],
  },
  {
    what: 'logouts are routed to Synapse, which no longer knows them',
    stage: 'live',
    break: `front 'location = /${client}/logout { set $direct matrix-synapse:8008; proxy_pass http://$direct; }'`,
    heal: 'heal_front',
    fails: ['public-logout'],
    quick: true,
  },
  {
    what: 'renewals of tokens are routed to Synapse, which no longer knows them',
    stage: 'live',
    break: `front 'location = /${client}/refresh { set $direct matrix-synapse:8008; proxy_pass http://$direct; }'`,
    heal: 'heal_front',
    fails: ['public-refresh'],
  },
  {
    what: 'the homeserver does not name its authentication service',
    stage: 'live',
    break: `front 'location ~ auth_(metadata|issuer) { return 404; }'`,
    heal: 'heal_front',
    fails: ['auth-metadata'],
  },
  {
    what: 'the homeserver names another authentication service',
    stage: 'live',
    break: `front 'location ~ auth_(metadata|issuer) { ${json} "{\\\\"issuer\\\\":\\\\"https://login.example.test/\\\\"}"; }'`,
    heal: 'heal_front',
    fails: ['auth-metadata'],
  },
  {
    what: 'the address of MAS is not routed',
    stage: 'live',
    break: `front 'location /auth/.well-known/ { return 404; }'`,
    heal: 'heal_front',
    fails: ['discovery', 'not-checked'],
    quick: true,
  },
  {
    what: 'another authentication service answers at the address of MAS',
    stage: 'live',
    break: `front 'location /auth/.well-known/ { ${json} "{\\\\"issuer\\\\":\\\\"https://login.example.test/\\\\"}"; }'`,
    heal: 'heal_front',
    fails: ['discovery', 'not-checked'],
  },
  {
    what: 'the address of MAS is not routed on a prepared server',
    stage: 'installed',
    break: `front 'location /auth/.well-known/ { return 404; }'`,
    heal: 'heal_front',
    fails: ['discovery', 'not-checked'],
  },
  {
    what: 'the signing keys are not served',
    stage: 'live',
    break: `front 'location = /auth/oauth2/keys.json { ${json} "{\\\\"keys\\\\":[]}"; }'`,
    heal: 'heal_front',
    fails: ['signing-keys'],
  },
  {
    what: 'a signing key is served with its private part',
    stage: 'live',
    break: `front 'location = /auth/oauth2/keys.json { ${json} "{\\\\"keys\\\\":[{\\\\"kty\\\\":\\\\"EC\\\\",\\\\"d\\\\":\\\\"x\\\\"}]}"; }'`,
    heal: 'heal_front',
    fails: ['signing-keys'],
  },
  {
    what: 'the login page is an error',
    stage: 'live',
    break: `front 'location = /auth/login { return 500; }'`,
    heal: 'heal_front',
    fails: ['login-page'],
  },
  {
    what: 'the authorization page is not routed',
    stage: 'live',
    break: `front 'location = /auth/authorize { return 404; }'`,
    heal: 'heal_front',
    fails: ['login-page'],
  },
  {
    what: 'the file for apps is not served on the server name',
    stage: 'live',
    break: `domain 'location = /.well-known/matrix/client { return 404; }'`,
    heal: 'heal_front',
    fails: ['client-well-known', 'well-known', 'compatibility-login-not-seen'],
    quick: true,
  },
  {
    what: 'the file for apps is a page of the website',
    stage: 'absent',
    break: `domain 'location = /.well-known/matrix/client { default_type text/html; return 200 "<html></html>"; }'`,
    heal: 'heal_front',
    fails: ['client-well-known', 'not-checked'],
  },
  {
    what: 'the file for apps names another homeserver',
    stage: 'absent',
    break: `domain 'location = /.well-known/matrix/client { add_header Access-Control-Allow-Origin *; ${json} "{\\\\"m.homeserver\\\\":{\\\\"base_url\\\\":\\\\"https://old.example.test\\\\"}}"; }'`,
    heal: 'heal_front',
    fails: ['client-well-known'],
    quick: true,
  },
  {
    what: 'apps in a browser may not read the file for apps',
    stage: 'absent',
    break: `domain 'proxy_hide_header Access-Control-Allow-Origin;'`,
    heal: 'heal_front',
    fails: ['client-well-known'],
  },
  {
    what: 'the file for other servers is not JSON',
    stage: 'absent',
    break: `domain 'location = /.well-known/matrix/server { return 200 "matrix.example.test:443"; }'`,
    heal: 'heal_front',
    fails: ['server-well-known'],
    quick: true,
  },
  {
    what: 'the certificate expired',
    stage: 'absent',
    break: `$F/issue expired -91days -1days example.test matrix.example.test login.example.test; certificate expired`,
    heal: 'heal_front',
    fails: ['certificate', 'not-checked'],
    quick: true,
  },
  {
    what: 'the certificate is for another name',
    stage: 'absent',
    break: `$F/issue other -1days +80days www.example.test; certificate other`,
    heal: 'heal_front',
    fails: ['certificate', 'not-checked'],
  },
  {
    what: 'the certificate has no public authority',
    stage: 'absent',
    break: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout $F/authority/own.key -out $F/authority/own.crt -days 90 -subj /CN=example.test -addext subjectAltName=DNS:example.test,DNS:matrix.example.test 2>/dev/null; cat $F/authority/own.crt $F/authority/own.key >$F/certificates/own.pem; certificate own`,
    heal: 'heal_front',
    fails: ['certificate', 'not-checked'],
  },
  {
    what: 'the certificate was not renewed',
    stage: 'live',
    break: `$F/issue late -81days +9days example.test matrix.example.test login.example.test; certificate late`,
    heal: 'heal_front',
    fails: ['certificate'],
  },
]

/** The server itself is broken, or differs from what it should be. */
const ofTheServer: readonly Breakage[] = [
  {
    what: 'Synapse does not run',
    stage: 'absent',
    break: 'systemctl stop matrix-synapse',
    heal: 'systemctl start --no-block matrix-synapse matrix-synapse-worker-generic-0',
    fails: ['unit-down', 'unknown-token', 'public-homeserver', 'not-checked'],
    quick: true,
  },
  {
    what: 'a worker does not run',
    stage: 'absent',
    break: 'systemctl stop matrix-synapse-worker-generic-0',
    heal: 'systemctl start --no-block matrix-synapse-worker-generic-0',
    fails: ['unit-down'],
  },
  {
    what: 'the proxy in front of Synapse and its workers does not run',
    stage: 'absent',
    break: 'systemctl stop matrix-synapse-reverse-proxy-companion',
    heal: 'systemctl start --no-block matrix-synapse-reverse-proxy-companion',
    fails: ['public-homeserver', 'client-well-known', 'server-well-known', 'not-checked'],
  },
  {
    what: 'PostgreSQL does not run',
    stage: 'absent',
    break: 'systemctl stop matrix-postgres',
    heal: 'systemctl start --no-block matrix-postgres',
    fails: ['state-unreadable', 'public-homeserver', 'not-checked'],
  },
  {
    what: 'MAS does not run on a prepared server',
    stage: 'installed',
    break: 'systemctl stop matrix-authentication-service',
    heal: 'systemctl start --no-block matrix-authentication-service; mas_answers',
    fails: ['unit-down', 'discovery', 'not-checked'],
    quick: true,
  },
  {
    what: 'MAS does not run on a live server',
    stage: 'live',
    break: 'systemctl stop --job-mode=ignore-dependencies matrix-authentication-service',
    heal: 'systemctl start --no-block --job-mode=ignore-dependencies matrix-authentication-service; mas_answers',
    fails: [
      'unit-down',
      'unknown-token',
      'compatibility-layer',
      'discovery',
      'public-login',
      'public-logout',
      'public-refresh',
      'not-checked',
    ],
    // Synapse keeps MAS's metadata for some time.
    may: ['journal', 'auth-metadata'],
  },
  {
    what: 'MAS does not answer',
    stage: 'live',
    break: 'docker pause matrix-authentication-service >/dev/null',
    heal: 'docker unpause matrix-authentication-service >/dev/null; mas_answers',
    fails: ['unknown-token', 'compatibility-layer', 'discovery', 'not-checked', 'mas-cli-doctor'],
    may: ['journal', 'auth-metadata'],
  },
  {
    what: 'MAS has no compatibility layer',
    stage: 'live',
    break: `keep $mas; sed -i '/name: compat$/d' $mas; restart_mas`,
    heal: 'heal_mas',
    fails: [
      'compatibility-layer',
      'public-login',
      'public-logout',
      'public-refresh',
      'compatibility-login',
      'drift',
    ],
  },
  {
    what: 'MAS and Synapse have different secrets',
    stage: 'live',
    dialects: ['mas-cli'],
    break: `keep $mas; sed -i '/^matrix:/,/^[a-z]/ s|^\\( *secret:\\).*|\\1 "another secret of the lab"|' $mas; restart_mas`,
    heal: 'heal_mas',
    fails: ['unknown-token', 'api-of-synapse', 'drift'],
    // Synapse keeps MAS's answer about the token of mas-cli doctor for two minutes.
    may: ['journal', 'mas-unreachable-from-synapse'],
  },
  {
    what: 'MAS has an address of the homeserver at which nothing listens',
    stage: 'live',
    break: 'endpoint http://login.example.test:8009',
    heal: 'heal_mas',
    fails: ['homeserver-unreachable', 'drift'],
    may: ['journal'],
    quick: true,
  },
  {
    what: 'a cache between MAS and Synapse accepts invalid access tokens',
    stage: 'live',
    break: `between 'location = /${client}/account/whoami { ${json} "{}"; }'; endpoint http://login.example.test:8008`,
    heal: 'heal_front; heal_mas',
    fails: ['invalid-token-accepted', 'drift'],
    quick: true,
  },
  {
    what: 'a proxy between MAS and Synapse fails',
    stage: 'live',
    break: `between 'location = /${client}/account/whoami { return 500; }'; endpoint http://login.example.test:8008`,
    heal: 'heal_front; heal_mas',
    fails: ['answer-unexpected', 'drift'],
  },
  {
    what: 'Synapse has an address of MAS at which nothing listens',
    stage: 'live',
    break: `keep $synapse; sed -i 's|http://matrix-authentication-service:8080|http://matrix-authentication-service:8089|' $synapse; restart_synapse`,
    heal: 'put_back $synapse; restart_synapse',
    fails: ['mas-unreachable-from-synapse', 'unknown-token', 'auth-metadata', 'drift'],
    may: ['journal'],
  },
  {
    what: 'MAS cannot reach the public names of its own server',
    stage: 'live',
    break: `domain "if (\\$remote_addr = $(docker inspect --format '{{(index .NetworkSettings.Networks "matrix-homeserver").IPAddress}}' matrix-authentication-service)) { return 444; }"`,
    heal: 'heal_front',
    fails: ['well-known', 'compatibility-login-not-seen'],
    quick: true,
  },
  {
    what: 'MAS has a public address without https',
    stage: 'installed',
    break: `keep $mas; sed -i 's|https://matrix.example.test/auth/|http://matrix.example.test/auth/|' $mas; restart_mas`,
    heal: 'heal_mas',
    fails: ['issuer-not-https', 'not-checked', 'drift'],
    quick: true,
  },
  {
    what: 'a newer mas-cli doctor has one check more',
    stage: 'live',
    break: `f=/matrix/matrix-authentication-service/bin/mas-cli; keep $f; echo '[ "$1" != doctor ] || echo "$(date -u +%FT%T.%6NZ) ERROR mas_cli::commands::doctor:400 ❌ The policy is not loaded."' >>$f`,
    heal: 'put_back /matrix/matrix-authentication-service/bin/mas-cli',
    fails: ['unrecognised'],
    quick: true,
  },
  {
    what: 'the command mas-cli of the playbook is gone',
    stage: 'installed',
    ansible: true,
    break: 'mv /matrix/matrix-authentication-service/bin/mas-cli /matrix/kept.mas-cli',
    heal: 'mv /matrix/kept.mas-cli /matrix/matrix-authentication-service/bin/mas-cli',
    fails: ['mas-cli-doctor'],
  },
  {
    what: 'a module of Python that Ansible needs is gone from the server',
    stage: 'installed',
    ansible: true,
    break: 'mv $(ansible_module) /root/kept.py',
    heal: 'mv /root/kept.py $(ansible_module)',
    fails: ['playbook-failed'],
  },
  {
    what: 'the server does not accept SSH connections',
    stage: 'absent',
    break: 'systemctl stop ssh.socket ssh.service',
    heal: 'systemctl start ssh.service',
    fails: ['unreachable'],
    quick: true,
  },
  {
    what: 'the runner cannot resolve the public names of the server',
    stage: 'live',
    hidden: true,
    break: 'true',
    heal: 'true',
    fails: ['public-view'],
    quick: true,
  },
  {
    what: 'logins reach MAS before the migration',
    stage: 'installed',
    break: `front "$logins_to_mas"`,
    heal: 'heal_front',
    fails: ['public-login'],
    may: ['compatibility-login'],
    quick: true,
  },
  {
    what: 'apps are told about MAS before the migration',
    stage: 'installed',
    break: `f=/matrix/static-files/public/.well-known/matrix/client; keep $f; echo '{"m.homeserver":{"base_url":"https://matrix.example.test"},"org.matrix.msc2965.authentication":{"issuer":"https://matrix.example.test/auth/"}}' >$f`,
    heal: 'put_back /matrix/static-files/public/.well-known/matrix/client',
    fails: ['advertised-issuer', 'drift'],
  },
  {
    what: 'apps are told about another authentication service',
    stage: 'live',
    break: `f=/matrix/static-files/public/.well-known/matrix/client; keep $f; sed -i 's|"https://matrix.example.test/auth/"|"https://login.example.test/"|' $f`,
    heal: 'put_back /matrix/static-files/public/.well-known/matrix/client',
    fails: ['advertised-issuer', 'drift'],
    // Until MAS 1.20 its doctor compared the issuer.
    may: ['well-known'],
    quick: true,
  },
  {
    what: 'MAS does not trust the reverse proxy',
    stage: 'live',
    break: `keep $mas; sed -i '/^  trusted_proxies:/,/^[a-z]/ s|^  - .*|  - 203.0.113.0/24|' $mas`,
    heal: 'put_back $mas',
    fails: ['client-addresses', 'drift'],
    quick: true,
  },
  {
    what: 'MAS saw the address of the reverse proxy for all users',
    stage: 'live',
    break: `sql "CREATE TABLE kept AS SELECT compat_session_id, last_active_ip, last_active_at FROM compat_sessions; UPDATE compat_sessions SET last_active_ip = '172.18.0.9', last_active_at = now()"`,
    heal: `sql "UPDATE compat_sessions s SET last_active_ip = k.last_active_ip, last_active_at = k.last_active_at FROM kept k WHERE k.compat_session_id = s.compat_session_id; DROP TABLE kept"`,
    fails: ['client-addresses'],
  },
  {
    what: 'a provider has no discovery document',
    stage: 'live',
    break: `keep $mas; sed -i 's|discovery_mode: disabled|discovery_mode: oidc|; s|issuer: https://keycloak.example.test/realms/lab|issuer: https://login.example.test/gone|; s|issuer: https://github.com/|issuer: https://login.example.test/|' $mas`,
    heal: 'put_back $mas',
    fails: ['upstream-discovery', 'drift'],
  },
  {
    what: 'a provider has another issuer than configured',
    stage: 'live',
    break: `keep $mas; sed -i 's|discovery_mode: disabled|discovery_mode: oidc|; s|issuer: https://keycloak.example.test/realms/lab|issuer: https://login.example.test|; s|issuer: https://github.com/|issuer: https://login.example.test/|' $mas`,
    heal: 'put_back $mas',
    fails: ['upstream-discovery', 'drift'],
    quick: true,
  },
  {
    what: 'the test account is locked',
    stage: 'live',
    canary: true,
    break: '/matrix/matrix-authentication-service/bin/mas-cli manage lock-user "$CANARY" >/dev/null 2>&1',
    heal: '/matrix/matrix-authentication-service/bin/mas-cli manage unlock-user "$CANARY" >/dev/null 2>&1',
    fails: ['canary'],
  },
  {
    what: 'the server has been prepared for two months',
    stage: 'installed',
    break: `sql "UPDATE _sqlx_migrations SET installed_on = installed_on - interval '60 days'"`,
    heal: `sql "UPDATE _sqlx_migrations SET installed_on = installed_on + interval '60 days'"`,
    fails: ['prepared-for'],
    quick: true,
  },
  {
    what: 'users started sessions since the migration',
    stage: 'live',
    break: toldRun('migrated', 'migration'),
    heal: 'rm /var/lib/matrix-auth-actions/migration /var/lib/matrix-auth-actions/journal/broken',
    fails: ['rollback-price'],
  },
  {
    what: 'the server restored its state, and the job of the migration did not see it',
    stage: 'installed',
    break: toldRun('restored', 'last'),
    heal: 'rm /var/lib/matrix-auth-actions/last /var/lib/matrix-auth-actions/journal/broken',
    fails: ['last-run'],
    quick: true,
  },
  {
    what: 'the newest backup is old',
    stage: 'absent',
    break: 'backup_unit; echo x >$backups/data/last/dump; touch -d -5days $backups/data/last/dump',
    heal: 'heal_backup',
    fails: ['backup-age'],
    quick: true,
  },
  {
    what: 'there is no backup at all',
    stage: 'absent',
    break: 'backup_unit; echo x >$backups/config/env',
    heal: 'heal_backup',
    fails: ['backup-age'],
  },
  {
    what: 'a file was changed on the server',
    stage: 'live',
    break: `keep $synapse; echo '# by hand' >>$synapse`,
    heal: 'put_back $synapse',
    fails: ['drift'],
    quick: true,
  },
  {
    what: 'the next start brings another version',
    stage: 'absent',
    break: `keep /etc/systemd/system/matrix-postgres.service; sed -i 's|localhost/lab/postgres:15|localhost/lab/postgres:16|' /etc/systemd/system/matrix-postgres.service`,
    heal: 'put_back /etc/systemd/system/matrix-postgres.service',
    fails: ['pending-restart'],
    quick: true,
  },
  {
    what: 'MAS runs another version than the vars pin',
    stage: 'installed',
    break: `unit=/etc/systemd/system/matrix-authentication-service.service; keep $unit; image=$(docker inspect --format '{{.Config.Image}}' matrix-authentication-service); docker tag "$image" localhost/lab/mas:0.12.9; sed -i "s|$image|localhost/lab/mas:0.12.9|" $unit; systemctl daemon-reload; restart_mas`,
    heal: 'put_back /etc/systemd/system/matrix-authentication-service.service; systemctl daemon-reload; restart_mas; docker rmi localhost/lab/mas:0.12.9 >/dev/null',
    fails: ['versions', 'drift'],
  },
  {
    what: 'the disk was full',
    stage: 'absent',
    break: `systemd-run --quiet --wait --unit=matrix-synapse-test-of-the-journal bash -c 'echo "OSError: [Errno 28] No space left on device"; sleep 1'`,
    heal: 'true',
    fails: ['journal'],
    quick: true,
  },
  {
    what: 'a service is restarted again and again',
    stage: 'absent',
    break: `for _ in 1 2 3; do systemd-run --quiet --wait --unit=matrix-synapse-test-of-the-journal false || systemctl reset-failed matrix-synapse-test-of-the-journal; done; sleep 1`,
    heal: 'true',
    fails: ['journal'],
  },
  {
    what: 'the hold is set',
    stage: 'absent',
    break: 'install -d -m 700 /var/lib/matrix-auth-actions; touch /var/lib/matrix-auth-actions/hold',
    heal: 'rm /var/lib/matrix-auth-actions/hold',
    fails: ['hold'],
    quick: true,
  },
  {
    what: 'MAS has lost its accounts',
    stage: 'live',
    break: `docker exec --env-file=/matrix/postgres/env-postgres-psql matrix-postgres pg_dump -h /run/postgresql -Fc matrix_authentication_service >/matrix/kept.dump; sql 'TRUNCATE users CASCADE'`,
    heal: `docker exec -i --env-file=/matrix/postgres/env-postgres-psql matrix-postgres pg_restore -h /run/postgresql --clean --if-exists --exit-on-error -d matrix_authentication_service </matrix/kept.dump; rm /matrix/kept.dump; restart_mas`,
    fails: ['accounts-missing-in-mas', 'stage'],
  },
  {
    what: 'a syn2mas run was interrupted',
    stage: 'installed',
    break: `sql 'ALTER TABLE users RENAME TO syn2mas__users'`,
    heal: `sql 'ALTER TABLE syn2mas__users RENAME TO users'`,
    fails: ['stage', 'not-checked'],
  },
]

/** A journal of a migration that ended so, and the file that names it. */
function toldRun(outcome: Outcome, pointer: 'last' | 'migration'): string {
  return `state=/var/lib/matrix-auth-actions; mkdir -p -m 700 $state $state/journal
python3 - <<'EOF' >$state/journal/broken
import hashlib, json
events = (("commit", {"kind": "migrate"}), ("end", {"outcome": "${outcome}"}), ("closed", {}))
for number, (event, data) in enumerate(events, 1):
    entry = {"seq": number, "at": "2026-01-01T00:00:00Z", "uptime": number, "boot": "a", "event": event, "data": data}
    body = json.dumps(entry, separators=(",", ":"))
    print(f'{body[:-1]},"sum":"{hashlib.sha256(body.encode()).hexdigest()}"}}')
EOF
printf broken >$state/${pointer}`
}

export const breakages: readonly Breakage[] = [...ofTheFront, ...ofTheServer]
