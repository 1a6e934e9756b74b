"""A rule is one function and one line; all the rest, down to the buttons, comes by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import checks.offers
from bot.core.cards import Tone
from bot.core.findings import Fact, Finding, RuleContext, Severity
from bot.features.cases.collections import CASES, ENTRIES
from tests.unit.conftest import ASIN, OWN, Team, card_text, notice, offer

OURS = offer(OWN, "24.99", fba=True)
OURS_FROM_HOME = offer(OWN, "24.99", fba=False)


def sold_from_home(look: RuleContext) -> Iterator[Finding]:
    """Find that our own offer is not sent by Amazon any more, and that it is again."""
    ours = [each for each in look.snapshot.offers if each.seller in look.own]
    for each in ours:
        yield Finding(
            signal="fulfilment",
            asin=look.snapshot.asin,
            marketplace=look.snapshot.marketplace,
            at=look.snapshot.at,
            severity=Severity.WARNING,
            headline=f"{look.watch.title} is {'' if each.fba else 'not '}sent by Amazon",
            ended=each.fba is True,
            facts=(Fact("Price", str(each.landed)),),
        )


@pytest.fixture(autouse=True)
def _one_more_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.offers, "RULES", (*checks.offers.RULES, sold_from_home))


async def test_its_finding_opens_a_case_with_a_card(team: Team) -> None:
    await team.look(OURS)
    assert team.chat.order == []
    await team.look(OURS_FROM_HOME)
    assert team.chat.order == ["C-1"]
    card = team.chat.cards["C-1"]
    assert (card.title, card.tone) == ("Pan 1 is not sent by Amazon", Tone.WARNING)
    assert [(field.label, field.value) for field in card.fields] == [
        ("State", "New: not acknowledged yet"),
        ("Assigned to", "no one yet"),
        ("Product", "Pan 1\nB0ALDER001 · amazon.com"),
        ("Price", "USD 24.99"),
        ("Since", ""),
        (
            "What comes next",
            "Acknowledge it, so that your team knows who is on it. Then collect evidence.",
        ),
    ]
    assert card.buttons[0].label == "Acknowledge"
    assert {"Collect evidence", "File a report", "Close"} <= {
        button.label for button in card.pressable
    }


async def test_its_end_is_told_in_the_thread(team: Team) -> None:
    for reading in (OURS_FROM_HOME, OURS_FROM_HOME, OURS, OURS_FROM_HOME):
        team.clock.advance(minutes=11)
        await team.look(reading)
    assert team.chat.order == ["C-1", "C-1/2", "C-1/3"]
    assert team.chat.cards["C-1/2"].title == "Pan 1 is sent by Amazon"
    assert team.chat.cards["C-1/2"].tone is Tone.GOOD
    assert team.chat.cards["C-1/3"].title == "Pan 1 is not sent by Amazon"


async def test_its_case_is_worked_on_like_any_other(team: Team) -> None:
    await team.look(OURS_FROM_HOME)
    [case] = await team.app.store.page(CASES)
    card_text(await team.press("acknowledge", case.key))
    card_text(await team.press("assign", case.key))
    assert (
        notice(await team.press("authorise", case.key))
        == "C-1 is not about a single seller. Type /authorize SELLER instead."
    )
    assert "Pan 1 is not sent by Amazon" in card_text(await team.type("/cases mine"))
    timeline = card_text(await team.type("/case 1"))
    assert "Ana acknowledged it." in timeline
    assert "Ana took it." in timeline


async def test_its_evidence_is_kept(team: Team) -> None:
    await team.look(OURS_FROM_HOME)
    [entry] = await team.app.store.page(ENTRIES)
    assert entry.evidence
    assert ASIN in (await team.app.store.page(CASES))[0].asins
