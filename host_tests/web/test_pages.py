"""Every page in every language and for every role; accessible, by keyboard alone, quick to load."""

import json
import pathlib
import re

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tools.build import pages

from .conftest import ROOT, phone_of, shot

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ROUTES = (ROOT / "firmware/web/routes.txt").read_text().splitlines()
TABLE = [line.split() for line in ROUTES if line[:1] != "#"]
PAGES = [(place, who) for method, place, who, handler, _ in TABLE if handler == "page"]
RANKS = ("nobody", "user", "owner", "installer")


def test_each_page_for_each_role(house):
    for role in RANKS:
        headers = {"Cookie": "s=" + house.log_in(role)[0]} if role != "nobody" else {}
        for place, who in PAGES:
            status, got, _ = house.get(place, **headers)
            allowed = RANKS.index(role) >= RANKS.index(who)
            assert status == (200 if allowed else 302), (place, role)
            assert allowed or got["Location"] == "/login"


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_each_page_in_each_language_has_its_own_words(house, language):
    cookie = "s=" + house.log_in("installer")[0]
    words = pages.sentences(ROOT, language)
    for place, _ in PAGES:
        text = house.get(f"{place}?l={language}", Cookie=cookie)[2].decode()
        assert f'<html lang="{language}">' in text and "[[" not in text and "{{" not in text, place
        assert pages.escape(words["w_skip"], quote=True) in text


def test_each_page_on_a_small_phone_is_narrow_accessible_and_quiet(browser, house):
    """axe-core's rules for WCAG 2.2 A and AA; German has the longest words."""
    context, page, complaints = phone_of(browser, house, "installer", bypass_csp=True)
    found = []
    for place, _ in PAGES:
        page.goto(place + "?l=de")
        page.wait_for_load_state()
        page.wait_for_timeout(250)
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{place} is {width} px wide"] if width > 320 else []
        page.evaluate(AXE)
        wrong = page.evaluate("""async () => (await axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21aa",
            "wcag22aa"]})).violations.map((one) => one.id + " " + one.nodes[0].html.slice(0, 90))""")
        found += [f"{place}: {one}" for one in wrong]
        shot(page, (place.strip("/").replace("/", "-") or "status") + "-de")
    context.close()
    assert not found and not complaints, (found, complaints)


def test_dark_and_large_type(browser, house):
    context, page, complaints = phone_of(browser, house, "installer", color_scheme="dark", bypass_csp=True)
    for place in ("/", "/config/control", "/commission", "/config/modbus"):
        page.goto(place + "?l=de")
        page.wait_for_timeout(400)
        page.evaluate(AXE)
        wrong = page.evaluate("""async () => (await axe.run({runOnly: ["color-contrast"]})).violations
            .map((one) => one.nodes[0].html.slice(0, 90))""")
        assert not wrong, (place, wrong)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
        shot(page, "dark-large-" + (place.strip("/").replace("/", "-") or "status"))
    context.close()
    assert not complaints


def test_keyboard_alone_reaches_and_changes_everything(installer, house):
    """Tab through Control: each field and button once, focus always visible; Apply by Enter."""
    installer.goto("/config/control?l=en")
    wanted = set(installer.evaluate("""[...document.querySelectorAll(
        "a[href], button, input, select, summary")].filter((one) => one.checkVisibility())
        .map((one) => one.id || one.textContent.trim())"""))
    reached = set()
    for _ in range(len(wanted) + 12):
        installer.keyboard.press("Tab")
        name, outline = installer.evaluate("""(() => { const one = document.activeElement;
            return [one.id || one.textContent.trim(), getComputedStyle(one).outlineStyle]; })()""")
        if name in wanted:
            assert outline != "none", name
            reached.add(name)
    assert wanted <= reached, wanted - reached
    installer.focus("[id='control.min_soc_pct']")
    installer.keyboard.press("Control+A")
    installer.keyboard.type("8")
    assert "10 %" in installer.inner_text("#warn")
    installer.keyboard.press("Control+A")
    installer.keyboard.type("25")
    installer.keyboard.press("Enter")
    expect(installer.locator("form > .told:not([id])")).to_have_text("Saved.", timeout=20000)
    assert house.ask("settings", Cookie="s=" + house.log_in("installer")[0])[1]["control.min_soc_pct"] == 25


def test_the_first_load_is_small_and_four_requests(browser, house):
    context, page, _ = phone_of(browser, house)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    asked, cached, sizes = {}, set(), []
    line.on("Network.requestWillBeSent", lambda one: asked.update({one["requestId"]: one["request"]["url"]}))
    line.on("Network.requestServedFromCache", lambda one: cached.add(one["requestId"]))
    line.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    page.goto("/?l=nl")
    page.wait_for_selector("#lights li.good")
    page.wait_for_timeout(1500)
    sent = [asked[one] for one in asked if one not in cached]
    assert len(sent) <= 4, sent
    assert sum(sizes) < 35 * 1024
    context.close()


def test_the_qr_codes_are_those_of_an_independent_encoder(installer):
    """Rows of modules as in the fixture; our drawing has four blank modules round it."""
    known = json.loads((ROOT / "host_tests" / "fixtures" / "qr_codes.json").read_text())["codes"]
    installer.goto("/config/users")
    for text, rows in known.items():
        path = installer.evaluate("(text) => qr(text).querySelector('path').getAttribute('d')", text)
        dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1", path)}
        size = len(rows)
        wanted = {(x, y) for y, row in enumerate(rows) for x in range(size)
                  if int(row, 16) >> (size - 1 - x) & 1}
        assert dark == wanted, text
