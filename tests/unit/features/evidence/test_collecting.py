"""What is handed in as evidence and is not what was asked for: it is asked again, with why."""

from __future__ import annotations

import pytest

from bot.core.files import Upload
from bot.core.forms import Answers
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from tests.unit.conftest import ANA, BEN, Team, asked, notice
from tests.unit.features.reports.reporting import CASE, TEST_BUY, answer, collect, start

GOOD = "123-1234567-1234567 2026-11-20 B0ALDER001 2"


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def orders(team: Team, answers: Answers) -> dict[str, str]:
    """Return what is wrong with order records, by the input; the right ones are taken then."""
    ask = asked(await team.press("collect", CASE, BEN))
    ask = asked(await team.submit(ask, {"what": EvidenceKind.ORDERS.value}, BEN))
    again = asked(await team.submit(ask, answers, BEN))
    assert await team.app.store.count(EVIDENCE_ITEMS) == 0
    told = notice(await team.submit(again, {"files": (), "typed": GOOD, "none": ""}, BEN))
    assert told == "Added to C-1: E-1."
    return again.errors


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("123-1234567-1234567 2026-11-20", "Could not read"),
        ("123-1234567-1234567 2026-11-20 B0ALDER001 2 more", "Could not read"),
        (f"{GOOD}\n12 2026-11-20 B0ALDER001", "not an order ID"),
        ("123-1234567-1234567 tomorrow B0ALDER001", "not a date"),
        ("123-1234567-1234567 2026-11-20 B0ALDER001 0", "not a number of units"),
    ],
)
async def test_a_typed_order_that_cannot_be_read_is_asked_again(
    hit: Team, typed: str, says: str
) -> None:
    errors = await orders(hit, {"files": (), "typed": typed, "none": ""})
    assert list(errors) == ["typed"]
    assert says in errors["typed"]


@pytest.mark.parametrize(
    ("kind", "content"), [("image/png", b"a photo"), ("text/csv", b"name,town\nEve,Bonn\n")]
)
async def test_a_file_that_is_no_order_report_is_asked_again(
    hit: Team, kind: str, content: bytes
) -> None:
    file = Upload("a", kind, len(content), await hit.app.evidence.keep(content, {"at": "now"}))
    errors = await orders(hit, {"files": (file,), "typed": "", "none": ""})
    assert list(errors) == ["files"]


async def test_nothing_is_wrong_with_a_day_that_is_compared_with_a_wrong_one(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    ask = asked(await hit.submit(ask, {"what": EvidenceKind.TEST_BUY.value}, BEN))
    bought: Answers = {**TEST_BUY, "ordered": "2099-01-01", "arrived": "2026-11-20"}
    ask = asked(await hit.submit(ask, bought, BEN))
    assert list(asked(await hit.submit(ask, bought, BEN)).errors) == ["ordered"]
    bought["ordered"] = "2026-11-21"
    assert list(asked(await hit.submit(ask, bought, BEN)).errors) == ["arrived"]


async def test_why_there_are_no_orders_is_noted(hit: Team) -> None:
    said: Answers = {"files": (), "typed": "", "none": "We did not sell it here then."}
    assert await collect(hit, EvidenceKind.ORDERS, said) == "Added to C-1."
    assert await hit.app.store.count(EVIDENCE_ITEMS) == 0


async def test_a_note_for_a_case_that_is_not_there_is_asked_again(hit: Team) -> None:
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "false-alarm", "note": ""})
    ask = asked(await hit.type("/note They answered"))
    again = asked(await hit.submit(ask, {"case": "99", "note": "They answered", "files": ()}))
    assert again.errors == {"case": "There is no case '99'. Type /cases all to list all cases."}
    told = await answer(hit, again, {"case": "1", "note": "They answered", "files": ()}, who=ANA)
    assert told == "Added to C-1."
