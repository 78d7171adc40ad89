"""The guide's printed steps on a phone, word for word, and every page in every language."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import enter, shot

PAGES = ("", "help", "login", "config", "config/modbus", "config/p1", "config/control", "config/inverter",
         "config/devices", "config/network", "config/ap", "config/installation", "config/users",
         "config/journal", "config/backup", "config/reset")


def test_the_status_page_lives(phone):
    phone.goto("/?l=nl")
    expect(phone.locator("#grid_w")).to_contain_text("W", timeout=20000)
    phone.wait_for_selector("#lights li.good")
    assert "P1" in phone.inner_text("#lights")
    assert phone.inner_text("#version")
    assert phone.inner_text("#why")
    shot(phone, "status-nl")


def test_the_guides_steps_as_printed(phone, house):
    """Page 12 and 14: Config, Type Retro, Group Sofar, Model Sofar ME3000SP, station 1, Apply."""
    enter(phone, house)
    phone.goto("/?l=nl")
    phone.tap("main >> text=Config")
    phone.wait_for_url("**/config")
    phone.tap("main >> text=Modbus RTU")
    expect(phone.locator("#type option")).not_to_have_count(0, timeout=20000)
    phone.select_option("text=Type >> xpath=following-sibling::select", "Retro")
    phone.select_option("#group", "Sofar")
    phone.select_option("#model", "Sofar ME3000SP")
    assert phone.get_by_label("Configure modbus station").input_value() == "1"
    phone.get_by_label("Configure modbus station").fill("1")
    shot(phone, "modbus")
    phone.tap("[data-do=test]")
    expect(phone.locator("#trial")).to_contain_text(re.compile(r"\d %"), timeout=20000)
    phone.get_by_role("button", name="Apply").tap()
    expect(phone.locator("form > .told:not([id])")).to_have_text("Bewaard.", timeout=20000)


def test_the_ctpv_path_of_the_guide(phone, house):
    """Page 12: Type Hybrid, Group Sofar, Subgroup ME3000SP, Model Sofar ME3000SP (CTpv)."""
    enter(phone, house)
    phone.goto("/config/modbus")
    expect(phone.locator("#type option")).not_to_have_count(0, timeout=20000)
    phone.select_option("#type", "Hybrid")
    phone.select_option("#group", "Sofar")
    phone.select_option("#subgroup", "ME3000SP")
    phone.select_option("#model", "Sofar ME3000SP (CTpv)")
    assert phone.get_by_label("Configure modbus station").input_value() == "1"


@pytest.mark.parametrize("language", ("nl", "fr", "en", "de"))
def test_every_page_in_every_language(phone, house, language):
    enter(phone, house)
    for page in PAGES:
        answer = phone.goto(f"/{page}?l={language}")
        assert answer.status == 200, page
        text = phone.content()
        assert f'<html lang="{language}">' in text and "[[" not in text and "{{" not in text, page
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{page} is {width} px wide in {language}"
        if language in ("nl", "de"):
            shot(phone, f"{page.replace('/', '-') or 'status'}-{language}")
