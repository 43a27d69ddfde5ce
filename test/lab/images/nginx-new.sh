# A playbook of today writes `resolver` into `upstream`, which nginx knows since 1.27.3: newer than Debian 12 has it.
export DEBIAN_FRONTEND=noninteractive
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1)
echo "deb ${mirror% } forky main" >/etc/apt/sources.list.d/forky.list
apt-get -qq update
# Releases that no one upgrades between do not say which of each other's files they take over.
apt-get -qq -y --no-install-recommends -o Dpkg::Options::=--force-overwrite -t forky install nginx-light
rm /etc/apt/sources.list.d/forky.list
ln -sf /dev/stdout /var/log/nginx/access.log
ln -sf /dev/stderr /var/log/nginx/error.log
useradd --system --no-create-home --shell /usr/sbin/nologin nginx
nginx -v
apt-get clean
rm -rf /var/lib/apt/lists/*
