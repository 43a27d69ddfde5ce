# Where a lab's own engine runs on a Docker engine that was found: dockerd, and rsync for its files.
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install docker.io iptables rsync tini
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/*
