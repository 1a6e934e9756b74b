"""Authorizing a seller asks: on which products, until when, by which document."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.collections import TEAMS
from bot.core.forms import Choice
from bot.core.interactions import Ask
from bot.core.team import Team as Settings
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import case_key
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules import steps
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller, Trust
from bot.features.watchlist.service.trusting import TrustEnding
from tests.fakes import START
from tests.unit.conftest import (
    ASIN,
    OWN,
    SECOND,
    THIEF,
    Team,
    asked,
    card_text,
    confirmed_after,
    notice,
    offer,
)
from tests.unit.features.reports.reporting import draft, everything, report, start

OURS, THEIRS = offer(OWN, "24.99"), offer(THIEF, "18.70")
ONE = case_key(1)
LETTER = (
    {"kind": "authorisation", "name": "Letter of May", "party": THIEF, "products": ""},
    {"since": "", "until": ""},
)


async def trusted(team: Team) -> Seller:
    seller = await team.app.store.get(SELLERS, THIEF)
    assert seller is not None
    return seller


async def add_letter(team: Team) -> None:
    ask = asked(await team.type("/papers add"))
    ask = asked(await team.submit(ask, dict(LETTER[0])))
    await team.submit(ask, dict(LETTER[1]))


def options(ask: Ask, name: str) -> list[str]:
    [found] = [each for each in ask.form.inputs if each.name == name]
    assert isinstance(found, Choice)
    return [each.label for each in found.options]


async def test_a_press_trusts_nobody_before_the_form_is_sent(team: Team) -> None:
    await team.look(OURS, THEIRS)
    ask = asked(await team.press("authorise", ONE))
    assert await team.app.store.count(SELLERS) == 0
    assert options(ask, "where")[0] == f"Only {ASIN}"
    assert "no longer get alerts about A1QX7ZP9KD4W2M" in ask.form.intro


async def test_what_is_typed_is_filled_in(team: Team) -> None:
    ask = asked(await team.type(f"/authorize {THIEF} {SECOND}"))
    filled = {each.name: getattr(each, "initial", "") for each in ask.form.inputs}
    assert (filled["where"], filled["products"]) == ("list", SECOND)
    assert options(ask, "where") == ["All products", "Products I choose"]
    await team.submit(ask, {"where": "list", "products": f"{SECOND}, {ASIN}"})
    assert (await trusted(team)).authorised == (ASIN, SECOND)


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"where": "list", "products": ""}, "products", "Enter the ASINs"),
        ({"where": "list", "products": "pan"}, "products", "ASIN"),
        ({"where": "all", "until": "2026-11-22"}, "until", "has passed"),
    ],
)
async def test_what_is_wrong_stands_beside_its_input(
    team: Team, answers: dict[str, str], field: str, says: str
) -> None:
    ask = asked(await team.type(f"/authorize {THIEF}"))
    again = asked(await team.submit(ask, {**answers}))
    assert says in again.errors[field]
    assert await team.app.store.count(SELLERS) == 0


async def test_a_letter_of_the_register_is_noted_and_announced(team: Team) -> None:
    ask = asked(await team.type(f"/authorize {THIEF}"))
    assert "document" not in {each.name for each in ask.form.inputs}
    await add_letter(team)
    ask = asked(await team.type(f"/authorize {THIEF}"))
    assert options(ask, "document") == ["No document", f"1 Letter of May ({THIEF})"]
    await team.submit(ask, {"where": "all", "document": "000001"})
    assert (await trusted(team)).documents == {EVERYWHERE: "000001"}
    [act] = [key for key in team.chat.order if key.startswith("act-")][-1:]
    assert "Based on document 1 (authorization)." in team.chat.cards[act].body


async def test_open_and_accepted_reports_and_open_cases_are_told_before(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    await team.look(OURS, THEIRS)
    ask = asked(await team.type(f"/authorize {THIEF}"))
    assert "R-1 about this seller (Counterfeit) is still open." in ask.form.intro
    assert "Open cases about this seller: C-1." in ask.form.intro
    accepted = msgspec.structs.replace(
        await report(team), state=ReportState.ACCEPTED, verdict=ReportState.ACCEPTED
    )
    async with team.app.store.transaction() as tx:
        tx.put(REPORTS, accepted)
    ask = asked(await team.press("authorise", ONE))
    assert "⚠ R-1 about this seller (Counterfeit) was accepted by Amazon." in ask.form.intro
    assert "C-1 about" not in ask.form.intro


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (steps.close, "⚠ R-1 about this seller (Counterfeit) was accepted by Amazon."),
        (steps.retract, ""),
    ],
)
async def test_a_report_that_amazon_accepted_is_told_after_it_is_closed(
    team: Team, end: Callable[[Report], Report], says: str
) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    accepted = msgspec.structs.replace(
        await report(team),
        state=ReportState.ACCEPTED,
        verdict=ReportState.ACCEPTED,
        filed_at=team.clock.now,
    )
    async with team.app.store.transaction() as tx:
        tx.put(REPORTS, end(accepted))
    ask = asked(await team.type(f"/authorize {THIEF}"))
    assert says in ask.form.intro
    assert ("R-1" in ask.form.intro) is bool(says)


async def test_a_trust_with_a_last_day_ends_with_it(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(zone="America/Los_Angeles"))
    ask = asked(await team.type(f"/authorize {THIEF}"))
    await team.submit(ask, {"where": "all", "until": "2026-11-24"})
    assert team.announced()[-1] == f"Ana authorized {THIEF} on all products until 2026-11-24."
    assert "until 2026-11-24" in card_text(await team.type("/sellers"))
    team.clock.now = START.replace(day=25, hour=7, minute=59)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 0
    team.clock.advance(minutes=2)
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 1


async def test_that_a_trust_has_ended_is_told_once(team: Team) -> None:
    ask = asked(await team.type(f"/authorize {THIEF}"))
    await team.submit(ask, {"where": "all", "until": "2026-11-24"})
    await team.authorise("A2FRIENDLY0001")
    await confirmed_after(team, days=3)
    for _ in range(2):
        await TrustEnding(team.app).tick()
        await team.dispatcher.deliver()
    told = [card for key, card in team.chat.cards.items() if key.startswith("trust-ended-")]
    [card] = told
    assert card.title == f"The authorization of {THIEF} expired on 2026-11-24."
    assert [each.id for each in await team.app.store.page(SELLERS)] == ["A2FRIENDLY0001"]


async def test_a_clock_that_is_ahead_for_a_moment_ends_no_trust_for_good(team: Team) -> None:
    ask = asked(await team.type(f"/authorize {THIEF}"))
    await team.submit(ask, {"where": "all", "until": "2026-11-24"})
    await confirmed_after(team, hours=1)
    team.clock.step(days=1000)
    await TrustEnding(team.app).tick()
    team.clock.step(days=-1000)
    assert (await trusted(team)).authorised_on(ASIN, team.clock.now)


async def test_authorizing_again_replaces_the_end(team: Team) -> None:
    ask = asked(await team.type(f"/authorize {THIEF}"))
    await team.submit(ask, {"where": "all", "until": "2026-11-24"})
    assert "Authorized " in notice(await team.authorise(THIEF))
    assert (await trusted(team)).until == {}
    assert "already" in notice(await team.authorise(THIEF))


products = st.sampled_from(["*", "B0ALDER001", "B0ALDER002", "B0ALDER003"])
moments = st.integers(0, 5).map(lambda day: START.replace(day=20 + day))


@given(
    st.lists(st.tuples(st.frozensets(products, min_size=1), st.none() | moments), max_size=6),
    products.filter(lambda each: each != EVERYWHERE),
    moments,
)
def test_the_last_word_on_a_product_counts(
    trusts: list[tuple[frozenset[str], object]], asin: str, at: object
) -> None:
    """A seller is authorized where the last word on the product or on all of them lasts."""
    seller = Seller(id=THIEF)
    last: dict[str, object] = {}
    for where, until in trusts:
        trust = Trust(seller=THIEF, authorised=tuple(sorted(where)), until=until)  # type: ignore[arg-type]
        seller = trust.added_to(seller)
        last |= dict.fromkeys(where, until)
    lasts = [
        place in last and (last[place] is None or at < last[place])  # type: ignore[operator]
        for place in (asin, EVERYWHERE)
    ]
    assert seller.authorised_on(asin, at) is any(lasts)  # type: ignore[arg-type]


async def test_the_british_spelling_is_understood_too(team: Team) -> None:
    ask = asked(await team.type(f"/authorise {THIEF}"))
    assert ask.form.title == asked(await team.type(f"/authorize {THIEF}")).form.title


async def test_a_report_that_amazon_rejected_is_told_as_long_as_it_is_open(team: Team) -> None:
    await start(team)
    await draft(team)
    refused = msgspec.structs.replace(
        await report(team), state=ReportState.REFUSED, verdict=ReportState.REFUSED
    )
    async with team.app.store.transaction() as tx:
        tx.put(REPORTS, refused)
    ask = asked(await team.type(f"/authorize {THIEF}"))
    assert "R-1 about this seller (Counterfeit) was rejected by Amazon" in ask.form.intro
