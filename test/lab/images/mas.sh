# A folder as upstream's release archives hold it: `mas-cli` and `share/`.
cp -r /files/mas /opt/mas
chmod -R a+rX /opt/mas
chmod a+x /opt/mas/mas-cli
ln -sf /opt/mas/mas-cli /usr/local/bin/mas-cli
# Where the binary of upstream's image looks for it.
ln -sfn /opt/mas/share /usr/local/share/mas-cli
