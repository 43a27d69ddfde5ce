export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install redis-server
# As upstream's image, it answers other containers without a password. A playbook of 2024 relies on that.
cat >/usr/local/bin/valkey-server <<'END'
#!/bin/sh
exec redis-server "$@" --protected-mode no
END
chmod 0755 /usr/local/bin/valkey-server
apt-get clean
rm -rf /var/lib/apt/lists/*
install -d -m 0777 /data
