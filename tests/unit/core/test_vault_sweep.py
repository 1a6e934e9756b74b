"""Files that no document names are deleted, and no other: whatever was stored, killed or set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.capture.files import FileEvidence
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import EVERYTHING
from bot.bootstrap.capabilities import PACKETS, open_resources
from bot.bootstrap.features import COLLECTIONS
from bot.core.cards import Card
from bot.core.collections import JOBS, OUTBOX, RELEASED, UNNAMED, UPKEEP
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.forgetting import release
from bot.core.jobs import job_runner
from bot.core.naming import named, without
from bot.core.store import Collection, Naming
from bot.core.vault_sweep import GRACE, VaultSweep
from bot.errors import StoreError
from tests.fakes import MemoryEvidence
from tests.unit.conftest import Team, confirmed_after

FACTS = {"at": "now"}


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a feature of tomorrow may have it."""

    name: str
    deep: tuple[dict[str, tuple[Upload | None, ...]], ...] = ()
    answer: str = ""
    any: dict[str, Any] = {}


HOLDERS = Collection[Holder]("holders", Holder, lambda holder: holder.name)


def upload(content: str, copy: str = "") -> Upload:
    return Upload("photo 1.jpg", "image/jpeg", 1, content, copy)


@pytest.fixture
async def app(team: Team, tmp_path: Path) -> AsyncIterator[AppContext]:
    """An application with a real vault, in whose store there is one collection more."""
    store = await TinyStore.open(tmp_path / "more", (*EVERYTHING, HOLDERS))
    yield replace(team.app, store=store, evidence=FileEvidence(tmp_path / "vault"))
    await store.close()


async def days(team: Team, app: AppContext, number: float) -> VaultSweep:
    """Let days pass while the program runs, and sweep."""
    await confirmed_after(replace(team, app=app), days=number)
    sweep = VaultSweep(app)
    await sweep.tick()
    return sweep


async def there(app: AppContext, content: str) -> bool:
    return await app.evidence.kept_at(content) != 0


async def put(app: AppContext, holder: Holder) -> None:
    async with app.store.transaction() as tx:
        tx.put(HOLDERS, holder)


async def test_a_file_that_nothing_names_is_deleted_after_a_while(
    team: Team, app: AppContext
) -> None:
    content = await app.evidence.keep(b"refused", FACTS)
    for _ in range(GRACE.days):
        await days(team, app, 1)
        assert await there(app, content)
    await days(team, app, 1)
    assert not await there(app, content)
    assert isinstance(app.evidence, FileEvidence)
    assert await app.evidence.verify() == []
    assert app.evidence.missing([content]) == []
    assert await app.store.count(UNNAMED) == 0


@pytest.mark.parametrize("place", ["deep", "copy", "answer", "any"])
async def test_what_a_new_collection_names_is_kept_wherever_it_stands(
    team: Team, app: AppContext, place: str
) -> None:
    content = await app.evidence.keep(b"needed", FACTS)
    held = {
        "deep": Holder(name="a", deep=({"x": (None, upload(content))},)),
        "copy": Holder(name="a", deep=({"x": (upload("ab" * 32, content),)},)),
        "answer": Holder(name="a", answer=content),
        "any": Holder(name="a", any={"step": [{"content": content}]}),
    }
    await put(app, held[place])
    for _ in range(GRACE.days + 2):
        await days(team, app, 1)
    assert await there(app, content)


def test_collections_hold_what_they_name_but_for_these() -> None:
    """Whoever adds one here says that what it names may be deleted."""
    others = {each.name: each.naming for each in EVERYTHING if each.naming is not Naming.HOLDS}
    assert others == {
        "outbox": Naming.SHOWS,
        "web_messages": Naming.SHOWS,
        "custody": Naming.RECALLS,
        "released": Naming.RECALLS,
        "unnamed": Naming.RECALLS,
    }
    assert set(COLLECTIONS) < set(EVERYTHING)


async def test_what_waits_to_be_sent_is_kept(team: Team, app: AppContext) -> None:
    content = await app.evidence.keep(b"chart", FACTS)
    async with app.store.transaction() as tx:
        app.outbox.post(tx, "chart", Card(title="A chart"), files=(upload(content),))
    for _ in range(GRACE.days + 2):
        await days(team, app, 1)
    assert await there(app, content)


async def test_a_file_that_is_named_in_the_meantime_begins_anew(
    team: Team, app: AppContext
) -> None:
    content = await app.evidence.keep(b"slow", FACTS)
    await days(team, app, 6)
    await put(app, Holder(name="a", answer=content))
    await days(team, app, 6)
    await put(app, Holder(name="a"))
    await days(team, app, 6)
    assert await there(app, content)


async def test_bytes_that_are_kept_once_more_begin_anew(team: Team, app: AppContext) -> None:
    """They may be part of a form that is being sent at this moment."""
    content = await app.evidence.keep(b"twice", FACTS)
    await days(team, app, 6)
    await app.evidence.keep(b"twice", FACTS)
    await days(team, app, 6)
    assert await there(app, content)


