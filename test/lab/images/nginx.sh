export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install nginx-light
ln -sf /dev/stdout /var/log/nginx/access.log
ln -sf /dev/stderr /var/log/nginx/error.log
# As in upstream's image: the account is called nginx, and an unprivileged one can run it.
useradd --system --no-create-home --shell /usr/sbin/nologin nginx
apt-get clean
rm -rf /var/lib/apt/lists/*
