export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install docker-registry
apt-get clean
rm -rf /var/lib/apt/lists/*
mkdir -p /registry
cat >/etc/registry.yml <<'END'
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: /registry}
http: {addr: '127.0.0.1:5000'}
END
