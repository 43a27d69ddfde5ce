# The very Node that runs the lab.
install -m 0755 /files/node /usr/local/bin/node
node --version
