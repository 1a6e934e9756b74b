"""What is redacted goes from open forms and kept titles, and what others wrote stays there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bot.core.channels import ChannelBinding
from bot.core.chat_troubles import Undelivered
from bot.core.collections import CHANNEL_BINDINGS, SESSIONS, UNDELIVERED
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.refusals import TRIES
from bot.core.forms import Answers
from bot.core.team import Team as Chosen
from bot.errors import ChatError, Refusal
from bot.features.cases.collections import ENTRIES
from bot.features.checklists.collections import DECISIONS
from tests.fakes import FakeChat
from tests.unit.conftest import BEN, OWN, THIEF, Team, asked, notice, offer
from tests.unit.features.attacks.test_attacks import WHAT
from tests.unit.features.checklists.guarding import (
    MONDAY,
    SECURITY,
    choose,
    decision,
    guarded,
    monday,
    tick,
)
from tests.unit.features.letters.writing import asking, attacked, proposed
from tests.unit.redacted import TRACE, WORDS, assert_gone, redact

LONG = f"Jane Roe of Elm Street called. {'She asked for a refund. ' * 8}"


@pytest.fixture
async def hit(team: Team) -> Team:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    return team


async def sent(team: Team, *keys: str, case: str = "") -> None:
    """Write requests to Amazon's support, and send them."""
    for key in keys:
        replies = await (team.press("support", case, BEN) if case else team.type("/support", BEN))
        ask = await asking(team, asked(replies))
        await team.submit(ask, {"text": proposed(ask)}, BEN)
        await team.submit(asked(await team.press("letter-sent", key, BEN)), {"ticket": ""}, BEN)


async def answered(team: Team, key: str, words: str) -> None:
    ask = asked(await team.press("letter-answered", key, BEN))
    await team.submit(ask, {"outcome": "more-wanted", "words": words}, BEN)


async def draft_answer(team: Team, key: str, words: str) -> None:
    """Begin to answer: it is refused, and kept."""
    ask = asked(await team.press("letter-answered", key, BEN))
    asked(await team.submit(ask, {"outcome": "", "words": words}, BEN))


@pytest.mark.parametrize("line", ["other", "US", "en", "yes", "1", "2026-11-23"])
async def test_a_form_in_which_a_text_is_the_name_of_a_choice_stays(team: Team, line: str) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-done", "000001/users", BEN))
    await team.submit(ask, {"proof": f"ana\n{line}"}, BEN)
    kind: Answers = {**WHAT, "kind": "other"}
    asked(await team.submit(asked(await team.type("/attack", BEN)), kind, BEN))
    await redact(team, "K-1")
    [left] = await team.app.store.page(SESSIONS)
    assert left.flow == "attack"


@pytest.mark.parametrize("words", [LONG, LONG.replace(". ", ".\n"), "Jane Roe\nof Elm Street"])
async def test_a_form_that_shows_the_words_shortened_ends(team: Team, words: str) -> None:
    case = await attacked(team)
    await sent(team, "000001", case=case.key)
    await answered(team, "000001", words)
    entry = (await team.app.store.find(ENTRIES, "case", case.key))[-1]
    asked(await team.type(f"/redact 1 {entry.place}"))
    [opened] = await team.app.store.page(SESSIONS)
    assert "Jane Roe of Elm" in repr(opened)
    await redact(team, "L-1")
    assert await team.app.store.count(SESSIONS) == 0


async def test_a_form_that_shows_others_words_stays(team: Team) -> None:
    case = await attacked(team)
    await sent(team, "000001", case=case.key)
    await answered(team, "000001", LONG)
    await team.type(f"/note 1 Jane Roe is {'our lawyer. ' * 20}", BEN)
    entry = (await team.app.store.find(ENTRIES, "case", case.key))[-1]
    asked(await team.type(f"/redact 1 {entry.place}"))
    await redact(team, "L-1")
    assert await team.app.store.count(SESSIONS) == 1


@pytest.mark.parametrize("words", ["J. Roe", "Jane"])
async def test_of_short_words_only_a_draft_about_the_same_letter_goes(
    team: Team, words: str
) -> None:
    await sent(team, "000001", "000002")
    await answered(team, "000001", words)
    await draft_answer(team, "000001", f"It is\n{words}")
    await draft_answer(team, "000002", words)
    await redact(team, "L-1")
    assert [each.subject for each in await team.app.store.page(SESSIONS)] == ["000002"]


