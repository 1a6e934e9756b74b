"""Every act leaves an entry in the audit record, and so does every refusal."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import structlog

from bot.bootstrap.features import COLLECTIONS
from bot.core.audit.entries import AuditEntry, FieldChange, How
from bot.core.audit.refusals import IN_ALL, PERSONS
from bot.core.audit.texts import forget_texts, keyed_hash
from bot.core.collections import AUDIT, AUDIT_KEYS, TEAMS
from bot.core.permissions import Person, Role
from bot.core.store import Collection
from bot.core.sweeping import Sweeping
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key, entry_key
from bot.features.watchlist.collections import WATCHES
from tests.cases import for_each
from tests.unit.conftest import ASIN, BEN, OWN, SECOND, THIEF, VIK, Team, asked, offer
from tests.unit.conftest import confirmed_after as time_passed

SECRET_WORDS = "Mistress Millerton, Elmstreet, called"


async def entries(team: Team) -> list[AuditEntry]:
    return await team.app.store.page(AUDIT, limit=1000)


async def the_entry(team: Team) -> AuditEntry:
    [entry] = await entries(team)
    return entry


async def test_an_act_leaves_who_where_and_what_it_changed(team: Team) -> None:
    await team.type(f"/watch {ASIN} US 12.50")
    entry = await the_entry(team)
    assert (entry.who, entry.name, entry.role) == ("ana", "Ana", "admin")
    assert (entry.chat, entry.channel) == ("web", "brand-alerts")
    assert (entry.how, entry.act, entry.refused) == (How.COMMAND, "watch", False)
    assert entry.at == team.clock.now
    assert entry.written == (f"watches US-{ASIN}",)
    [change] = entry.changes
    assert change.field == "floor"
    assert "12.50" in change.new


async def test_settings_are_recorded_as_they_were_and_as_they_are(team: Team) -> None:
    await team.type("/settings digest 8")
    assert (await the_entry(team)).changes == (FieldChange("teams team", "digest_hour", "9", "8"),)


async def test_reading_leaves_nothing(team: Team) -> None:
    for read in ("/watches", "/settings", "/sellers", "/help", "/health"):
        await team.type(read, VIK)
    assert await entries(team) == []


async def test_a_form_that_is_opened_is_no_act_and_one_that_is_sent_is(team: Team) -> None:
    ask = asked(await team.type("/watch"))
    assert await entries(team) == []
    ask = asked(await team.submit(ask, {"product": "B0PRODUC01"}))
    assert await entries(team) == []
    await team.submit(ask, {"market": "US", "floor": "20", "sku": "", "units": ""})
    entry = await the_entry(team)
    assert (entry.how, entry.act) == (How.FORM, "watch")
    assert entry.chosen == {"market": "US"}
    assert set(entry.hashes) == {"product", "floor"}


async def test_no_word_that_a_person_wrote_is_in_the_record(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await team.type(f"/note 1 {SECRET_WORDS}")
    await team.submit(
        asked(await team.press("close", case_key(1))), {"reason": "other", "note": SECRET_WORDS}
    )
    kept = await entries(team)
    assert [entry.act for entry in kept] == ["note", "close"]
    assert kept[1].chosen == {"reason": "other"}
    assert kept[1].ref == case_key(1)
    assert set(kept[1].hashes) == {"note"}
    stored = msgspec.json.encode([kept, await team.app.store.page(AUDIT_KEYS)])
    assert not [word for word in SECRET_WORDS.split() if word.encode() in stored]


async def test_with_its_key_a_hash_shows_a_text_and_without_it_nothing(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    ask = asked(await team.press("close", case_key(1)))
    await team.submit(ask, {"reason": "other", "note": SECRET_WORDS})
    await team.type("/settings digest 8")
    closed, settings = await entries(team)
    [keys] = [each for each in await team.app.store.page(AUDIT_KEYS) if each.entry == closed.key]
    assert keyed_hash(keys.secrets["note"], SECRET_WORDS) == closed.hashes["note"]
    place = (ENTRIES.name, entry_key(case_key(1), 2))
    assert " ".join(place) in closed.written
    async with team.app.store.transaction() as tx:
        assert await forget_texts(team.app.store, tx, [place]) == 1
    left = await team.app.store.page(AUDIT_KEYS)
    assert {each.entry for each in left} == {settings.key}


async def test_the_keys_of_one_text_go_wherever_it_was_written(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    for _ in range(2):
        ask = asked(await team.press("add-note", case_key(1)))
        await team.submit(ask, {"case": "1", "note": SECRET_WORDS, "files": ()})
    async with team.app.store.transaction() as tx:
        assert await forget_texts(team.app.store, tx, [], SECRET_WORDS) == 2


async def test_the_keys_of_an_act_s_other_texts_stay(team: Team) -> None:
    ask = asked(await team.type("/watch"))
    ask = asked(await team.submit(ask, {"product": SECOND}))
    await team.submit(ask, {"market": "US", "floor": "20", "sku": "", "units": ""})
    async with team.app.store.transaction() as tx:
        assert await forget_texts(team.app.store, tx, [], SECOND) == 1
    [left] = await team.app.store.page(AUDIT_KEYS)
    assert set(left.secrets) == {"floor"}


async def test_a_refusal_is_recorded_with_the_permission_that_was_missing(team: Team) -> None:
    await team.type(f"/unwatch {ASIN}", BEN)
    await team.type("/settings digest 8", VIK)
    refused = await entries(team)
    assert [(each.name, each.act, each.permission) for each in refused] == [
        ("Ben", "unwatch", "stop watching products"),
        ("Vik", "settings", "change settings"),
    ]
    assert all(each.refused and not each.written for each in refused)


async def test_a_stranger_who_is_sent_away_is_recorded_without_what_they_typed(
    team: Team,
) -> None:
    stranger = (Person("eve", "Eve"), Role.NOBODY)
    for text in ("/cases", f"/{SECRET_WORDS}", "/unwatch B0SOMETHING"):
        await team.type(text, stranger)
    kept = await entries(team)
    assert [(each.act, each.refused) for each in kept] == [
        ("cases", True),
        ("unknown", True),
        ("unwatch", True),
    ]
    assert "Miller" not in str(kept)


async def test_a_form_of_another_is_refused_by_its_name(team: Team) -> None:
    ask = asked(await team.type("/rights add"))
    await team.submit(ask, {}, VIK)
    entry = await the_entry(team)
    assert (entry.act, entry.refused, entry.permission) == ("right", True, "change settings")


async def test_refusals_within_a_minute_are_one_entry_with_a_count(team: Team) -> None:
    for _ in range(50):
        await team.type(f"/unwatch {ASIN}", BEN)
    assert (await the_entry(team)).count == 1
    team.clock.advance(minutes=1)
    await Sweeping(team.app).tick()
    assert (await the_entry(team)).count == 50


async def test_a_count_is_not_lost_where_the_next_minute_begins_first(team: Team) -> None:
    for _ in range(3):
        await team.type(f"/unwatch {ASIN}", BEN)
    team.clock.advance(minutes=2)
    await team.type(f"/unwatch {ASIN}", BEN)
    await Sweeping(team.app).tick()
    assert [each.count for each in await entries(team)] == [3, 1]


async def test_one_who_is_refused_without_end_does_not_fill_the_record(team: Team) -> None:
    acts = [f"/unwatch {ASIN}", f"/authorize {THIEF}", f"/withdraw {THIEF}", "/settings digest 8"]
    for _ in range(60):
        for act in acts:
            await team.type(act, BEN)
        team.clock.advance(minutes=1)
    team.clock.advance(hours=1)
    await Sweeping(team.app).tick()
    kept = await entries(team)
    assert len(kept) <= PERSONS + 2
    assert sum(each.count for each in kept) == 240


async def test_many_who_are_refused_do_not_fill_the_record(team: Team) -> None:
    for number in range(IN_ALL + 100):
        await team.type(f"/unwatch {ASIN}", (Person(f"p{number}", "P"), Role.VIEWER))
    assert len(await entries(team)) <= IN_ALL + 1


async def test_what_a_forged_press_refers_to_is_no_way_to_leave_a_text(team: Team) -> None:
    await team.press("authorise", SECRET_WORDS, VIK)
    await team.press("authorise", case_key(1), BEN)
    assert [entry.ref for entry in await entries(team)] == ["", case_key(1)]


async def test_what_could_not_be_done_leaves_nothing(team: Team) -> None:
    await team.type("/unwatch B0UNKNOWN1")
    assert await entries(team) == []


async def test_an_entry_is_kept_a_year(team: Team) -> None:
    await team.type(f"/watch {SECOND} US 12.50")
    await time_passed(team, days=364)
    await Sweeping(team.app).tick()
    assert len(await entries(team)) == 1
    await time_passed(team, days=3)
    await Sweeping(team.app).tick()
    assert await entries(team) == []
    assert await team.app.store.page(AUDIT_KEYS) == []


async def test_the_entry_and_the_act_are_in_one_transaction(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks the record breaks the act: neither is there without the other."""

    def broken(*_: object) -> bytes:
        raise RuntimeError

    monkeypatch.setattr("bot.core.audit.recording.new_key", broken)
    await team.type(f"/watch {ASIN} US 12.50")
    assert await entries(team) == []
    [watch] = [each for each in await team.app.store.page(WATCHES) if each.asin == ASIN]
    assert watch.floor is not None
    assert watch.floor.amount == 15