async def test_a_clock_that_jumps_deletes_nothing(team: Team, app: AppContext) -> None:
    content = await app.evidence.keep(b"young", FACTS)
    await days(team, app, 1)
    for _ in range(3):
        team.clock.step(days=4000)
        await VaultSweep(app).tick()
    assert await there(app, content)


async def test_files_are_kept_while_a_document_cannot_be_read(
    team: Team, app: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version may read it, and need what it names."""
    content = await app.evidence.keep(b"named by what?", FACTS)
    monkeypatch.setattr(TinyStore, "set_aside", 1)
    for _ in range(GRACE.days + 2):
        await days(team, app, 1)
    assert await there(app, content)


async def test_a_half_written_file_goes(team: Team, app: AppContext, tmp_path: Path) -> None:
    shelf = tmp_path / "vault" / "ab"
    shelf.mkdir(parents=True)
    (shelf / f"{'ab' * 32}.new").write_bytes(b"half")
    await days(team, app, 1)
    assert [*shelf.iterdir()] == []


async def test_what_was_let_go_is_deleted_soon_and_taken_out_of_messages(
    team: Team, app: AppContext
) -> None:
    content = await app.evidence.keep(b"photo", FACTS)
    copy = await app.evidence.keep(b"photo without its place", FACTS)
    other = await app.evidence.keep(b"paper", FACTS)
    async with app.store.transaction() as tx:
        files = (upload(content, copy), upload(other))
        app.outbox.post(tx, "news", Card(title="News"), files=files)
        await release(app, tx, [content, copy], "E-1")
    await job_runner(app).tick()
    assert [await there(app, each) for each in (content, copy, other)] == [False, False, True]
    [row] = await app.store.page(OUTBOX)
    assert row.files == (upload(other),)
    assert await app.store.count(JOBS) == await app.store.count(RELEASED) == 0


async def test_what_another_document_holds_is_not_let_go(team: Team, app: AppContext) -> None:
    content = await app.evidence.keep(b"paper", FACTS)
    await put(app, Holder(name="a", answer=content))
    async with app.store.transaction() as tx:
        await release(app, tx, [content], "E-1")
    await job_runner(app).tick()
    assert await there(app, content)


async def test_what_is_kept_anew_after_it_was_let_go_stays(team: Team, app: AppContext) -> None:
    await app.evidence.keep(b"paper", FACTS)
    async with app.store.transaction() as tx:
        content = await app.evidence.keep(b"paper", FACTS)
        await release(app, tx, [content], "E-1")
    await app.evidence.keep(b"paper", FACTS)
    await job_runner(app).tick()
    assert await there(app, content)


async def test_what_the_disk_refused_is_tried_again_the_next_day(team: Team) -> None:
    evidence = team.app.evidence
    assert isinstance(evidence, MemoryEvidence)
    content = await evidence.keep(b"photo", FACTS)
    async with team.app.store.transaction() as tx:
        await release(team.app, tx, [content], "E-1")
    evidence.stays = StoreError("The disk failed.")
    for _ in range(4):
        await team.work()
        team.clock.advance(hours=1)
    assert await team.app.store.count(JOBS) == 0
    titles = {each.title for each in team.chat.cards.values()}
    assert "Deleted files are still on the disk" in titles
    evidence.stays = None
    await days(team, team.app, 1)
    await team.work()
    assert content not in evidence.kept


async def test_the_store_is_compacted_after_people_had_something_deleted(
    team: Team, app: AppContext, tmp_path: Path
) -> None:
    await put(app, Holder(name="secret", answer="Jane Roe, Elm Street"))
    async with app.store.transaction() as tx:
        tx.delete(HOLDERS, "secret")
        await release(app, tx, [], "a paper")
    log = tmp_path / "more" / "brandwarden.jsonl"
    assert b"Elm Street" in log.read_bytes()
    await VaultSweep(app).tick()
    assert b"Elm Street" not in log.read_bytes()
    assert [each.name for each in await app.store.page(UPKEEP)] == ["swept"]


digests = st.text("0123456789abcdef", min_size=64, max_size=64)
uploads = st.builds(upload, digests, digests | st.just(""))
holders = st.builds(
    Holder,
    name=st.text(),
    deep=st.lists(
        st.dictionaries(st.text(max_size=3), st.lists(st.none() | uploads).map(tuple), max_size=3)
    ).map(tuple),
    answer=digests | st.text(),
)


@given(holders, st.data())
def test_a_document_names_all_that_it_names_and_nothing_that_was_taken_out(
    holder: Holder, data: st.DataObject
) -> None:
    names = [
        name
        for several in holder.deep
        for each in several.values()
        for file in each
        if file
        for name in (file.content, file.copy)
        if name
    ]
    assert set(names) <= set(named(holder))
    gone = set(data.draw(st.lists(st.sampled_from(names)))) if names else set()
    assert gone.isdisjoint(named(without(holder, gone)))
    assert without(holder, set()) == holder


async def test_a_packet_that_was_half_made_is_removed_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / PACKETS / "C-1-R-1.zip"
    left.parent.mkdir()
    left.write_bytes(b"originals")
    async with open_resources(tmp_path, FileEvidence(tmp_path / "evidence"), ""):
        assert [*left.parent.iterdir()] == []
