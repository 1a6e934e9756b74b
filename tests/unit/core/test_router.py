"""What people do is answered; what cannot be done is said as a warning."""

from __future__ import annotations

from bot.core.cards import Tone
from bot.core.interactions import Notice
from bot.core.membership import refusal
from tests.unit.conftest import ASIN, EVE, VIK, Team


async def test_a_stranger_hears_why_they_are_refused_whatever_they_do(team: Team) -> None:
    why = [Notice(refusal(None, "brand-alerts"), Tone.WARNING)]
    assert await team.type("/cases", EVE) == why
    assert await team.press("close", "000001", EVE) == why


async def test_what_cannot_be_done_is_a_warning(team: Team) -> None:
    mistakes = [
        await team.type("/check nothing"),
        await team.type("/case 7"),
        await team.type(f"/unwatch {ASIN}", VIK),
        await team.press("nothing-that-is", "1"),
    ]
    tones = [reply.tone for [reply] in mistakes if isinstance(reply, Notice)]
    assert tones == [Tone.WARNING] * len(mistakes)
