export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
# No cluster of Debian's own: the entrypoint makes one in PGDATA.
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
apt-get -qq -y --no-install-recommends install postgresql-15 libnss-wrapper
for program in /usr/lib/postgresql/15/bin/*; do ln -sf "$program" /usr/local/bin/; done
install -d -m 0777 /run/postgresql /data
install -m 0755 /files/postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
apt-get clean
rm -rf /var/lib/apt/lists/*
