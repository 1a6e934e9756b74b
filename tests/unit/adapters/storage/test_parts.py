"""Migrations that make documents of their own of what was part of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from adapters.storage.tinydb import FILE, TinyStore
from bot.core.store import Collection, Fields, Migration, SplitDocument
from tests.contracts.store.notes import COLLECTIONS as NOTED
from tests.contracts.store.notes import NOTES, Note
from tests.unit.adapters.storage.test_schema import Wide, raw


def shelved(_: str, note: Fields) -> Iterator[SplitDocument]:
    for size in note.get("sizes", ()):
        yield SplitDocument("parts", f"{note['name']} {size}", {"name": f"{note['name']} {size}"})


def whole(key: str, note: Fields) -> tuple[str, Fields]:
    return key, {"name": note["name"], "size": max(note["sizes"])}


def sized(key: str, part: Fields) -> tuple[str, Fields]:
    return key, {**part, "wide": 1}


PARTED = (Migration(1, "notes", whole, shelved), Migration(2, "parts", sized))
PARTS = Collection[Wide]("parts", Wide, lambda part: part.name)


async def test_what_was_part_of_a_document_becomes_documents_that_go_through_later_steps(
    tmp_path: Path,
) -> None:
    raw(tmp_path, notes={"a": {"name": "a", "sizes": [3, 5]}})
    store = await TinyStore.open(tmp_path, (*NOTED, PARTS), migrations=PARTED)
    assert await store.page(NOTES) == [Note(name="a", size=5)]
    assert await store.page(PARTS) == [Wide("a 3", 1), Wide("a 5", 1)]
    await store.close()
    log = (tmp_path / FILE).read_bytes()
    await (await TinyStore.open(tmp_path, (*NOTED, PARTS), migrations=PARTED)).close()
    assert (tmp_path / FILE).read_bytes() == log


async def test_a_document_that_cannot_be_parted_is_set_aside_whole(tmp_path: Path) -> None:
    raw(tmp_path, notes={"a": {"name": "a", "sizes": [3, None]}})
    store = await TinyStore.open(tmp_path, (*NOTED, PARTS), migrations=PARTED)
    assert (store.set_aside, await store.count(NOTES), await store.count(PARTS)) == (1, 0, 0)
    await store.close()
