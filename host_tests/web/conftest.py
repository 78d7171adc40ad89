"""A gateway of the desk with its pages on, and a phone in front of it: Chromium with its screen and touch."""

import hashlib
import hmac
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "shots"
PASSWORD = "a cupboard full of wires"
# The pages cost more heap than the plain gateway has over; docs/api.md says how much.
HEAP = "176k"


class House:
    """A running story. `url`, `pwd` (of the sticker), `get(path)` -> (status, headers, body)."""

    def __init__(self, *more):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = ("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{port}"
        self.roles = {}  # name -> session cookie
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.sim", "--headless", "--seconds", "900", "--heap", HEAP,
             "--web", str(port), *more],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = self.process.stderr.readline()
        self.pwd = re.search(r"sticker: (\w+)", said)[1]
        self.wait()

    def wait(self):
        """Until the status page answers."""
        for _ in range(600):
            try:
                if self.get("/")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError("the gateway's page did not come")

    def get(self, path, body=None, **headers):
        """One request, a JSON body makes it a POST. Redirects are not followed."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with _OPENER.open(request, timeout=15) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def ask(self, path, body=None, **headers):
        """(status, what the API answered)."""
        status, got, said = self.get("/api/v1/" + path, body, **headers)
        return status, json.loads(said or b"null"), got

    def log_in(self, role):
        """The session cookie of a role, its account made on the way by whoever may."""
        if role not in self.roles:
            salt = os.urandom(16)
            key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, 3000)
            account = [salt.hex(), hashlib.sha256(key).hexdigest(), 3000]
            path, secret = "setup", self.pwd
            nonce = self.ask("challenge?role=" + role)[1]
            if role != "installer":
                cookie, token = self.log_in("installer")
                headers = {"Cookie": "s=" + cookie, "X-Token": token, "Origin": self.url}
                link = self.ask("invite", {"role": role}, **headers)[1]["path"]
                path, secret = "join", link.rpartition("/")[2]
            elif not nonce["first"]:
                return self._again(role)
            nonce = nonce["nonce"]
            said = (nonce + account[0] + account[1]).encode()
            proof = hmac.new(secret.encode(), said, "sha256").hexdigest()
            self._enter(role, path, {"role": role, "account": account, "nonce": nonce, "proof": proof})
        return self.roles[role]

    def _again(self, role):
        given = self.ask("challenge?role=" + role)[1]
        key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), bytes.fromhex(given["salt"]), 3000)
        mask = hmac.new(hashlib.sha256(key).digest(), given["nonce"].encode(), "sha256").digest()
        proof = bytes(a ^ b for a, b in zip(key, mask, strict=True)).hex()
        self._enter(role, "login", {"role": role, "nonce": given["nonce"], "proof": proof})
        return self.roles[role]

    def _enter(self, role, path, body):
        status, said, headers = self.ask(path, body, Origin=self.url)
        assert status == 200, said
        self.roles[role] = re.search("s=(\\w+)", headers["Set-Cookie"])[1], said["token"]

    def raw(self, data, wait_s=12):
        """Bytes to the port, what comes back until it closes."""
        with socket.create_connection(self.address, wait_s) as line:
            line.settimeout(wait_s)
            line.sendall(data)
            got = b""
            try:
                while piece := line.recv(4096):
                    got += piece
            except OSError:
                pass
            return got

    def end(self):
        """Stop the story."""
        self.process.terminate()
        self.process.wait(20)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_parts):
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


@pytest.fixture(scope="session")
def house():
    """A gateway as scenario A has it; one for all, because a start takes half a minute."""
    playing = House()
    yield playing
    playing.end()


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "no chromium: `make setup` says how to get one"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def phone_of(browser, house, role=None, **more):
    """(context, page, complaints) of a small phone; `role`: logged in as that."""
    context = browser.new_context(
        base_url=house.url, viewport={"width": 320, "height": 740}, has_touch=True, is_mobile=True,
        locale="nl-BE", **more)
    if role:
        context.add_cookies([{"name": "s", "value": house.log_in(role)[0], "url": house.url}])
    page = context.new_page()
    page.set_default_timeout(20000)
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    SHOTS.mkdir(parents=True, exist_ok=True)
    return context, page, complaints


@pytest.fixture
def phone(browser, house):
    """A page on a small phone; what its console complains of fails the test."""
    context, page, complaints = phone_of(browser, house)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def installer(browser, house):
    """The same, logged in as the installer."""
    context, page, complaints = phone_of(browser, house, "installer")
    yield page
    context.close()
    assert not complaints


def shot(page, name):
    """A screenshot for people, in build/shots."""
    page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)


def enter(page, house):
    """Through the first visit, as a person does it: only while nobody was here."""
    page.goto("/login")
    page.wait_for_url("**/welcome")
    page.fill("#printed", house.pwd)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.tap("main [type=submit]")
    page.wait_for_url("**/config")
