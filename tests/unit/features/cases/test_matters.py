"""Matters that people raise: a case of their own, or the case of the seller who did it."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.findings import ATTACK, PROBLEM, Finding, Severity
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.alerts import report_incident
from tests.signals import active_in
from tests.unit.conftest import ASIN, OWN, SECOND, THIEF, Team, asked, card_text, notice, offer


def finding(
    team: Team, *, signal: str = ATTACK, seller: str = "", asin: str = "", about: str = ""
) -> Finding:
    return Finding(
        signal=signal,
        asin=asin,
        seller=seller,
        about=about,
        marketplace="US",
        at=team.clock.now,
        severity=Severity.WARNING,
        headline="Review bombing on Pan 1",
        brief="review bombing",
    )


async def raised(team: Team, *findings: Finding) -> Case:
    async with team.app.store.transaction() as tx:
        case = await report_incident(team.app, tx, findings)
    await team.dispatcher.deliver()
    return case


async def test_a_matter_without_seller_and_product_is_a_case_that_can_be_worked_on(
    team: Team,
) -> None:
    case = await raised(team, finding(team, about="attack-1"))
    card = team.chat.cards[case.label]
    assert card.title == "Review bombing"
    labels = [button.label for button in card.pressable]
    assert "Ask Amazon's support" in labels
    assert not {"File a report", "Log as attack"} & set(labels)
    assert not card.links
    await team.press("acknowledge", case.key)
    assert "1 case to work on" in card_text(await team.type("/todo"))
    assert asked(await team.press("close", case.key)).form.title == "Close the case"


async def test_two_matters_are_two_cases(team: Team) -> None:
    one = await raised(team, finding(team, about="attack-1"))
    other = await raised(team, finding(team, about="attack-2"))
    assert one.number != other.number


async def test_an_attack_by_a_seller_joins_the_sellers_case(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    case = await raised(team, *(finding(team, seller=THIEF, asin=asin) for asin in (ASIN, SECOND)))
    assert (case.number, case.asins) == (1, (ASIN, SECOND))
    card = team.chat.cards["C-1"]
    labels = {button.label for button in card.pressable}
    assert {"File a report", "Ask Amazon's support"} <= labels
    assert "Seller's page" in [link.label for link in card.links]


async def test_what_the_attack_did_besides_stands_on_a_sellers_case(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    await team.look(offer(OWN, "20"), offer(THIEF, "18"), asin=SECOND)
    await raised(team, finding(team, seller=THIEF))
    assert "Review bombing" in team.chat.cards["C-1"].body


async def test_a_solved_problem_is_closed_as_solved(team: Team) -> None:
    case = await raised(team, finding(team, signal=PROBLEM, about="problem/account/users"))
    form = asked(await team.press("close", case.key))
    await team.submit(form, {"reason": "solved", "note": ""})
    closed = await team.app.store.get(CASES, case.key)
    assert closed is not None
    assert not closed.open


async def test_what_has_just_been_settled_says_where(team: Team) -> None:
    told = finding(team, about="attack-1")
    case = await raised(team, told)
    form = asked(await team.press("close", case.key))
    await team.submit(form, {"reason": "false-alarm", "note": ""})
    with pytest.raises(UserError, match=r"C-1 about the same issue is closed"):
        await raised(team, told)
    assert notice(await team.press("close", case.key)).startswith("Ana already closed C-1")


async def test_a_seller_who_goes_on_after_an_attack_was_solved_is_told_again(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    await raised(team, finding(team, seller=THIEF, asin=ASIN))
    form = asked(await team.press("close", "00000001"))
    await team.submit(form, {"reason": "solved", "note": ""})
    team.clock.advance(hours=2)
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    assert await team.app.store.count(CASES) == 1
    team.clock.advance(days=1)
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    assert await team.app.store.count(CASES) == 2


async def test_an_attack_on_no_product_hides_no_listing_of_the_sellers_case(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "28"))
    grave = msgspec.structs.replace(finding(team, seller=THIEF), severity=Severity.CRITICAL)
    await raised(team, grave)
    links = {link.label: link.url for link in team.chat.cards["C-1"].links}
    assert ASIN in links["Open the listing"]


async def test_an_attack_goes_on_when_its_product_is_watched_no_more(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    case = await raised(team, finding(team, seller=THIEF, asin=ASIN))
    await team.type(f"/unwatch {ASIN}")
    kept = await team.app.store.get(CASES, case.key)
    assert kept is not None
    assert [signal.kind for signal in await active_in(team.app.store, kept)] == [ATTACK]
