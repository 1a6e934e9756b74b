"""Acts that reach far: each leaves an entry and a message, and Undo takes all of it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from adapters.storage.writing import Writer
from bot.core.collections import AUDIT, CHANNEL_BINDINGS, JOBS, TEAMS, UNDOABLES, UPKEEP, Job
from bot.core.forgetting import FORGET, TO_COMPACT, VAULT
from bot.core.interactions import Place, Reply
from bot.core.permissions import Permission, Person, Role
from bot.core.store import Collection
from bot.core.sweeping import Sweeping
from bot.core.team import Team as Settings
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import case_key
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.watchlist.collections import HISTORIES, SELLERS, STATUSES, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.unit.conftest import ASIN, BEN, OWN, SECOND, THIEF, VIK, Team, asked, notice, offer

FRIEND = "A2FRIENDLY0001"
EVA = (Person("eva", "Eva"), Role.ADMIN)
ONE = case_key(1)
KEPT: tuple[Collection[Any], ...] = (
    *(WATCHES, STATUSES, HISTORIES, SELLERS, BRAND_RIGHTS, RIGHTS_DOCUMENTS, TEAMS),
)
"""What people decided, and what was seen of products."""

OURS, THEIRS = offer(OWN, "24.99"), offer(THIEF, "18.70")
Do = Callable[[Team], Awaitable[list[Reply]]]


@dataclass(frozen=True)
class Act:
    do: Do
    says: str
    permission: Permission
    name: str


async def _close_with_trust(team: Team) -> list[Reply]:
    return await team.submit(asked(await team.press("close", ONE)), {"reason": "authorised"})


async def _leave_alone(team: Team) -> list[Reply]:
    return await team.submit(asked(await team.press("close", ONE)), {"reason": "lawful"})


async def _add_right(team: Team, name: str = "Drawings") -> list[Reply]:
    ask = asked(await team.type("/rights add"))
    ask = asked(
        await team.submit(
            ask,
            {"kind": "copyright", "name": name, "country": "*", "status": "registered"},
        )
    )
    return await team.submit(ask, {"owner": "", "classes": "", "expires": ""})


async def _add_paper(team: Team) -> list[Reply]:
    ask = asked(await team.type("/papers add"))
    ask = asked(await team.submit(ask, {"kind": "invoice", "name": "Steel"}))
    return await team.submit(ask, {"since": "", "until": ""})


def typed(text: str) -> Do:
    return lambda team: team.type(text)


ACTS = {
    "authorise": Act(
        lambda team: team.authorise(THIEF),
        f"Ana authorized {THIEF} on all products.",
        Permission.AUTHORISE,
        "authorise",
    ),
    "authorise on one": Act(
        lambda team: team.authorise(THIEF, SECOND),
        f"Ana authorized {THIEF} on {SECOND}.",
        Permission.AUTHORISE,
        "authorise",
    ),
    "authorise on a case": Act(
        lambda team: team.authorise_on_case(ONE),
        f"Ana authorized {THIEF} on {ASIN}.",
        Permission.AUTHORISE,
        "authorise",
    ),
    "close with trust": Act(
        _close_with_trust, f"Ana authorized {THIEF} on {ASIN}.", Permission.AUTHORISE, "close"
    ),
    "leave alone": Act(
        _leave_alone,
        f"Ana decided to leave {THIEF} alone on {ASIN}.",
        Permission.AUTHORISE,
        "close",
    ),
    "withdraw": Act(
        typed(f"/withdraw {FRIEND}"),
        f"Ana no longer trusts {FRIEND}.",
        Permission.AUTHORISE,
        "withdraw",
    ),
    "unwatch": Act(
        typed(f"/unwatch {ASIN}"), "Ana stopped watching Pan 1.", Permission.UNWATCH, "unwatch"
    ),
    "quiet": Act(
        typed("/settings quiet 0-23"),
        "Ana changed a setting. Quiet hours: 00:00 to 23:00, except critical alerts.",
        Permission.CONFIGURE,
        "settings",
    ),
    "confirm": Act(
        typed("/settings confirm one"),
        "Ana changed a setting. Reports are confirmed by: anyone on the team.",
        Permission.CONFIGURE,
        "settings",
    ),
    "keep less": Act(
        typed("/settings keep 30"),
        "Starting 30 Nov, evidence of cases closed more than 30 days ago is deleted.",
        Permission.CONFIGURE,
        "settings",
    ),
    "add a right": Act(_add_right, "Ana added Copyright Drawings.", Permission.CONFIGURE, "right"),
    "remove a right": Act(
        typed("/rights remove 1"),
        "Ana removed Copyright Photos.",
        Permission.CONFIGURE,
        "rights",
    ),
    "add a paper": Act(
        _add_paper, "Ana added document 2 (invoice).", Permission.CONFIGURE, "paper"
    ),
    "remove a paper": Act(
        typed("/papers remove 1"),
        "Ana removed document 1 (invoice).",
        Permission.CONFIGURE,
        "papers",
    ),
}
each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@pytest.fixture
async def busy(team: Team) -> Team:
    """A team with an open case, a seller whom it trusts, a right, a paper and settings."""
    async with team.app.store.transaction() as tx:
        tx.put(SELLERS, Seller(id=FRIEND, authorised=(EVERYWHERE,), by=EVA[0], at=team.clock.now))
        tx.put(TEAMS, Settings())
    await team.look(OURS, THEIRS)
    await _add_right(team, "Photos")
    await _add_paper(team)
    team.clock.advance(minutes=11)
    await Sweeping(team.app).tick()
    await team.dispatcher.deliver()
    return team


async def decided(team: Team) -> dict[str, list[msgspec.Struct]]:
    return {each.name: await team.app.store.page(each, limit=100) for each in KEPT}


async def going_on(team: Team) -> list[tuple[str, tuple[object, ...]]]:
    """Return what goes on on each product of each open case."""
    cases = {case.key: case.open for case in await team.app.store.page(CASES)}
    affected = await team.app.store.page(AFFECTED)
    return [(each.key, each.active) for each in affected if cases[each.case]]


def newest(team: Team) -> Any:
    return team.chat.cards[[key for key in team.chat.order if key.startswith("act-")][-1]]


@each_act
async def test_each_is_announced_without_a_ping_and_recorded(busy: Team, act: Act) -> None:
    before = await decided(busy)
    [*_] = await act.do(busy)
    assert await decided(busy) != before
    card = newest(busy)
    assert card.title == act.says
    assert [button.label for button in card.buttons] == ["Undo"]
    message = [key for key in busy.chat.order if key.startswith("act-")][-1]
    assert not busy.chat.messages[message].ping
    [entry] = await busy.app.store.page(AUDIT, newest=True, limit=1)
    assert (entry.name, entry.act, entry.refused) == ("Ana", act.name, False)


@each_act
async def test_undo_takes_all_of_it_back(busy: Team, act: Act) -> None:
    before, went_on = await decided(busy), await going_on(busy)
    await act.do(busy)
    busy.clock.advance(minutes=3)
    assert "Undone" in notice(await busy.undo(EVA))
    assert await decided(busy) == before
    assert await going_on(busy) == went_on
    card = newest(busy)
    assert (card.buttons, card.body) == ((), "Eva undid this at 10:14.")
    [entry] = await busy.app.store.page(AUDIT, newest=True, limit=1)
    assert (entry.name, entry.act, entry.permission) == ("Eva", "undo", "")
    assert "Eva already undid this" in notice(await busy.undo())


@each_act
async def test_undo_needs_the_permission_of_the_act(busy: Team, act: Act) -> None:
    await act.do(busy)
    after = await decided(busy)
    for who in (BEN, VIK):
        assert "admin" in notice(await busy.undo(who))
    assert await decided(busy) == after
    refusals = [each for each in await busy.app.store.page(AUDIT) if each.refused]
    assert [(each.name, each.permission) for each in refusals] == [
        ("Ben", act.permission),
        ("Vik", act.permission),
    ]


@each_act
async def test_undo_ends_with_its_time(busy: Team, act: Act) -> None:
    await act.do(busy)
    after = await decided(busy)
    busy.clock.advance(days=7) if "evidence" in act.says else busy.clock.advance(minutes=10)
    late = notice(await busy.undo())
    assert late.startswith("It is too late to undo this. Undo was available until ")
    assert "/" in late
    await Sweeping(busy.app).tick()
    await busy.dispatcher.deliver()
    assert newest(busy).buttons == ()
    assert newest(busy).title == act.says
    assert notice(await busy.undo()) == late
    assert await decided(busy) == after


@each_act
async def test_undo_that_ends_rewrites_the_store_only_where_something_goes(
    busy: Team, act: Act
) -> None:
    await act.do(busy)
    [undoable] = await busy.app.store.find(UNDOABLES, "open", True)
    removes = any(image.after is None for image in undoable.images)
    busy.clock.advance(days=7, minutes=1)
    await Sweeping(busy.app).tick()
    assert await busy.app.store.count(UNDOABLES, "open", True) == 0
    assert (await busy.app.store.get(UPKEEP, TO_COMPACT) is not None) is removes
    assert await busy.app.store.get(JOBS, Job.key_of(FORGET, VAULT)) is None


@each_act
async def test_the_act_its_entry_and_its_message_are_there_together_or_not_at_all(
    busy: Team, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that refuses the transaction refuses all of it; a kill leaves all of it or nothing."""
    states = []

    async def state() -> tuple[object, ...]:
        store = busy.app.store
        announced = await store.count(UNDOABLES)
        return (await decided(busy), await store.count(AUDIT), announced, await going_on(busy))

    begun = await state()
    commit = Writer.commit

    async def watched(self: Writer, work: Any) -> None:
        states.append(await state())
        await commit(self, work)
        states.append(await state())

    monkeypatch.setattr(Writer, "commit", watched)
    await act.do(busy)
    done = await state()
    changed = [each for each in states if each[0] != begun[0]]
    assert changed
    assert {len(each) for each in changed} == {4}
    assert all(each[1:3] == done[1:3] for each in changed)
    assert done[1] == begun[1] + 1  # type: ignore[operator]
    assert done[2] == begun[2] + 1  # type: ignore[operator]


