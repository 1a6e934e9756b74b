"""Cases that are about no product, such as an intrusion or a checklist's problem."""

from __future__ import annotations

import pytest

from bot.core.collections import SESSIONS
from bot.core.files import Upload
from bot.core.findings import ATTACK, PROBLEM, Finding, Severity
from bot.core.forms import Choice, Paragraph
from bot.features.cases.service.alerts import report_incident
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from tests.unit.conftest import THIEF, Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import SECURITY, card, guarded, monday

LETTER = Upload("letter.pdf", "application/pdf", 3, "ab" * 32)


async def raised(team: Team, signal: str = ATTACK, seller: str = "") -> str:
    found = Finding(
        signal=signal,
        marketplace="US",
        at=team.clock.now,
        severity=Severity.WARNING,
        headline="Intruder in our account",
        brief="somebody in our account",
        seller=seller,
        about="" if seller else "attack-1",
    )
    async with team.app.store.transaction() as tx:
        case = await report_incident(team.app, tx, [found])
    await team.dispatcher.deliver()
    return case.key


@pytest.mark.parametrize("signal", [ATTACK, PROBLEM])
async def test_evidence_is_collected_all_the_same(team: Team, signal: str) -> None:
    key = await raised(team, signal)
    ask = asked(await team.press("collect", key))
    [what] = ask.form.inputs
    assert isinstance(what, Choice)
    # There is no offer's page to capture, and nothing that a report on a product would want.
    assert EvidenceKind.CAPTURE not in {option.value for option in what.options}
    assert "✗" not in ask.form.intro
    ask = asked(await team.submit(ask, {"what": "paper"}))
    told = notice(await team.submit(ask, {"files": (LETTER,), "caption": "Amazon's warning"}))
    assert told == "Added to C-1: E-1."
    [piece] = await team.app.store.page(EVIDENCE_ITEMS)
    assert (piece.kind, piece.asin) == (EvidenceKind.PAPER, "")
    assert "✗" not in card_text(await team.type("/evidence 1"))
    assert "Evidence" not in [field.label for field in team.chat.cards["C-1"].fields]


async def test_orders_do_not_bring_up_what_a_report_would_want(team: Team) -> None:
    key = await raised(team)
    ask = asked(await team.press("collect", key))
    ask = asked(await team.submit(ask, {"what": "orders"}))
    await team.submit(ask, {"typed": "123-1234567-1234567 2026-11-20 B0ALDER001 2"})
    assert "Evidence" not in [field.label for field in team.chat.cards["C-1"].fields]
    assert card(await team.type("/evidence 1")).body == ""


@pytest.mark.parametrize("seller", ["", THIEF])
async def test_no_report_is_filed_on_no_product(team: Team, seller: str) -> None:
    await raised(team, seller=seller)
    told = notice(await team.type("/report 1"))
    assert told == (
        "C-1 has no product, and a report needs one. "
        "To ask Amazon's support instead, type /support 1."
    )
    assert await team.app.store.page(SESSIONS) == []


async def test_a_seller_is_trusted_on_products_or_not_at_all(team: Team) -> None:
    key = await raised(team, seller=THIEF)
    [reason, _] = asked(await team.press("close", key)).form.inputs
    assert isinstance(reason, Choice)
    offered = {option.value for option in reason.options}
    assert {"gone", "solved"} <= offered
    assert not {"authorised", "lawful"} & offered


async def test_what_is_wrong_can_be_read_to_its_end(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/mail"))
    [wrong] = ask.form.inputs
    assert isinstance(wrong, Paragraph)
    words = ("A rule hides all mail of Amazon. " * 99)[: wrong.most - 4] + "End."
    await team.submit(ask, {"wrong": words})
    told = {field.label: field.value for field in team.chat.cards["C-1"].fields}
    assert told["Problem"] == words
