"""Short places: importers follow, what is forgotten is told, what is named late stays where it is."""

import ast

import pytest

from tools.build.places import PlaceError, shorten


def trees(**texts):
    found = {"main.py": "from firmware.board.board import open_board"}
    found.update({name.replace("__", "/") + ".mpy": text for name, text in texts.items()})
    return {place: ast.parse(text) for place, text in found.items()}


def test_what_is_named_late_keeps_its_last_name_and_a_profile_its_place():
    given = trees(firmware__board__profiles__x="", firmware__devices__catalogue__y="",
                  firmware__roles__gateway="",
                  firmware__roles__opening="role = __import__('firmware.roles.' + 'gateway')")
    assert shorten(given) == {"firmware/devices/catalogue/y.mpy": "y.mpy",
                              "firmware/roles/gateway.mpy": "gateway.mpy",
                              "firmware/roles/opening.mpy": "roles0.mpy"}
    assert ast.unparse(given["firmware/roles/opening.mpy"]) == "role = __import__('' + 'gateway')"


def test_two_of_one_last_name_stop_the_build():
    with pytest.raises(PlaceError, match="another module has this last name"):
        shorten(trees(firmware__roles__gateway="", firmware__devices__catalogue__gateway=""))


def test_who_asks_where_its_file_lies_is_told_its_old_place_in_the_folder_it_came_from():
    given = trees(firmware__words__words="here = __file__")
    assert shorten(given) == {"firmware/words/words.mpy": "words0.mpy"}
    for found, told in (("words0.mpy", ""), ("/a/words0.mpy", "/a/")):
        scope = {"__file__": found}
        exec(ast.unparse(given["firmware/words/words.mpy"]), scope)
        assert scope["here"] == told + "firmware/words/words.mpy"


def test_importers_follow():
    given = trees(firmware__roles__gateway="from ..tasks.bus import Bus\nfrom ..tasks import bus as b\n"
                                           "def f():\n    from .gateway import x, y",
                  firmware__tasks__bus="from ..core.ticks import diff", firmware__core__ticks="")
    shorten(given)
    assert ast.unparse(given["firmware/roles/gateway.mpy"]) == (
        "from tasks0 import Bus\nimport tasks0 as b\n\ndef f():\n    from gateway import x, y")
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