@pytest.fixture
async def called(team: Team) -> Team:
    """Return a team that was asked to call J. Roe."""
    team = guarded(team)
    await choose(team, Chosen(digest_hour=9))
    due = msgspec.structs.replace(decision(MONDAY.date(), owner=BEN[0]), text="Call J. Roe")
    async with team.app.store.transaction() as tx:
        tx.put(DECISIONS, due)
    team.clock.now = MONDAY
    await tick(team)
    return team


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("", ""),
        ("Call J. Roe: it costs too much", "[removed]: it costs too much"),
        ("Ben: Call J. Roe", "Ben: [removed]"),
        ("Call J. Roe", "[removed]"),
        ("Recall J. Roe: it costs", "Recall J. Roe: it costs"),
        ("Call J. Roentgen: it costs", "Call J. Roentgen: it costs"),
        ("Ben: I shall Call J. Roe", "Ben: I shall Call J. Roe"),
        ("Call", "Call"),
        ("Roe", "Roe"),
    ],
)
async def test_short_words_go_from_a_title_where_they_are_all_that_is_joined(
    called: Team, title: str, left: str
) -> None:
    gone = Undelivered(chat="chat", sequence="1", at=MONDAY, title=title, why="no")
    async with called.app.store.transaction() as tx:
        tx.put(UNDELIVERED, gone)
    await redact(called, "D-1")
    [kept] = await called.app.store.page(UNDELIVERED)
    assert kept.title == left


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Ben: Jane Roe of Elm Street called. She asked for a…", "[removed]"),
        ("Jane Roe of Elm…", "[removed]"),
        ("Jane Roe…", "Jane Roe…"),
        ("She asked for a refund", "[removed]"),
        ("A refund was paid", "A refund was paid"),
        ("", ""),
    ],
)
async def test_a_title_that_quotes_long_words_loses_them(team: Team, title: str, left: str) -> None:
    await sent(team, "000001")
    await answered(team, "000001", LONG)
    gone = Undelivered(chat="chat", sequence="1", at=MONDAY, title=title, why="no")
    async with team.app.store.transaction() as tx:
        tx.put(UNDELIVERED, gone)
    await redact(team, "L-1")
    [kept] = await team.app.store.page(UNDELIVERED)
    assert kept.title == left
    assert TRACE not in kept.title


@pytest.mark.parametrize(("why", "ends"), [("A buyer", "A buyer."), ("Why not?", "Why not?")])
async def test_that_words_are_removed_already_is_said_in_a_sentence(
    called: Team, why: str, ends: str
) -> None:
    await called.submit(asked(await called.type("/redact D-1")), {"why": why})
    says = notice(await called.type("/redact D-1"))
    assert says.startswith("The text of D-1 was removed by Ana, ")
    assert says.endswith(f": {ends}")


async def test_the_words_go_from_what_tells_other_chats_that_they_did_not_arrive(
    hit: Team, tmp_path: Path
) -> None:
    other = FakeChat()
    object.__setattr__(hit.app.outbox, "chats", ("web", "near"))
    async with hit.app.store.transaction() as tx:
        tx.put(CHANNEL_BINDINGS, ChannelBinding(chat="near", channel="N1"))
    near = OutboxDispatcher(hit.app, "near", other)
    await near.deliver()
    other.refuse["C-1/2"] = ChatError("no", refusal=Refusal.UNLISTED)
    await hit.type(f"/note 1 {WORDS}", BEN)
    for _ in range(TRIES + 2):
        hit.clock.advance(minutes=6)
        await near.deliver()
        await hit.dispatcher.deliver()
    [gone] = await hit.app.store.page(UNDELIVERED)
    notices = [key for key, card in hit.chat.cards.items() if "Not delivered" in card.title]
    assert gone.title == f"Ben: {WORDS}"
    assert notices == [gone.notice]
    await redact(hit, "1 2")
    await near.deliver()
    assert hit.chat.cards[gone.notice].title == "Not delivered to Near: [removed]"
    assert gone.notice not in other.cards
    await assert_gone(hit, tmp_path)
