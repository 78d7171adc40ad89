"""The guide's printed steps on a phone, word for word, from the first visit on."""

import re

from playwright.sync_api import expect

from .conftest import PASSWORD, enter, shot


def test_a_first_visit_and_the_guides_steps_as_printed(phone, house):
    """Page 12 and 14: Config, Type Retro, Group Sofar, Model Sofar ME3000SP, station 1, Apply."""
    enter(phone, house)
    phone.goto("/?l=nl")
    expect(phone.locator("#grid_w")).to_contain_text("W", timeout=20000)
    phone.wait_for_selector("#lights li.good")
    assert "P1" in phone.inner_text("#lights") and phone.inner_text("#version") and phone.inner_text("#why")
    phone.locator("main").get_by_role("link", name="Config", exact=True).tap()
    phone.wait_for_url("**/config")
    phone.tap("main >> text=Modbus RTU")
    expect(phone.locator("#type option")).not_to_have_count(0, timeout=20000)
    phone.get_by_label("Type", exact=True).select_option("Retro")
    phone.get_by_label("Group", exact=True).select_option("Sofar")
    phone.get_by_label("Model", exact=True).select_option("Sofar ME3000SP")
    assert phone.get_by_label("Configure modbus station").input_value() == "1"
    phone.get_by_label("Configure modbus station").fill("1")
    phone.tap("[data-do=test]")
    expect(phone.locator("#trial")).to_contain_text(re.compile(r"\d %"), timeout=20000)
    shot(phone, "modbus")
    phone.get_by_role("button", name="Apply").tap()
    expect(phone.locator("form > .told:not([id])")).to_have_text("Bewaard.", timeout=20000)


def test_the_ctpv_path_of_the_guide(installer):
    """Page 12: Type Hybrid, Group Sofar, Subgroup ME3000SP, Model Sofar ME3000SP (CTpv)."""
    phone = installer
    phone.goto("/config/modbus")
    expect(phone.locator("#type option")).not_to_have_count(0, timeout=20000)
    for label, word in (("Type", "Hybrid"), ("Group", "Sofar"), ("Subgroup", "ME3000SP"),
                        ("Model", "Sofar ME3000SP (CTpv)")):
        phone.get_by_label(label, exact=True).select_option(word)
    assert phone.get_by_label("Configure modbus station").input_value() == "1"


def test_a_scan_finds_the_station_and_names_what_is_there(installer):
    installer.goto("/config/modbus?l=en")
    expect(installer.locator("#type option")).not_to_have_count(0, timeout=20000)
    installer.tap("[data-do=scan]")
    expect(installer.locator("#trial")).to_contain_text("station 1", timeout=30000)
    expect(installer.locator("#trial")).to_contain_text("ME3000SP", timeout=30000)


def test_what_a_person_types_in_kwh_and_euro_is_kept_in_small_units(installer, house):
    installer.goto("/config/inverter?l=en")
    installer.fill("[id='inverter.capacity_wh']", "4.8")
    installer.tap("[data-do=cost]")
    installer.tap("main [type=submit]")
    expect(installer.locator("form > .told")).to_have_text("Saved.", timeout=20000)
    kept = house.ask("settings", Cookie="s=" + house.log_in("installer")[0])[1]
    assert kept["inverter.capacity_wh"] == 4800 and kept["inverter.cost_eur_kwh"] == 96500
    installer.fill("[id='inverter.capacity_wh']", "0.1")
    installer.tap("main [type=submit]")
    assert installer.get_attribute("[id='inverter.capacity_wh']", "aria-invalid") == "true"


def test_a_user_comes_by_an_invitation_and_looks_only(installer, browser, house):
    installer.goto("/config/users?l=en")
    installer.select_option("#inv-role", "user")
    installer.fill("#inv-who", "An")
    installer.get_by_role("button", name="Invite").tap()
    link = installer.locator("#link a")
    expect(link).to_contain_text("/invite#user:An/")
    assert installer.locator("#link svg.qr path").count() == 1
    shot(installer, "invitation")
    guest = browser.new_page(base_url=house.url)
    guest.goto(link.inner_text())
    guest.fill("#password", PASSWORD)
    guest.fill("#again", PASSWORD)
    guest.click("main [type=submit]")
    guest.wait_for_selector("#grid_w")
    guest.goto("/config")
    assert guest.locator(".menu a:visible").count() == 4
    assert guest.goto("/config/control").url.endswith("/login")
    guest.close()


def test_the_self_test_has_a_reason_for_each_point_and_ends_in_a_report(installer):
    installer.goto("/commission?l=nl")
    installer.get_by_role("button", name="Zelftest uitvoeren").tap()
    expect(installer.locator("#points li")).to_have_count(21, timeout=60000)
    for text in installer.locator("#points li").all_inner_texts():
        assert len(text.splitlines()) >= 2, text
    for item in installer.locator("#points li.warn, #points li.bad").all():
        assert "→" in item.inner_text()
    shot(installer, "self-test")
    installer.get_by_role("button", name="Verslag maken").tap()
    installer.wait_for_selector("#report:not([hidden])")
    assert installer.locator("#points li").count() == 21
    assert re.fullmatch("[0-9a-f]{64}", installer.inner_text("#sum"))
    shot(installer, "report")


def test_materials_follow_the_guides_table(phone):
    """Page 9: the counts of scenarios A to F, and G only where a box is fed by P1."""
    phone.goto("/materials?l=nl")
    expected = {
        "A": "EL0178 EL0178 EL0178 EL0178 EL0124", "B": "EL0178 EL0178 EL0178 EL0178 EL0124 EL0227 EL0179",
        "D": "EL0178 EL0178 EL0178 EL0178 EL0124 EL0227 EL0223",
        "E": "EL0178 EL0178 EL0178 EL0178 EL0124 EL0227 EL0179 EL0223",
        "F": "EL0178 EL0178 EL0178 EL0178 EL0124 EL0179 EL0223"}
    expected["C"] = expected["B"]
    phone.check("[name=meter][value=old]")
    phone.check("[name=usb][value=yes]")
    for letter, picks in (("A", "together=yes"), ("B", "together=no where=inverter way=extender"),
                          ("C", "where=meter"), ("D", "where=both"), ("E", "where=apart"),
                          ("F", "where=inverter way=slave")):
        for pick in picks.split():
            name, value = pick.split("=")
            phone.check(f"[name={name}][value={value}]")
        assert phone.inner_text("#letter").startswith(letter + ":")
        assert phone.locator("#parts td:last-child").all_inner_texts() == expected[letter].split()
        bus = phone.locator("#drawn .wire.bus").count()
        assert bus == (3 if letter in "AD" else 2), letter
        shot(phone, "materials-" + letter)
