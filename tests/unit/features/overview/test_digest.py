"""The digest says what changed, what it costs and what was done, and leads to each case."""

from __future__ import annotations

from bot.core.interactions import Post
from bot.features.cases.collections import CALL_NIGHTS
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.escalations import CallNights
from bot.features.overview.service.digest import DailyDigest
from tests.unit.conftest import BEN, OWN, SECOND, THIEF, Team, card_text, confirmed_after, offer

ONE = case_key(1)
OTHER = "A2OTHERTHIEF01"


async def attacked(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"), holder=THIEF)
    await team.look(offer(OWN, "24.99"), offer(OTHER, "10.00"), asin=SECOND)


async def test_it_says_what_changed_what_it_costs_and_what_was_done(team: Team) -> None:
    await attacked(team)
    await team.press("acknowledge", ONE, BEN)
    await team.press("assign", ONE, BEN)
    shown = card_text(await team.type("/digest"))
    assert "Changed: 2 new cases" in shown
    assert "At risk: up to USD" in shown
    assert "Done:\n• C-1: Ben acknowledged it.\n• C-1: Ben took it." in shown


async def test_each_case_has_a_button(team: Team) -> None:
    await attacked(team)
    [reply] = await team.type("/digest")
    assert isinstance(reply, Post)
    buttons = {each.label: each.ref for each in reply.card.buttons}
    assert buttons == {"Open C-1": "case 1", "Open C-2": "case 2"}


async def test_the_daily_digest_leads_to_the_threads(team: Team) -> None:
    daily = DailyDigest(team.app)
    await daily.tick()
    await attacked(team)
    await confirmed_after(team, hours=24)
    await daily.tick()
    await team.dispatcher.deliver()
    [key] = [key for key in team.chat.order if key.startswith("digest")]
    posted = team.chat.messages[key]
    assert {each.label for each in posted.threads} == {"C-1", "C-2"}
    assert all(each.head.id for each in posted.threads)


async def test_many_steps_are_counted_and_the_last_ones_named(team: Team) -> None:
    await attacked(team)
    await team.press("acknowledge", ONE, BEN)
    for _ in range(3):
        await team.press("assign", ONE, BEN)
        await team.press("assign", ONE)
    shown = card_text(await team.type("/digest"))
    assert shown.count("• C-1:") == 3
    assert "and 4 more steps." in shown


async def test_what_was_held_back_at_night_is_told_once(team: Team) -> None:
    daily = DailyDigest(team.app)
    await daily.tick()
    async with team.app.store.transaction() as tx:
        at = team.clock.now
        tx.put(CALL_NIGHTS, CallNights().holding(at).holding(at))
    for _ in range(2):
        await confirmed_after(team, hours=24)
        await daily.tick()
        await team.dispatcher.deliver()
    bodies = [team.chat.cards[key].body for key in team.chat.order if key.startswith("digest")]
    assert ["2 more alerts stayed unacknowledged" in body for body in bodies] == [True, False]
