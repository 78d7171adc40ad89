"""Files and functions out of shape are named; data may be long."""

from tools import check_shape

DOC = '"""What this file knows."""\n'


def faults_of(folder, path, source):
    """Faults of a project that holds one file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source)
    return check_shape.faults(folder)


def long_function(lines, docstring=""):
    return DOC + "def f():\n" + docstring + "    x = 1\n" * (lines - 1 - bool(docstring))


def test_a_file_of_251_lines_is_too_long(tmp_path):
    assert faults_of(tmp_path, "firmware/p1/a.py", DOC + "X = 1\n" * 249) == []
    assert "251 lines" in faults_of(tmp_path, "firmware/p1/a.py", DOC + "X = 1\n" * 250)[0]


def test_a_catalogue_and_a_fixture_may_be_long(tmp_path):
    assert faults_of(tmp_path, "firmware/devices/catalogue/a.py", DOC + "X = 1\n" * 400) == []
    assert faults_of(tmp_path, "host_tests/fixtures/a.py", DOC + "X = 1\n" * 400) == []


def test_a_file_opens_with_a_docstring_and_an_empty_marker_needs_none(tmp_path):
    assert "no docstring" in faults_of(tmp_path, "tools/a.py", "X = 1\n")[0]
    assert faults_of(tmp_path, "tools/a.py", "") == []


def test_a_long_function_explains_itself_and_a_very_long_one_is_split(tmp_path):
    explained = '    """Why it is one piece."""\n'
    assert faults_of(tmp_path, "tools/a.py", long_function(30)) == []
    assert "does not explain itself" in faults_of(tmp_path, "tools/a.py", long_function(31))[0]
    assert faults_of(tmp_path, "tools/a.py", long_function(60, explained)) == []
    assert "61 lines" in faults_of(tmp_path, "tools/a.py", long_function(61, explained))[0]


def test_names_that_say_nothing_are_refused(tmp_path):
    assert "says nothing" in faults_of(tmp_path, "tools/bus_utils.py", DOC)[0]
    (tmp_path / "tools/bus_utils.py").unlink()
    assert "BusManager" in faults_of(tmp_path, "tools/a.py", DOC + "class BusManager:\n    pass\n")[0]
    assert "do_misc" in faults_of(tmp_path, "tools/a.py", DOC + "def do_misc():\n    pass\n")[0]
    assert faults_of(tmp_path, "tools/a.py", DOC + "class Database:\n    pass\n") == []


def test_scripts_and_pages_open_with_a_comment(tmp_path):
    assert "no comment" in faults_of(tmp_path, "firmware/web/a.js", "let x = 1\n")[0]
    assert faults_of(tmp_path, "firmware/web/a.js", "// What this script shows.\nlet x = 1\n") == []


def test_this_project_is_in_shape(root):
    assert check_shape.faults(root) == []