async def test_what_somebody_changed_since_is_not_undone_over_it(busy: Team) -> None:
    await busy.type("/settings digest 8")
    busy.clock.advance(minutes=1)
    await busy.type("/settings digest 7", EVA)
    first = [key for key in busy.chat.order if key.startswith("act-")][-2]
    told = notice(await busy.press("undo", first.removeprefix("act-")))
    assert told.startswith("Since then: Eva changed a setting. Daily digest: 07:00. (23 Nov 10:12)")
    assert (await busy.app.team()).digest_hour == 7


async def test_another_change_of_the_same_document_stays(busy: Team) -> None:
    await busy.type("/settings digest 8")
    first = [key for key in busy.chat.order if key.startswith("act-")][-1]
    await busy.type("/settings zone Europe/Berlin", EVA)
    await busy.press("undo", first.removeprefix("act-"))
    team = await busy.app.team()
    assert (team.digest_hour, team.zone) == (9, "Europe/Berlin")


async def test_a_product_whose_end_was_undone_is_looked_at_again(busy: Team) -> None:
    await busy.type(f"/unwatch {ASIN}")
    await busy.undo()
    busy.clock.advance(hours=1)
    busy.source.asked.clear()
    await busy.poll()
    assert ASIN in str(busy.source.asked)


async def test_a_seller_who_left_while_trusted_is_not_raised_again(busy: Team) -> None:
    await busy.authorise(THIEF)
    for _ in range(2):
        busy.clock.advance(minutes=2)
        await busy.look(OURS)
    await busy.undo()
    assert [signals for _, signals in await going_on(busy)] == [()]


