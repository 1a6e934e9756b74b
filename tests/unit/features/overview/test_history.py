"""/settings history: who did what, readable on a phone."""

from __future__ import annotations

from bot.core.interactions import Post, Reply
from bot.core.sweeping import Sweeping
from tests.unit.conftest import ASIN, BEN, OWN, SECOND, THIEF, VIK, Team, asked, notice, offer

LONGEST_LINE = 160


def lines(replies: list[Reply]) -> list[str]:
    [reply] = replies
    assert isinstance(reply, Post)
    return [f"{each.label} · {each.value}" for each in reply.card.fields]


async def test_each_act_is_one_line_the_newest_first(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await team.type(f"/watch {SECOND} US 12.50")
    await team.press("acknowledge", "1", BEN)
    await team.authorise(THIEF)
    await team.undo()
    await team.authorise(THIEF, ASIN)
    await team.type(f"/withdraw {THIEF}")
    await team.type("/settings digest 8")
    await team.type(f"/unwatch {ASIN}")
    shown = lines(await team.type("/settings history"))
    assert shown == [
        f"23 Nov 10:00 · Ana · stopped watching US-{ASIN}: floor: USD 15.00 → none; "
        "daily units: 12 → none",
        "23 Nov 10:00 · Ana · changed the settings: digest hour: 9 → 8",
        f"23 Nov 10:00 · Ana · stopped trusting {THIEF}: authorized on: {ASIN} → none",
        f"23 Nov 10:00 · Ana · authorized {THIEF} on {ASIN}",
        f"23 Nov 10:00 · Ana · undid a change to {THIEF}: authorized on: all products → none",
        f"23 Nov 10:00 · Ana · authorized {THIEF} on all products",
        "23 Nov 10:00 · Ben · acknowledged C-1",
        f"23 Nov 10:00 · Ana · started watching US-{SECOND}: floor: USD 15.00 → USD 12.50",
    ]
    assert max(map(len, shown)) < LONGEST_LINE


async def test_refusals_stand_in_it_with_how_often(team: Team) -> None:
    for _ in range(3):
        await team.type(f"/unwatch {ASIN}", BEN)
    team.clock.advance(minutes=1)
    await Sweeping(team.app).tick()
    [line] = lines(await team.type("/settings history"))
    assert line == ("23 Nov 10:00 · Ben · was denied, 3 times: /unwatch (stop watching products)")


async def test_a_moment_is_told_as_a_day(team: Team) -> None:
    await team.type("/settings keep 30")
    [line] = lines(await team.type("/settings history"))
    assert line == (
        "23 Nov 10:00 · Ana · changed the settings: days evidence will be kept: none → 30; "
        "starting on: none → 30 Nov"
    )


async def test_it_goes_on_with_the_next_page(team: Team) -> None:
    for hour in range(12):
        await team.type(f"/settings digest {hour}")
    [first] = await team.type("/settings history")
    assert isinstance(first, Post)
    [further] = first.card.buttons
    assert first.card.footer == "Page 1 of 2"
    second = lines(await team.press(further.action, further.ref))
    assert "digest hour: 0 → 1" in second[-2]


async def test_it_is_for_admins(team: Team) -> None:
    for who in (BEN, VIK):
        assert "role" in notice(await team.type("/settings history", who))


async def test_every_form_and_button_has_a_line(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    ask = asked(await team.press("close", "1"))
    await team.submit(ask, {"reason": "gone", "note": "They left"})
    await team.press("log-attack", "1")
    shown = lines(await team.type("/settings history"))
    assert shown == ["23 Nov 10:00 · Ana · closed C-1"]
    assert "They left" not in "".join(shown)
