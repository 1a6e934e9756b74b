"""Stores of other versions: migrated, refused, or opened without what cannot be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from adapters.storage.codec import encode
from adapters.storage.schema import QUARANTINE, SCHEMA, Schema
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from bot.bootstrap.features import COLLECTIONS, MIGRATIONS
from bot.core.cards import Card, Tone
from bot.core.collections import OUTBOX, POSTED
from bot.core.links import Links
from bot.core.store import Collection, Fields, Migration
from bot.core.team import Team
from bot.errors import StoreError
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.signals import Signal
from bot.features.cases.service.affected import worst_of
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from tests.contracts.store.notes import COLLECTIONS as NOTED
from tests.contracts.store.notes import NOTES, Note, put, stored
from tests.signals import ALL, led_by, signals_in
from tests.tallies import tally_of
from tests.unit.conftest import field_text

STORES = Path(__file__).with_name("stores")
CARDS = msgspec.json.decode(Path(__file__).with_name("cards.json").read_bytes())
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)
EVERYTHING: tuple[Collection[Any], ...] = (*COLLECTIONS, *WEB_COLLECTIONS)


class Wide(msgspec.Struct):
    """What a later version made of a note."""

    name: str
    wide: int


WIDE = Collection[Wide]("notes", Wide, lambda wide: wide.name, ("wide",))


def raw(folder: Path, **tables: dict[str, object]) -> None:
    """Write documents as they are, as another version might have."""
    with LogDB(folder / FILE) as db, db.atomic():
        for table, documents in tables.items():
            for key, document in documents.items():
                db.documents.change(table, key, encode(document))


def tables(folder: Path, name: str) -> dict[str, Fields]:
    """Return the documents of a closed store's table."""
    with LogDB(folder / FILE) as db:
        documents = db.documents.table(name).items()
        return {key: msgspec.json.decode(data) for key, data in documents}


def hit(key: str, case: Fields) -> Iterator[tuple[str, str]]:
    """Return the products of a case that holds its signals itself."""
    for signal in case.get("signals", ()):
        yield key, signal["asin"]


@pytest.mark.parametrize("commit", sorted(file.stem for file in STORES.iterdir()))
async def test_a_store_of_an_earlier_version_opens_with_all_it_holds(
    tmp_path: Path, commit: str
) -> None:
    shutil.copy(STORES / f"{commit}.jsonl", tmp_path / FILE)
    with LogDB(tmp_path / FILE) as db:
        before = {name: len(held) for name, held in db.documents.read().items()}
    cases = tables(tmp_path, CASES.name)
    split = {product for each in cases.items() for product in hit(*each)}
    before[AFFECTED.name] = before.get(AFFECTED.name, 0) + len(split)
    store = await TinyStore.open(tmp_path, EVERYTHING, migrations=MIGRATIONS)
    assert store.set_aside == 0
    for collection in EVERYTHING:
        documents = await store.page(collection, limit=200)
        assert len(documents) == await store.count(collection) == before.get(collection.name, 0)
        for document in documents:
            assert await store.get(collection, collection.key(document)) == document
    await store.close()


@pytest.mark.parametrize("commit", sorted(CARDS))
async def test_cases_of_an_earlier_version_say_on_their_cards_what_they_said(
    tmp_path: Path, commit: str
) -> None:
    """``cards.json`` was written by the last version that kept signals in their case.

    What people can press, and where a fact stands, is another matter.
    """
    shutil.copy(STORES / f"{commit}.jsonl", tmp_path / FILE)
    store = await TinyStore.open(tmp_path, EVERYTHING, migrations=MIGRATIONS)
    shown = {}
    for case in await store.page(CASES):
        affected = await store.find(AFFECTED, "case", case.key, limit=ALL)
        assert case.tally == tally_of(affected)
        assert await led_by(store, case)
        worst = {case.key: await worst_of(store, case.key)}
        view = CaseContext(now=LATER, team=Team(), links=Links(), affected=worst)
        shown[case.key] = case_card(case, view)
    await store.close()
    before = msgspec.convert(CARDS[commit], dict[str, Card])
    assert shown.keys() == before.keys()
    for key, card in shown.items():
        assert (card.title, card.tone) == (before[key].title, before[key].tone)
        if card.tone in (Tone.CRITICAL, Tone.WARNING):
            assert _facts(before[key]) <= _facts(card)


def _facts(card: Card) -> set[str]:
    return {field_text(field) for field in card.fields if field.label != "State"}


async def test_signals_of_an_earlier_version_are_kept_whole(tmp_path: Path) -> None:
    shutil.copy(STORES / "3394610.jsonl", tmp_path / FILE)
    before = {
        key: msgspec.convert(case["signals"], list[Signal])
        for key, case in tables(tmp_path, CASES.name).items()
    }
    store = await TinyStore.open(tmp_path, EVERYTHING, migrations=MIGRATIONS)
    for key, signals in before.items():
        case = await store.get(CASES, key)
        assert case is not None
        assert sorted(await signals_in(store, case), key=_of) == sorted(signals, key=_of)
    await store.close()


def _of(signal: Signal) -> tuple[str, str]:
    return signal.asin, signal.kind


async def test_messages_of_before_there_were_several_chats_are_the_pages(tmp_path: Path) -> None:
    shutil.copy(STORES / "fa3ac0b.jsonl", tmp_path / FILE)
    store = await TinyStore.open(tmp_path, EVERYTHING, migrations=MIGRATIONS)
    for posted in await store.page(POSTED):
        assert await store.find(POSTED, "place", f"web {posted.ref.channel} {posted.ref.id}")
    rows = await store.page(OUTBOX)
    assert {row.chat for row in rows} == {"web"}
    assert {row.editable for row in rows if not row.thread} == {True}
    await store.close()


