"""Reading definitions: what is taken, and that hostile files are refused fast, in a sentence."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.text import plain
from bot.errors import UserError
from checks.checklists import read
from checks.checklists.reading import LARGEST
from tests.patience import computing
from tests.unit.checks.checklists.samples import CHECKLIST, TOML, write

MOST = 5.0
"""Seconds of work; without bounds one of these files takes half a minute."""


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused, before it costs much work."""
    with computing(MOST), pytest.raises(UserError) as caught:
        read(path)
    said = str(caught.value)
    assert said == plain(said)
    assert len(said) < 400
    assert said.startswith(f"{path.name}: ")
    return said.removeprefix(f"{path.name}: ")


def test_a_file_becomes_what_it_says(tmp_path: Path) -> None:
    assert read(write(tmp_path)) == CHECKLIST


def test_a_file_as_windows_saves_it_is_taken(tmp_path: Path) -> None:
    text = "\N{ZERO WIDTH NO-BREAK SPACE}" + TOML.replace("\n", "\r\n")
    assert read(write(tmp_path, text)) == CHECKLIST


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Originals', 'tittle = "Originals', "item originals: 'tittle' is unknown. Did"),
        ("minutes = 2", "minutes = 2\ncolour = 'red'", "item originals: 'colour' is unknown. Re"),
        ('area = "', 'aera = "', "'aera' is unknown. Did you mean area?"),
        ('area = "packaging"', "", "area is missing. Add it."),
        ('why = "With', '# why = "With', "item originals: why is missing. Add it."),
        ('id = "originals"', "", "item 1: id is missing. Add it."),
        ('"packaging"', '"parking"', "area is 'parking', which is unknown. Choose from: secu"),
        ('"listings"', '"boss"', "owner is 'boss', which is unknown. Choose from: lead, acc"),
        ("minutes = 2", 'proof = "oath"', "item originals: proof is 'oath', which is unknown."),
        ("minutes = 2", "minutes = '2'", "item originals: minutes has the wrong type. It must b"),
        ("minutes = 2", "minutes = 2.5", "item originals: minutes has the wrong type. It must b"),
        ("minutes = 2", "minutes = inf", "item originals: minutes has the wrong type. It must b"),
        ("minutes = 2", "minutes = true", "item originals: minutes has the wrong type. It must"),
        ("minutes = 2", "owner = 7", "item originals: owner has the wrong type. It must be tex"),
        ("minutes = 2", "[items.deep]", "item originals: 'deep' is unknown. Remove it."),
        ("[[items]]", "[items]", "items has the wrong type. It must be a list: items start wit"),
        (
            'steps = ["Copy the files of this month."]',
            "steps = 'Copy.'",
            "item originals: steps has",
        ),
        ('["Copy the files of this month."]', "[1]", "item originals: steps has the wrong type"),
        ('title = "The photo studio"', "title = 2026-11-26", "title has the wrong type. It must"),
        ('id = "photo-studio"', 'id = "a"\nid = "b"', "it is not TOML: Cannot overwrite a value"),
        ('id = "photo-studio"', "id = photo-studio", "it is not TOML: Invalid value (at line 2, "),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_to_do(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    assert old in TOML
    assert refusal(write(tmp_path, TOML.replace(old, new, 1))).startswith(says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00\x01", "it is not TOML: 'utf-8' codec can't decode"),
        (b"\x00" * 100, "it is not TOML: "),
        (b"#" * (LARGEST + 1), "it is larger than 64 KiB. Split it in two."),
        (b"#\n" * (LARGEST // 2), "id is missing. Add it."),
        (b"", "id is missing. Add it."),
        (b"x = " + b"[\n" * 30_000, "it is nested too deeply"),
        (b"x = " + b"[" * 400 + b"]" * 400, "line 1 has 804 characters. Shorten it to 500"),
        (b"a." * 32_000 + b"a = 1", "line 1 has 64,005 characters. Shorten it to 500"),
        (b"\n".join(b"a." * 240 + b"b%d = 1" % n for n in range(130)), "'a' is unknown"),
        ('"\u2028".'.encode() * 10_000 + b"a = 1", "line 1 has 40,005 characters"),
        (b"weight = " + b"9" * 480, "'weight' is unknown"),
        (b"title = 0x" + b"f" * 480, "title has the wrong type"),
        (b'" - at `$.items[7].title`" = 1', "item 8: '"),
        (b'items = []\n" - at `$.items[7].title`" = 1', "item 8: '"),
        (b'"two\\nlines \\u202e" = 1', "'two lines"),
        (b"items = [1, 2]", "item 1: it has the wrong type. It must be a part that starts"),
        (b"items = [[[[]]]]", "item 1: it has the wrong type"),
        (b"[[items]]\nid = 4\n", "item 1: id has the wrong type"),
    ],
)
def test_a_hostile_file_is_refused_at_once(content: bytes, says: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, content)).startswith(says)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    says = "there is no such file. Check its name and folder."
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "dangling.toml").symlink_to("nowhere.toml")
    for name in ("none.toml", "folder.toml", "pipe.toml", "dangling.toml"):
        assert refusal(tmp_path / name) == says


@pytest.mark.parametrize("step", ["open", "is_file"])
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path)
    monkeypatch.setattr(Path, step, refuse)
    assert refusal(path) == "it cannot be read (Permission denied). Check its permissions."


def test_a_name_that_steers_a_terminal_is_shown_harmless(tmp_path: Path) -> None:
    path = write(tmp_path, b"", name="own\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}.toml")
    with pytest.raises(UserError) as caught:
        read(path)
    assert str(caught.value).isprintable()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=300), place=st.integers(0, len(TOML)))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    noise: bytes, place: int, tmp_path: Path
) -> None:
    content = TOML.encode()
    path = write(tmp_path, content[:place] + noise + content[place + len(noise) :])
    with suppress(UserError):
        read(path)
