# What the internet sees of the lab: an operator's own reverse proxy with TLS in a container, on the lab's own address, and on the
# network of the server's containers under its public names. MAS trusts its certificate authority.
# STAGE: of the server, `live` where logins go to MAS by the line $logins_to_mas.
set -euo pipefail
front=/matrix/public-front
mkdir -p $front/authority $front/certificates
cd $front

cat >authority/ca.cnf <<'EOF'
[ca]
default_ca = lab
[lab]
new_certs_dir = /matrix/public-front/authority
database = /matrix/public-front/authority/index
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
copy_extensions = copy
[any]
commonName = supplied
EOF
key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
if [ ! -e authority/ca.crt ]; then
  touch authority/index
  openssl req -x509 "${key[@]}" -keyout authority/ca.key -out authority/ca.crt -days 3650 -subj '/CN=Authority of the lab' 2>/dev/null
fi
cp authority/ca.crt ca.crt

# Writes NAME.pem: a certificate from day FROM to day TO, as GNU date understands them, for these names.
cat >issue <<'EOF'
#!/bin/bash
# issue NAME FROM TO HOST...
set -euo pipefail
cd /matrix/public-front
name=$1 from=$2 to=$3
shift 3
at() { date -u -d "$1" +%Y%m%d%H%M%SZ; }
alternatives=$(printf ',DNS:%s' "$@")
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "authority/$name.key" -out "authority/$name.csr" \
  -subj "/CN=$1" -addext "subjectAltName=${alternatives:1}" 2>/dev/null
openssl ca -batch -notext -config authority/ca.cnf -cert authority/ca.crt -keyfile authority/ca.key \
  -startdate "$(at "$from")" -enddate "$(at "$to")" -in "authority/$name.csr" -out "authority/$name.crt" 2>/dev/null
cat "authority/$name.crt" "authority/$name.key" >"certificates/$name.pem"
chmod 644 "certificates/$name.pem"
EOF
chmod +x issue
names='example.test matrix.example.test login.example.test'
./issue good -10days +80days $names

cat >nginx.conf.good <<'EOF'
worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr crit;
events { worker_connections 256; }
http {
  client_body_temp_path /tmp/a; proxy_temp_path /tmp/b; fastcgi_temp_path /tmp/c; uwsgi_temp_path /tmp/d; scgi_temp_path /tmp/e;
  access_log off;
  resolver 127.0.0.11 valid=1s ipv6=off;
  proxy_http_version 1.1;
  proxy_connect_timeout 5s;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  ssl_certificate /front/certificates/good.pem; #matrix
  ssl_certificate_key /front/certificates/good.pem; #matrix
  server {
    listen 443 ssl;
    server_name matrix.example.test;
    proxy_set_header Host matrix.example.test;
    #matrix-first
    #logins
    location /auth/ { set $mas matrix-authentication-service:8080; proxy_pass http://$mas; }
    location / { set $companion matrix-synapse-reverse-proxy-companion:8008; proxy_pass http://$companion; }
  }
  server {
    listen 443 ssl;
    server_name example.test;
    proxy_set_header Host matrix.example.test;
    #domain-first
    location /.well-known/matrix/ { set $companion matrix-synapse-reverse-proxy-companion:8008; proxy_pass http://$companion; }
    location / { return 404; }
  }
  server {
    listen 443 ssl;
    server_name login.example.test;
    location = /.well-known/openid-configuration {
      default_type application/json;
      return 200 '{"issuer":"https://login.example.test/","authorization_endpoint":"https://login.example.test/authorize"}';
    }
  }
  # Between MAS and Synapse, where MAS has this address of the homeserver.
  server {
    listen 8008;
    #between-first
    location / { set $synapse matrix-synapse:8008; proxy_pass http://$synapse; }
  }
}
EOF
[ "$STAGE" != live ] || sed -i "s@#logins@${logins_to_mas:?}@" nginx.conf.good
cp nginx.conf.good nginx.conf

docker rm --force public-front >/dev/null 2>&1 || true
# The lab's Traefik listens on the loopback.
address=$(ip -4 -o addr show scope global | awk '$4 ~ /^10\.77\./ { sub("/.*", "", $4); print $4 }')
aliases=(--network-alias example.test --network-alias matrix.example.test --network-alias login.example.test)
docker run --detach --name public-front --network matrix-homeserver "${aliases[@]}" -p "$address:443:443" --read-only --tmpfs /tmp \
  --log-driver=none --entrypoint nginx --mount type=bind,src=$front,dst=/front,ro \
  "$(docker inspect --format '{{.Config.Image}}' matrix-synapse-reverse-proxy-companion)" \
  -c /front/nginx.conf -g 'daemon off;' >/dev/null

unit=/etc/systemd/system/matrix-authentication-service.service
if [ -e $unit ]; then
  sed -i "/public-front/d; s|\t--network=|\t--mount type=bind,src=$front/ca.crt,dst=/etc/ssl/certs/ca-certificates.crt,ro \\\\\n&|" $unit
  systemctl daemon-reload
  systemctl restart --no-block --job-mode=ignore-dependencies matrix-authentication-service
fi