async def test_a_document_that_cannot_be_read_is_set_aside_and_the_rest_opens(
    tmp_path: Path,
) -> None:
    bad = {"name": "bad", "open": "not a truth value"}
    raw(tmp_path, notes={"bad": bad, "good": {"name": "good"}}, others={"a": {"x": 1}})
    with capture_logs() as said:
        store = await TinyStore.open(tmp_path, NOTED)
    assert [(event["event"], event["documents"]) for event in said] == [("documents set aside", 1)]
    assert await stored(store) == ["good"]
    assert await store.count(NOTES, "open", True) == 1
    assert store.set_aside == 1
    await put(store, Note(name="bad", text="in its place"))
    await store.close()
    [aside] = tables(tmp_path, QUARANTINE).values()
    assert (aside["collection"], aside["key"], aside["document"]) == ("notes", "bad", bad)
    assert "truth" not in aside["why"]
    assert tables(tmp_path, "others") == {"a": {"x": 1}}


async def test_what_was_set_aside_is_put_back_by_a_version_that_reads_it(tmp_path: Path) -> None:
    raw(tmp_path, notes={"a": {"name": "a", "wide": 3}, "b": {"name": "b"}})
    store = await TinyStore.open(tmp_path, (WIDE,))
    assert (store.set_aside, await store.count(WIDE)) == (1, 1)
    await store.close()
    again = await TinyStore.open(tmp_path, NOTED)
    assert again.set_aside == 0
    assert await stored(again) == ["a", "b"]
    await again.close()


async def test_what_was_set_aside_does_not_displace_what_came_since(tmp_path: Path) -> None:
    raw(tmp_path, notes={"b": {"name": "b", "text": "old"}})
    store = await TinyStore.open(tmp_path, (WIDE,))
    async with store.transaction() as tx:
        tx.put(WIDE, Wide("b", 3))
    await store.close()
    again = await TinyStore.open(tmp_path, NOTED)
    assert again.set_aside == 1
    assert await again.get(NOTES, "b") == Note(name="b")
    await again.close()


def renamed(key: str, note: Fields) -> tuple[str, Fields] | None:
    """Give notes a number and another key; one is dropped, and one has no name."""
    if note["name"] == "drop":
        return None
    return f"n-{key}", {**note, "name": f"n-{key}", "size": len(note["name"])}


def widened(key: str, note: Fields) -> tuple[str, Fields]:
    return key, {**note, "wide": note["size"] * 2}


STEPS = (Migration(2, "notes", widened), Migration(1, "notes", renamed))


async def test_documents_go_through_every_step_that_is_newer_and_only_once(tmp_path: Path) -> None:
    raw(tmp_path, notes={"abc": {"name": "abc"}, "drop": {"name": "drop"}, "bad": {"text": "x"}})
    store = await TinyStore.open(tmp_path, NOTED, migrations=STEPS[1:])
    assert await store.page(NOTES) == [Note(name="n-abc", size=3)]
    assert store.set_aside == 1
    await store.close()
    again = await TinyStore.open(tmp_path, (WIDE,), migrations=STEPS)
    assert await again.page(WIDE) == [Wide("n-abc", 6)]
    await again.close()
    assert tables(tmp_path, SCHEMA)["this"]["version"] == 2
    log = (tmp_path / FILE).read_bytes()
    await (await TinyStore.open(tmp_path, (WIDE,), migrations=STEPS)).close()
    assert (tmp_path / FILE).read_bytes() == log


async def test_what_was_set_aside_goes_through_the_steps_that_it_missed(tmp_path: Path) -> None:
    raw(tmp_path, notes={"a": {"name": "a", "size": "many"}})
    store = await TinyStore.open(tmp_path, NOTED)
    assert store.set_aside == 1
    await store.close()

    def counted(key: str, note: Fields) -> tuple[str, Fields]:
        return key, {**note, "size": 7 if note["size"] == "many" else note["size"]}

    steps = (Migration(1, "notes", counted),)
    again = await TinyStore.open(tmp_path, NOTED, migrations=steps)
    assert await again.page(NOTES) == [Note(name="a", size=7)]
    assert again.set_aside == 0
    await again.close()


async def test_a_new_store_begins_at_the_newest_version(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, NOTED, migrations=STEPS)
    await put(store, Note(name="a"))
    await store.close()
    assert tables(tmp_path, SCHEMA)["this"]["version"] == 2
    again = await TinyStore.open(tmp_path, NOTED, migrations=STEPS)
    assert await stored(again) == ["a"]
    await again.close()


async def test_a_store_of_a_newer_version_is_refused_in_words_and_left_as_it_is(
    tmp_path: Path,
) -> None:
    raw(tmp_path, schema={"this": Schema(9, "x")}, notes={"bad": {"open": 3}})
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match=r"newer Brandwarden \(schema 9.*up to 2.*data restore"):
        await TinyStore.open(tmp_path, NOTED, migrations=STEPS)
    assert (tmp_path / FILE).read_bytes() == before


async def test_a_store_that_fits_is_opened_without_a_write(tmp_path: Path) -> None:
    await (await TinyStore.open(tmp_path, NOTED)).close()
    before = (tmp_path / FILE).read_bytes()
    await (await TinyStore.open(tmp_path, NOTED)).close()
    assert (tmp_path / FILE).read_bytes() == before
