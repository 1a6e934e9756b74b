"""What a person gets back, and in which place."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.collections import SESSIONS
from bot.core.interactions import AnyInteraction, Reply
from bot.features.cases.collections import CASES
from tests.platforms.discord.people import Person
from tests.platforms.discord.seen import seen
from tests.unit.adapters.discord.team import DiscordTeam


async def test_a_form_complains_beside_its_input_and_goes_on_by_a_button(
    at_work: DiscordTeam,
) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    await ana.press(alert, "Close")
    await ana.fill_in({"Why are you closing it?": "Another reason"})
    await ana.submit()
    complaint = ana.ephemerals[-1]
    assert "Say in a few words" in "\n".join(seen(complaint).lines)
    await ana.press(complaint, "Correct it")
    await ana.fill_in({"What should the next person know?": "We bought it back ourselves."})
    await ana.submit()
    case = (await at_work.team.app.store.page(CASES))[0]
    assert not case.open
    assert "Reopen" in seen(ana.ephemerals[-1]).buttons
    await at_work.sends()
    assert "Reopen" in seen(alert).buttons


async def test_the_next_step_opens_behind_a_button(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    await ana.press(alert, "Snooze")
    await ana.fill_in({"For how long?": "Until a day I choose"})
    await ana.submit()
    assert "Step 2 of 2" in seen(ana.ephemerals[-1]).title
    await ana.press(ana.ephemerals[-1], "Continue")
    await ana.fill_in({"Which day?": "2026-12-01"})
    await ana.submit()
    case = (await at_work.team.app.store.page(CASES))[0]
    assert case.snoozed_until is not None


async def test_slow_work_says_so_and_answers_later(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0.01)
    gate = asyncio.Event()
    handle = at_work.team.router.handle

    async def slow(asked, files):  # type: ignore[no-untyped-def]
        await gate.wait()
        return await handle(asked, files)

    monkeypatch.setattr(at_work.team.router, "handle", slow)
    ana = at_work.person()
    done = await ana.command("help", channel=at_work.channel)
    assert done.response == 5
    gate.set()
    await at_work.fake.until(lambda: bool(ana.ephemerals and ana.ephemerals[-1].content))
    assert "What do you need?" in seen(ana.ephemerals[-1]).title


async def test_a_form_after_a_pause_opens_behind_a_button(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = await at_work.alert()
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0)
    ana = at_work.person()
    await ana.press(alert, "Close")
    await at_work.fake.until(lambda: bool(ana.ephemerals and ana.ephemerals[-1].components))
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 2)
    await ana.press(ana.ephemerals[-1], "Continue")
    assert ana.modal is not None


async def test_a_dead_interaction_is_let_go(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.dead_tokens()
    ana = at_work.person()
    pressing = asyncio.create_task(ana.press(alert, "Acknowledge"))
    await at_work.fake.until(lambda: any("10062" in each for each in at_work.fake.refusals))
    pressing.cancel()
    case = (await at_work.team.app.store.page(CASES))[0]
    assert case.acknowledged_by is not None
    assert (await ana.command("help", channel=at_work.channel)).answered


async def test_what_a_full_form_has_no_room_for_is_told_before_it_opens(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = await at_work.alert()
    monkeypatch.setattr("adapters.discord.answers.crowded", lambda _: True)
    ana = at_work.person()
    assert (await ana.press(alert, "Collect evidence")).response == 4
    assert (await ana.press(ana.ephemerals[-1], "Continue")).response == 9


async def test_a_form_takes_the_place_of_the_button_that_opened_it(at_work: DiscordTeam) -> None:
    ana = await at_second_step(at_work)
    await ana.press(ana.ephemerals[-1], "Continue")
    assert "Continue" in seen(ana.ephemerals[-1]).buttons  # whoever closes the form opens it again
    before = len(ana.ephemerals)
    await ana.fill_in({"Which day?": "2020-01-01"})
    assert (await ana.submit()).response == 7
    assert seen(ana.ephemerals[-1]).buttons == ("Correct it", "Back")
    await ana.press(ana.ephemerals[-1], "Correct it")
    await ana.fill_in({"Which day?": "2026-12-01"})
    await ana.submit()
    assert len(ana.ephemerals) == before
    assert led_on(ana) == []


async def test_slow_work_takes_the_place_of_the_button_too(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await at_second_step(at_work)
    await ana.press(ana.ephemerals[-1], "Continue")
    before = len(ana.ephemerals)
    await ana.fill_in({"Which day?": "2026-12-01"})
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0)
    assert (await ana.submit()).response == 6
    await at_work.fake.until(lambda: not led_on(ana))
    assert len(ana.ephemerals) == before


async def test_a_warning_leaves_the_button(at_work: DiscordTeam) -> None:
    ana = await at_second_step(at_work)
    await ana.press(ana.ephemerals[-1], "Continue")
    async with at_work.team.app.store.transaction() as tx:
        [session] = await at_work.team.app.store.page(SESSIONS)
        tx.delete(SESSIONS, session.key)
    await ana.fill_in({"Which day?": "2026-12-01"})
    await ana.submit()
    assert "has expired" in seen(ana.ephemerals[-1]).title
    assert led_on(ana) == ["Continue"]


async def test_what_has_no_answer_takes_the_button_away_too(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await at_second_step(at_work)
    await ana.press(ana.ephemerals[-1], "Continue")
    monkeypatch.setattr(at_work.team.router, "handle", nothing)
    await ana.fill_in({"Which day?": "2026-12-01"})
    await ana.submit()
    assert "Done." in seen(ana.ephemerals[-1]).title
    assert led_on(ana) == []


async def nothing(_: AnyInteraction, __: object) -> list[Reply]:
    return []


async def at_second_step(at_work: DiscordTeam) -> Person:
    """Let Ana hand in the first step of a snooze."""
    alert = await at_work.alert()
    ana = at_work.person()
    await ana.press(alert, "Snooze")
    await ana.fill_in({"For how long?": "Until a day I choose"})
    await ana.submit()
    return ana


def led_on(ana: Person) -> list[str]:
    """Return the buttons that lead to a form, in all that only Ana sees."""
    shown = [label for each in ana.ephemerals for label in seen(each).buttons]
    return [label for label in shown if label in ("Continue", "Correct it")]
