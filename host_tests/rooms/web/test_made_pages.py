"""What the build makes for the pages: the API's document has every route, fields scale what people type."""

import json

import pytest

from tools.build import fields, openapi, pages
from tools.build.tree import ROOT

SOURCE = ROOT / "firmware" / "web" / "static" / "openapi.txt"
WORDS = pages.sentences(ROOT, "en")


def test_the_document_has_every_route_and_nothing_else():
    told = json.loads(openapi.document(SOURCE))
    routes = [line.split() for line in (ROOT / "firmware/web/routes.txt").read_text().splitlines()]
    wanted = {(place, method.lower()) for method, place, *_ in (one for one in routes if one[0] != "#")
              if place.startswith("/api/v1/")}
    assert {(place, method) for place, one in told["paths"].items() for method in one} == wanted
    assert told["openapi"].startswith("3.1") and told["components"]["schemas"]["Error"]["required"]
    order = told["paths"]["/api/v1/order"]["post"]
    body = order["requestBody"]["content"]["application/json"]["schema"]
    assert order["security"] and "power_w" in body["properties"]


def test_a_route_without_a_line_stops_the_build(tmp_path):
    static = tmp_path / "static"
    static.mkdir()
    (tmp_path / "routes.txt").write_text("GET /api/v1/new nobody web_status new\n")
    (static / "openapi.txt").write_text("")
    with pytest.raises(openapi.ApiError, match="GET /new"):
        openapi.document(static / "openapi.txt")


def test_small_units_are_typed_as_people_do():
    made = fields.fields("inverter.capacity_wh", WORDS)
    assert 'data-scale="3"' in made and "kWh" in made and 'min="0.5"' in made and 'max="1000"' in made
    assert 'min="-90"' in fields.fields("installation.latitude", WORDS)
    assert "data-scale" not in fields.fields("control.min_soc_pct", WORDS)


def test_choices_are_worded_and_unknown_rows_refused():
    made = fields.fields("network.mode", WORDS)
    assert 'value="dhcp"' in made and "[[opt_dhcp]]" in made
    with pytest.raises(KeyError):
        fields.fields("network.nothing", WORDS)


def test_every_row_of_the_settings_has_a_place_on_a_page():
    """Found in the pages or their forms; the four choices and the station are the guide's own page."""
    folder = ROOT / "firmware" / "web" / "pages"
    text = " ".join(path.read_text() for path in sorted(folder.iterdir()))
    names = [row[0] for row in fields.ALL]
    missing = [one for one in names if one not in text and one.partition(".")[0] + "." not in text]
    assert set(missing) <= {"board"}, missing
