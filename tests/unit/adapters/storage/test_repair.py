"""Mending a damaged log: what is whole is saved, what is lost is told, the damaged file is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.storage.lines import seal
from adapters.storage.log import open_log
from adapters.storage.mark import Mark, mark_of
from adapters.storage.repair import repair
from bot.errors import StoreError, StoreLocked

PAYLOADS = [b'[["notes","%d",{"text":"%s"}]]' % (n, b"x" * (3 * n)) for n in range(5)]
LINES = [seal(payload) for payload in PAYLOADS]
LOG = b"".join(LINES)


def damaged(folder: Path, content: bytes) -> Path:
    """Return the path of a log with all lines that then came to have this content."""
    path = folder / "log"
    path.write_bytes(content)
    mark = Mark(path)
    mark.write(len(LOG))
    mark.close()
    return path


def read(path: Path) -> list[bytes]:
    payloads: list[bytes] = []
    open_log(path, payloads.append).close()
    return payloads


@pytest.mark.parametrize(
    ("content", "saved", "lost"),
    [
        (LOG.replace(b"\n", b"\r\n"), [0, 1, 2, 3, 4], {}),
        (LOG.removesuffix(b"\n"), [0, 1, 2, 3, 4], {}),
        (LOG + b"\0" * 5000, [0, 1, 2, 3, 4], {}),
        (LINES[0] + b"\0" * 40 + b"".join(LINES[1:]), [0, 1, 2, 3, 4], {}),
        (LINES[0][:-1] + b"\v" + b"".join(LINES[1:]), [0, 1, 2, 3, 4], {}),
        (LINES[0] + b"clumsy\n" + LINES[2], [0, 2], {2: ()}),
        (LINES[0] + LINES[1].replace(b"xxx", b"xyx") + LINES[2], [0, 2], {2: ("notes 1",)}),
        (LINES[0] + LINES[1][:-8] + b"\0" * 8 + LINES[2], [0, 2], {2: ("notes 1",)}),
        (LOG[:-5], [0, 1, 2, 3], {5: ("notes 4",)}),
    ],
    ids=[
        "line breaks of another system",
        "the last line break",
        "zeros at the end",
        "a hole between lines",
        "two lines that were joined",
        "a line of something else",
        "a changed letter",
        "the end of a line zeroed",
        "a torn line",
    ],
)
def test_every_whole_line_is_saved_and_what_is_lost_is_named(
    tmp_path: Path, content: bytes, saved: list[int], lost: dict[int, tuple[str, ...]]
) -> None:
    path = damaged(tmp_path, content)
    repaired = repair(path)
    assert {each.line: each.documents for each in repaired.lost} == lost
    assert repaired.saved == len(saved)
    assert repaired.copy is not None
    assert repaired.copy.read_bytes() == content
    assert read(path) == [PAYLOADS[number] for number in saved]


def test_bytes_that_are_not_there_at_all_are_counted(tmp_path: Path) -> None:
    path = damaged(tmp_path, LINES[0])
    with pytest.raises(StoreError, match="data repair"):
        read(path)
    repaired = repair(path)
    assert (repaired.saved, repaired.lost, repaired.copy) == (1, (), None)
    assert repaired.missing == len(LOG) - len(LINES[0])
    assert not repaired.complete
    assert read(path) == PAYLOADS[:1]


def test_a_sound_log_is_left_as_it_is(tmp_path: Path) -> None:
    path = damaged(tmp_path, LOG)
    repaired = repair(path)
    assert repaired.complete
    assert repaired.copy is None
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, mark_of(path).name}
    assert read(path) == PAYLOADS


def test_each_repair_keeps_a_copy_of_its_own(tmp_path: Path) -> None:
    copies = {repair(damaged(tmp_path, LOG + b"clumsy\n")).copy for _ in range(3)}
    assert len(copies) == 3


def test_a_log_in_use_is_not_repaired(tmp_path: Path) -> None:
    path = damaged(tmp_path, LOG)
    log = open_log(path, lambda _: None)
    with pytest.raises(StoreLocked):
        repair(path)
    log.close()


def test_where_nothing_is_nothing_is_repaired(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no data"):
        repair(tmp_path / "log")
    assert list(tmp_path.iterdir()) == []


@given(data=st.data())
def test_whatever_is_damaged_the_lines_that_it_spares_are_saved(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(LOG) - 1))
    end = data.draw(st.integers(start + 1, len(LOG)))
    junk = data.draw(
        st.sampled_from([b"", b"\0" * (end - start), b"\r\n", b"\n\n", b'["', b"\xff"])
    )
    ends = [len(b"".join(LINES[: number + 1])) for number in range(len(LINES))]
    spared = [
        payload
        for payload, line, stop in zip(PAYLOADS, LINES, ends, strict=True)
        if stop <= start or stop - len(line) >= end
    ]
    path = damaged(tmp_path_factory.mktemp("log"), LOG[:start] + junk + LOG[end:])
    repair(path)
    saved = read(path)
    assert [payload for payload in saved if payload in spared] == spared
    assert set(saved) <= set(PAYLOADS)
