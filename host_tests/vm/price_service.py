"""A price service on the loopback: answers what the test put in its queue, over TLS or plain, and notes
what it was asked. Certificates are made for it here: good, of a stranger, of another host, expired.
"""

import datetime
import socket
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ("api.energy-charts.info", "web-api.tp.entsoe.eu", "api.open-meteo.com", "api.forecast.solar")


def http(body, status=200, *fields, chunked=None):
    """An answer; chunked: pieces of so many bytes."""
    head = ["HTTP/1.1 {} X".format(status), *fields]
    if chunked:
        pieces = [body[at:at + chunked] for at in range(0, len(body), chunked)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        head.append("Transfer-Encoding: chunked")
    elif not any(field.startswith("Content-Length") for field in fields):
        head.append("Content-Length: {}".format(len(body)))
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Service:
    """`answers`: bytes for each question, in order; b"" closes without a word. `asked`: request lines."""

    def __init__(self, certificate=None):
        self.answers, self.asked = [], []
        self._context = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        """No more questions."""
        self._door.close()

    def _serve(self):
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            try:
                self._answer(line)
            except (OSError, ssl.SSLError):
                pass  # the other side did not believe us, or had enough
            finally:
                line.close()

    def _answer(self, line):
        line.settimeout(20)
        if self._context:
            with self._context.wrap_socket(line, server_side=True) as sealed:
                self._speak(sealed)
        else:
            self._speak(line)

    def _speak(self, line):
        heard = b""
        while b"\r\n\r\n" not in heard:
            piece = line.recv(1000)
            if not piece:
                return
            heard += piece
        head = heard.decode().split("\r\n")
        self.asked.append((head[0], [one for one in head if one.startswith("Host: ")][0][6:]))
        answer = self.answers.pop(0)
        for at in range(0, len(answer), 700):
            line.sendall(answer[at:at + 700])
        if self._context:
            line.settimeout(0.1)  # says goodbye, and does not wait for theirs
            line.unwrap()


def certificates(folder):
    """{"good", "host", "old"}: files with key and chain; "root": DER of who signed them; "stranger": DER."""
    root_key, root = _root("Desk")
    _, stranger = _root("Stranger")
    found = {"root": _der(root), "stranger": _der(stranger)}
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    for name, hosts, end in (("good", HOSTS, now + day), ("host", ("elsewhere.example",), now + day),
                             ("old", HOSTS, now - day)):
        key = ec.generate_private_key(ec.SECP256R1())
        made = _begun(name, root.subject, key.public_key(), now - 3 * day, end).add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), False)
        path = folder / (name + ".pem")
        path.write_bytes(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + made.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        found[name] = path
    return found


def _root(name):
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = _begun(name, subject, key.public_key(), now - 9 * day, now + 9 * day).add_extension(
        x509.BasicConstraints(True, None), True)
    return key, made.sign(key, hashes.SHA256())


def _begun(name, issuer, key, begin, end):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), begin, end)


def _der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER).hex()
