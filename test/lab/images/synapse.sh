# SYNAPSE_PACKAGES: what pip installs, one requirement a line.
python3 -m venv /opt/synapse
mapfile -t packages <<<"$SYNAPSE_PACKAGES"
/opt/synapse/bin/pip install --quiet --no-cache-dir --no-compile "${packages[@]}"
/opt/synapse/bin/python -m compileall -q -j 2 /opt/synapse/lib || true
install -m 0755 /files/synapse-entrypoint.sh /start.sh
install -d -m 0777 /data
