"""The demo's folder: held by one, and forgotten only where a demo made it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.world import FILE, World, forget, held, keep_world, read_world
from bot.errors import StoreLocked, UserError
from tests.strategies import START

WORLD = World(START, 1.0, 8643)


def test_the_world_is_remembered(folder: Path) -> None:
    assert read_world(folder) is None
    keep_world(folder, WORLD)
    keep_world(folder, World(START, 2.0, 9000))
    assert read_world(folder) == World(START, 2.0, 9000)
    assert [file.name for file in folder.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"2026-11-23",
        b"{}",
        b'{"started_at":"2026-11-23T10:00:00","speed":1,"port":8643}',
        b'{"started_at":"2026-11-23T10:00:00Z","speed":0,"port":8643}',
        b'{"started_at":"2026-11-23T10:00:00Z","speed":1,"port":0}',
    ],
)
def test_what_is_damaged_is_a_value_error(content: bytes, folder: Path) -> None:
    (folder / FILE).write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        read_world(folder)


def test_another_speed_counts_from_now_on() -> None:
    now = START + timedelta(minutes=10)
    faster = WORLD.at_speed(10.0, now)
    assert now - faster.started_at == timedelta(minutes=1)
    assert faster.at_speed(1.0, now) == WORLD


def test_one_holds_the_folder(folder: Path) -> None:
    demo = folder / "demo"
    running = pytest.raises(StoreLocked, match="Another demo is running")
    with held(demo), running, held(demo):
        pytest.fail("it was held by two")
    with held(demo):
        pass


def test_only_what_the_demo_made_is_forgotten(folder: Path) -> None:
    keep_world(folder, WORLD)
    for name in ("store", "evidence", "mine"):
        (folder / name).mkdir()
        (folder / name / "file").touch()
    (folder / "note.txt").touch()
    forget(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["mine", "note.txt"]
    assert (folder / "mine" / "file").exists()
    forget(folder)


def test_what_no_demo_made_is_not_forgotten(folder: Path) -> None:
    (folder / "store").mkdir()
    with pytest.raises(UserError, match="is not from a demo"):
        forget(folder)
    assert (folder / "store").exists()


def test_no_link_is_followed_to_what_lies_elsewhere(folder: Path) -> None:
    mine = folder / "mine"
    mine.mkdir()
    (mine / "file").touch()
    demo = folder / "demo"
    demo.mkdir()
    keep_world(demo, WORLD)
    (demo / "store").symlink_to(mine)
    with pytest.raises(OSError, match="symbolic link"):
        forget(demo)
    assert (mine / "file").exists()