async def test_who_withdraws_says_whose_trust_it_was(busy: Team) -> None:
    await busy.type(f"/withdraw {FRIEND}")
    assert newest(busy).body.startswith("Eva trusted them on all products.")


async def test_undoing_a_trust_alerts_again_in_the_same_case(busy: Team) -> None:
    await busy.authorise(THIEF)
    assert not (await busy.app.store.page(CASES))[0].open
    await busy.undo()
    await busy.look(OURS, THEIRS)
    [case] = await busy.app.store.page(CASES)
    assert case.open
    assert "Undone by Ana: the seller is not trusted." in [
        card.title for card in busy.chat.cards.values()
    ]


async def test_two_who_undo_at_once_undo_it_once(busy: Team) -> None:
    await busy.type("/settings digest 8")
    await busy.undo()
    assert notice(await busy.undo(EVA)).startswith("Ana already undid this (")


async def test_a_button_that_nobody_knows_any_more_says_so(busy: Team) -> None:
    assert notice(await busy.press("undo", "0000")) == "This can no longer be undone."


async def test_what_reads_is_not_announced(busy: Team) -> None:
    count = len(busy.announced())
    for text in ("/settings", "/rights", "/papers", "/sellers", "/settings digest 9"):
        await busy.type(text)
    assert len(busy.announced()) == count


async def test_moving_the_alerts_is_told_in_the_old_channel(busy: Team) -> None:
    elsewhere = Place(chat="web", channel="c2", name="quiet-corner")
    await busy.type("/settings channel here", where=elsewhere)
    [told] = [key for key in busy.chat.order if key.startswith("moved-")]
    assert busy.chat.cards[told].title == "Alerts now appear in #quiet-corner"
    assert busy.chat.messages[told].channel == "brand-alerts"
    [entry] = await busy.app.store.page(AUDIT, newest=True, limit=1)
    assert (entry.act, entry.written) == ("settings", ("rooms web",))
    binding = await busy.app.store.get(CHANNEL_BINDINGS, "web")
    assert binding is not None
    assert binding.channel == "c2"


async def test_a_product_does_not_come_back_over_another_that_has_its_sku_now(busy: Team) -> None:
    await busy.type(f"/watch {ASIN} US 15 SKU-1")
    await busy.type(f"/unwatch {ASIN}")
    await busy.type(f"/watch {SECOND} US 15 SKU-1")
    assert "belongs to" in notice(await busy.undo())
    assert await busy.app.store.get(WATCHES, f"US-{ASIN}") is None
