export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install python3 python3-venv
apt-get clean
rm -rf /var/lib/apt/lists/*
