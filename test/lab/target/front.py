"""A stand-in for the reverse proxy of a server (Traefik): TLS on port 443 of the loopback, before companion and MAS.

It is broken as the file /run/lab-front says: fine, stopped (refuses), bad-gateway, hangs, no-login (404 for logins),
no-mas (404 for MAS's own pages), no-authorization (drops the header), redirects, wrong-host (answers for another
server). It has no routes by label, no HTTP/2, no websockets, and an untrusted certificate.
"""

import http.client
import ssl
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def mode() -> str:
    try:
        with open("/run/lab-front", encoding="ascii") as file:
            return file.read().strip()
    except FileNotFoundError:
        return "fine"


def mas_address() -> tuple[str, int]:
    address = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
    argv = ["docker", "inspect", f"--format={address}", "matrix-authentication-service"]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.split()[0], 8080


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *_: object) -> None:
        pass

    def reply(self, status: int, body: bytes = b"{}", headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def forward(self) -> None:
        now = mode()
        if now == "hangs":
            time.sleep(600)
        if now == "stopped":
            self.connection.close()
            return
        is_mas = self.path.startswith("/auth/")
        if now == "bad-gateway" or (now == "no-login" and "/login" in self.path) or (now == "no-mas" and is_mas):
            self.reply(502 if now == "bad-gateway" else 404)
            return
        if now == "redirects":
            self.reply(308, headers=(("Location", "https://elsewhere.example.test/"),))
            return
        if now == "wrong-host":
            self.reply(200, b"<html></html>")
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        if now == "no-authorization":
            headers.pop("Authorization", None)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            connection = http.client.HTTPConnection(*(mas_address() if is_mas else ("127.0.0.1", 8008)), timeout=30)
            connection.request(self.command, self.path, body, {**headers, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            self.reply(answer.status, answer.read())
            connection.close()
        except (OSError, subprocess.CalledProcessError):
            self.reply(502)

    do_GET = do_POST = do_PUT = forward


def main() -> None:
    certificate = "/run/lab-front.pem"
    subject = ["-subj", "/CN=matrix.example.test", "-addext", "subjectAltName=DNS:matrix.example.test"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", certificate]
    subprocess.run(["openssl", "req", "-x509", *key, "-out", "/run/lab-front.crt", "-days", "2", *subject], check=True)
    with open(certificate, "a", encoding="ascii") as target, open("/run/lab-front.crt", encoding="ascii") as source:
        target.write(source.read())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 443), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


sys.exit(main())
