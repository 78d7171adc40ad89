"""Short places: importers follow, what is forgotten is told, what is named late stays where it is."""

import ast

import pytest

from tools.build.places import PlaceError, shorten


def trees(**texts):
    found = {"main.py": "from firmware.board.board import open_board"}
    found.update({name.replace("__", "/") + ".mpy": text for name, text in texts.items()})
    return {place: ast.parse(text) for place, text in found.items()}


def test_what_main_imports_and_what_is_named_late_keeps_its_place():
    given = trees(firmware__board__board="", firmware__devices__catalogue__x="", firmware__roles__gateway="",
                  firmware__words__words="here = __file__", firmware__tasks__bus="")
    assert shorten(given) == {"firmware/tasks/bus.mpy": "tasks0.mpy"}


def test_importers_follow():
    given = trees(firmware__roles__gateway="from ..tasks.bus import Bus\nfrom ..tasks import bus as b\n"
                                           "def f():\n    from .gateway import x, y",
                  firmware__tasks__bus="from ..core.ticks import diff", firmware__core__ticks="")
    shorten(given)
    assert ast.unparse(given["firmware/roles/gateway.mpy"]) == (
        "from tasks0 import Bus\nimport tasks0 as b\n\ndef f():\n    from firmware.roles.gateway import x, y")
    assert ast.unparse(given["firmware/tasks/bus.mpy"]) == "from core0 import diff"


def test_what_is_forgotten_is_told_by_its_short_name():
    given = trees(firmware__settings__values='ROOM = __name__.rsplit(".", 1)[0]\n'
                                             'forget(*[ROOM + "." + n for n in ("store", "rows")])\n'
                                             'forget_parts("settings", "store gone")',
                  firmware__settings__store="", firmware__settings__rows="")
    shorten(given)
    assert ast.unparse(given["firmware/settings/values.mpy"]) == (
        "ROOM = 'firmware.settings.values'.rsplit('.', 1)[0]\nforget('settings1', 'settings0')\n"
        "forget_parts('', 'settings1 firmware.settings.gone')")


@pytest.mark.parametrize("text", ["forget(x)", "import firmware.core.ticks"])
def test_what_would_not_be_found_stops_the_build(text):
    with pytest.raises(PlaceError, match="firmware.tasks.bus"):
        shorten(trees(firmware__tasks__bus=text, firmware__core__ticks=""))
