export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install redis-server
ln -sf /usr/bin/redis-server /usr/local/bin/valkey-server
apt-get clean
rm -rf /var/lib/apt/lists/*
install -d -m 0777 /data
