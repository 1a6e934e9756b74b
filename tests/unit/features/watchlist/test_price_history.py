"""What people see of a product's prices: a card, a picture for the channel, and rows of numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.charts import Curves, PhaseKind, spoken
from bot.core.interactions import Post
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.rules.price_curves import SLOTS
from bot.features.watchlist.service.price_records import price_history
from bot.features.watchlist.views.price_history import price_chart, price_lines
from tests.unit.conftest import ASIN, BEN, OWN, THIEF, VIK, Team, card_text, notice, offer

KEY = f"US-{ASIN}"


async def sold(team: Team) -> None:
    """Let a day pass in which a stranger takes the Buy Box, and an outage is in between."""
    for price in ("49.90", "47.90", "47.90"):
        await team.look(offer(OWN, price))
        team.clock.advance(minutes=20)
    team.clock.advance(hours=12)
    for _ in range(2):
        await team.look(offer(OWN, "49.90"), offer(THIEF, "39.90"), holder=THIEF)
        team.clock.advance(minutes=20)


async def drawn(team: Team, days: int = 90) -> Curves:
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch
    known = await price_history(team.app, watch, timedelta(days=days))
    return price_chart(known, await team.app.team())


async def test_the_card_says_who_holds_the_buy_box_and_the_latest_changes(team: Team) -> None:
    await sold(team)
    text = card_text(await team.type(f"/history {ASIN}", VIK))
    assert "Price history: Pan 1" in text
    assert "Buy Box since" in text
    assert "unknown seller" in text
    assert "Of the time checked, it was ours 50%." in text
    assert "Our price: 49.90 now; 47.90 to 49.90" in text
    assert "Lowest price: 39.90 now; 39.90 to 49.90" in text
    assert "not checked" in text


async def test_a_product_without_a_look_says_that_nothing_is_known(team: Team) -> None:
    [reply] = await team.type(f"/history {ASIN}")
    assert isinstance(reply, Post)
    assert "No prices are known yet" in reply.card.body
    assert [button.label for button in reply.card.buttons] == ["Open the listing"]


async def test_what_was_not_checked_lately_is_not_called_present(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    team.clock.advance(hours=9)
    text = card_text(await team.type(f"/history {ASIN}"))
    assert "Not checked since" in text
    assert "now" not in text


@pytest.mark.parametrize("words", ["0", "401", "US 9999", "99999"])
async def test_days_that_cannot_be_shown_are_told(team: Team, words: str) -> None:
    told = notice(await team.type(f"/history {ASIN} {words}"))
    assert told.startswith("Choose 1 to 400 days")


async def test_a_product_that_is_not_watched_is_told(team: Team) -> None:
    assert "is not watched" in notice(await team.type("/history B0NOTWATCH"))


async def test_the_chart_comes_to_the_channel_with_its_numbers_in_words(team: Team) -> None:
    await sold(team)
    [reply] = await team.type(f"/history {ASIN} US 30")
    assert isinstance(reply, Post)
    button = reply.card.buttons[0]
    assert notice(await team.press(button.action, button.ref, BEN)).startswith("The chart will")
    await team.work()
    [posted] = [each for key, each in team.chat.messages.items() if key.startswith("pictures/")]
    [file] = posted.files
    assert file.name == f"prices-{KEY}-30-1.png"
    assert "Our price: 49.90 now" in file.alt
    [chart] = team.printer.charts
    assert isinstance(chart, Curves)


async def test_the_picture_shows_lines_holders_and_gaps(team: Team) -> None:
    await sold(team)
    chart = await drawn(team)
    ours, lowest, _ = chart.curves
    assert [[value for _, value in way] for way in ours.ways] == [[49.9, 47.9, 47.9], [49.9, 49.9]]
    assert [[value for _, value in way] for way in lowest.ways] == [[49.9, 47.9, 47.9], [39.9] * 2]
    assert [phase.kind for phase in chart.phases] == [PhaseKind.GOOD, PhaseKind.LOUD]
    [(begin, end)] = chart.gaps
    assert begin == ours.ways[0][-1][0]
    assert end == ours.ways[1][0][0]
    assert chart.marks[0][0] == 0
    assert "Our price: 49.90 now" in spoken(chart)


async def test_a_picture_of_many_changes_keeps_their_peaks(team: Team) -> None:
    for number in range(1000):
        price = 99 if number == 500 else 40 + number % 7
        await team.look(offer(OWN, str(price)))
        team.clock.advance(minutes=20)
    [way] = (await drawn(team)).curves[0].ways
    assert len(way) <= 4 * SLOTS + 1
    assert max(value for _, value in way) == 99
    assert [x for x, _ in way] == sorted(x for x, _ in way)


async def test_the_rows_are_the_changes_newest_first(team: Team) -> None:
    await sold(team)
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch
    rows = list(price_lines(await price_history(team.app, watch, timedelta(days=90))))
    assert [(row.ours, row.lowest, row.holder, row.sellers) for row in rows] == [
        ("49.90", "39.90", "unknown seller", "2"),
        ("-", "-", "not checked", "-"),
        ("47.90", "47.90", "us", "1"),
        ("49.90", "49.90", "us", "1"),
    ]
