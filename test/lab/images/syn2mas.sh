# The Node tool as npm has it, with the packages that the machine's npm installed for it.
mkdir -p /opt/syn2mas
cp -r /files/syn2mas/node_modules /opt/syn2mas/
chmod -R a+rX /opt/syn2mas
