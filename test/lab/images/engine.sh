# Where a lab's own engine runs on a Docker engine that was found: dockerd, rsync for its files, ip for its routes.
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install docker.io iproute2 iptables rsync tini
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/*
