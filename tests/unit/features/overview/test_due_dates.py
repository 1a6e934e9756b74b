"""/todo calendar lists what is due, and the calendar file has the same."""

from __future__ import annotations

from datetime import date

from bot.core.calendar_file import CalendarFile
from bot.core.store import Transaction, run_in_transaction
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.rights.models import BrandRight, BrandRightKind
from tests.unit.conftest import Team, card_text, notice

RIGHT = BrandRight(
    number=1,
    kind=BrandRightKind.TRADEMARK,
    name="ALDER",
    country="US",
    expires=date(2031, 5, 6),
)


async def enter(team: Team) -> None:
    async def put(tx: Transaction) -> None:
        tx.put(BRAND_RIGHTS, RIGHT)

    await run_in_transaction(team.app.store, put)


async def test_what_expires_is_listed_and_in_the_file(team: Team) -> None:
    assert "Nothing has a due date now." in card_text(await team.type("/todo calendar"))
    await enter(team)
    shown = card_text(await team.type("/todo calendar"))
    assert "2031-05-06 · Trademark ALDER (US) expires" in shown
    content = await run_in_transaction(team.app.store, lambda tx: team.app.ask(tx, CalendarFile()))
    assert content is not None
    assert "UID:right-1@brandwarden\r\n" in content
    assert "DTSTART;VALUE=DATE:20310506\r\n" in content


async def test_another_word_is_told_what_there_is(team: Team) -> None:
    assert "/todo calendar" in notice(await team.type("/todo sideways"))
