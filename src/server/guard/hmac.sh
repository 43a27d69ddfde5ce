# Reads a JSON object of texts from standard input and prints one with their HMACs. The key is created here and stays here.
set -euo pipefail
umask 077
install -d -m 0700 /matrix/auth-actions
key=/matrix/auth-actions/receipt.key
if [ ! -s "$key" ]; then
  head -c 32 /dev/urandom >"$key.new"
  sync "$key.new"
  mv "$key.new" "$key"
fi
exec python3 -c '
import hashlib, hmac, json, sys
key = open(sys.argv[1], "rb").read()
texts = json.load(sys.stdin)
print(json.dumps({name: hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for name, text in texts.items()}))
' "$key"
