"""How long a phone looks at nothing: first paint and first live value of Status, on a slow phone and line.

Chromium with its processor slowed four times and a line of 1.6 Mbit/s with 40 ms each way, against the
gateway of the desk. A box's own radio is slower to answer than loopback: its share is not in here.
"""

import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

from tools.build.tree import ROOT

_LINE = {"offline": False, "latency": 40, "downloadThroughput": 200000, "uploadThroughput": 90000}
_LOADS = 5
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_PAINT = 'performance.getEntriesByName("first-contentful-paint")[0].startTime'


def rows():
    """Medians of five loads, each with an empty cache."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tools.sim", "--headless", "--seconds", "300", "--heap", "176k"]
    story = subprocess.Popen(command + ["--web", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True)
    try:
        _wait(story, f"http://127.0.0.1:{port}/api/v1/info")
        paints, lives, sizes = zip(*_loads(f"http://127.0.0.1:{port}/"))
    finally:
        story.terminate()
        story.wait(20)
    return [
        {"name": "first paint, slow phone", "value": statistics.median(paints), "unit": "ms", "limit": 1000},
        {"name": "first live value, slow phone", "value": statistics.median(lives), "unit": "ms"},
        {"name": "over the wire until then, with heads", "value": max(sizes), "unit": "B", "limit": 35840},
    ]


def _wait(story, url):
    if not re.search(r"sticker", story.stderr.readline()):
        raise RuntimeError("the desk's gateway did not start")
    for _ in range(300):
        try:
            with _OPENER.open(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the gateway's page did not come")


def _loads(url):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for _ in range(_LOADS):
            context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True)
            page = context.new_page()
            line, sizes = context.new_cdp_session(page), []
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", _LINE)
            line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            line.on("Network.loadingFinished", lambda one, to=sizes: to.append(one["encodedDataLength"]))
            began = time.monotonic()
            page.goto(url)
            page.wait_for_selector("#lights li.good")
            live_ms = (time.monotonic() - began) * 1000
            yield page.evaluate(_PAINT), live_ms, sum(sizes)
            context.close()
        browser.close()