async def test_an_act_is_told_to_the_log_without_content(team: Team) -> None:
    with structlog.testing.capture_logs() as logs:
        await team.type(f"/watch {ASIN} US 12.50")
        await team.type(f"/unwatch {ASIN}", BEN)
    assert [each for each in logs if each["event"] == "audit"] == [
        {
            "event": "audit",
            "log_level": "info",
            "who": who,
            "how": "command",
            "act": act,
            "result": result,
        }
        for who, act, result in (("ana", "watch", "done"), ("ben", "unwatch", "refused"))
    ]


@for_each("collection", COLLECTIONS, ids=lambda each: each.name)
def test_the_record_names_only_fields_that_there_are(collection: Collection[Any]) -> None:
    assert set(collection.audited) <= set(collection.type.__struct_fields__)


def test_no_collection_has_its_free_texts_in_the_record() -> None:
    """Whoever names another field here has made sure that people do not write it freely."""
    assert {each.name: each.audited for each in COLLECTIONS if each.audited} == {
        "teams": tuple(name for name in TEAMS.type.__struct_fields__ if name != "duties"),
        "cases": ("open", "assignee_id"),
        "reports": ("state",),
        "watches": ("floor", "daily_units", "new_only"),
        "guarded_pages": ("state",),
        "sellers": ("authorised", "left_alone", "until", "documents"),
        "rights": ("kind", "country", "countries", "status", "expires"),
        "copycat_candidates": ("verdict",),
        "page_accounts": ("role",),
        "trial_alerts": ("seen_at",),
        "papers": ("kind", "products", "since", "until"),
    }
