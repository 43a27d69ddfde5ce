# What every image of the lab has. Debian's first files are there already.
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install bash ca-certificates curl libstdc++6 procps tini
# Containers of the playbook's services run as this user, and PostgreSQL needs a user name for its uid.
groupadd --gid 991 matrix
useradd --uid 991 --gid 991 --no-create-home --home-dir / --shell /usr/sbin/nologin matrix
ln -sf bash /bin/sh
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/share/doc/* /usr/share/man/* /usr/share/locale/*
