"""A product's prices over time: in a sentence, as a picture, and as rows of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from bot.core.cards import Button, Card, Field, Tone
from bot.core.charts import Curve, Curves, Phase, PhaseKind
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.price_history import BuyBoxHolder, PriceState, as_money
from bot.core.team import Team
from bot.core.text import at_word
from bot.core.views.context import NAME, ViewContext, field
from bot.core.when import day, moment
from bot.features.watchlist.models.price_histories import PriceHistory
from bot.features.watchlist.models.price_queries import PriceLine
from bot.features.watchlist.rules.price_curves import gaps, held, holders, shown_since, ways

SHOW = "price-history"
"""The action of the button that shows a product's prices."""
POST = "post-prices"
"""The action of the button that posts the picture to the channel."""
LATEST = 6
"""Changes that a card shows."""
SHORT = timedelta(days=3)
"""In less time, the picture's axis says the hour, too."""
TICKS = 3
KINDS = {
    BuyBoxHolder.OURS: PhaseKind.GOOD,
    BuyBoxHolder.KNOWN: PhaseKind.CALM,
    BuyBoxHolder.UNKNOWN: PhaseKind.LOUD,
    BuyBoxHolder.NOBODY: PhaseKind.HOLLOW,
}
NONE = "-"
"""Stands where there is no price."""


def prices_button(watch: Watch) -> Button:
    """Return the button that shows the product's prices."""
    return Button(label=tr("Price history"), action=SHOW, ref=watch.key)


def holder_words(holder: BuyBoxHolder) -> str:
    """Say who held the Buy Box."""
    match holder:
        case BuyBoxHolder.OURS:
            return tr("us")
        case BuyBoxHolder.KNOWN:
            return tr("known seller")
        case BuyBoxHolder.UNKNOWN:
            return tr("unknown seller")
        case BuyBoxHolder.NOBODY:
            return tr("no one")
        case BuyBoxHolder.UNTOLD:
            return tr("not told")
        case BuyBoxHolder.UNCHECKED:
            return tr("not checked")


def price_lines(history: PriceHistory) -> Iterator[PriceLine]:
    """Give the changes as rows, the newest first."""
    for change in reversed(history.changes):
        state = change.state
        yield PriceLine(
            at=change.at,
            ours=_figure(state.ours, history.currency),
            lowest=_figure(state.lowest, history.currency),
            buy_box=_figure(state.buy_box, history.currency),
            holder=holder_words(state.holder),
            sellers=NONE if state.sellers is None else str(state.sellers),
            checked=state.checked,
        )


def price_summary(history: PriceHistory, team: Team) -> str:
    """Say who holds the Buy Box, since when, and how much of the time it was ours."""
    now = history.now
    if not history.changes:
        return tr("No prices are known yet: each change is kept from the first check on.")
    if now is None:
        last = history.changes[-1].at
        return tr("Not checked since {moment}.", moment=moment(last, team))
    told = [_holds(now, _held_since(history), history.currency, team)]
    percent = held(history)
    if percent is not None:
        told.append(tr("Of the time checked, it was ours {percent}%.", percent=percent))
    return " ".join(told)


def _holds(now: PriceState, since: datetime, currency: str, team: Team) -> str:
    at = moment(since, team)
    if now.holder is BuyBoxHolder.UNTOLD:
        return tr("Amazon's last answer does not tell who holds the Buy Box.")
    who = holder_words(now.holder)
    if now.buy_box is None:
        return tr("Buy Box since {moment}: {who}.", moment=at, who=who)
    price = str(as_money(now.buy_box, currency))
    return tr("Buy Box since {moment}: {who}, now at {price}.", moment=at, who=who, price=price)


def _held_since(history: PriceHistory) -> datetime:
    """Return since when the Buy Box is held as it is now, as far as it was checked."""
    since, holder = history.until, history.changes[-1].state.holder
    for change in reversed(history.changes):
        if change.state.holder is not holder:
            break
        since = change.at
    return since


def price_card(history: PriceHistory, days: int, view: ViewContext) -> Card:
    """Show the present prices, their range, and the latest changes."""
    name = at_word(history.watch.name, NAME)
    return Card(
        title=tr("Price history: {product}", product=name),
        body=price_summary(history, view.team),
        tone=_tone(history),
        fields=(*_ranges(history), *_latest(history, view)),
        buttons=(
            *([_post(history, days)] if history.changes else []),
            Button(
                label=tr("Open the listing"),
                url=view.links.product(history.watch.marketplace, history.watch.asin),
            ),
        ),
        footer=tr(
            "{asin} · {market} · last {days} days",
            asin=history.watch.asin,
            market=history.watch.marketplace,
            days=days,
        ),
    )


def _post(history: PriceHistory, days: int) -> Button:
    return Button(label=tr("Post chart to channel"), action=POST, ref=f"{history.watch.key} {days}")


def _tone(history: PriceHistory) -> Tone:
    now = history.now
    if now is None or now.holder is BuyBoxHolder.UNTOLD:
        return Tone.QUIET
    return Tone.GOOD if now.holder is BuyBoxHolder.OURS else Tone.WARNING


def _ranges(history: PriceHistory) -> list[Field]:
    shown = (
        field(label, range_words([getattr(each.state, name) for each in history.changes], history))
        for label, name in _prices()
    )
    return list(shown) if history.changes else []


def range_words(values: Sequence[int | None], history: PriceHistory) -> str:
    """Say what a price is now, and between which it was."""
    known = [value for value in values if value is not None]
    if not known:
        return tr("none seen")
    least, most = (_figure(each, history.currency) for each in (min(known), max(known)))
    now = values[-1] if history.now is not None else None
    if now is None:
        return least if least == most else tr("{least} to {most}", least=least, most=most)
    price = _figure(now, history.currency)
    if least == most:
        return price
    return tr("{price} now; {least} to {most}", price=price, least=least, most=most)


def _latest(history: PriceHistory, view: ViewContext) -> Iterator[Field]:
    for number, line in enumerate(price_lines(history)):
        if number == LATEST:
            return
        says = line.holder
        if line.checked:
            says = tr(
                "ours {ours} · lowest {lowest} · Buy Box {price} ({who}) · sellers {sellers}",
                ours=line.ours,
                lowest=line.lowest,
                price=line.buy_box,
                who=line.holder,
                sellers=line.sellers,
            )
        yield field(view.clock(line.at), says, wide=True)


def price_chart(history: PriceHistory, team: Team) -> Curves:
    """Draw it; speak English, for the letters that charts are set in."""
    return Curves(
        title=tr("Price history: {product}", product=at_word(history.watch.name, NAME)),
        says=price_summary(history, team),
        curves=tuple(
            Curve(
                label=label,
                note=range_words([getattr(each.state, name) for each in history.changes], history),
                ways=ways(history, attrgetter(name)),
            )
            for label, name in _prices()
        )
        if history.changes
        else (),
        band=tr("Buy Box"),
        phases=tuple(
            Phase(begin, end, holder_words(holder), KINDS[holder])
            for begin, end, holder in holders(history)
            if holder in KINDS
        ),
        gaps=tuple(gaps(history)),
        gap=tr("Not checked"),
        marks=tuple(_marks(history, team)),
        unit=history.currency,
    )


def _prices() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Our price"), "ours"),
        (tr("Lowest price"), "lowest"),
        (tr("Buy Box price"), "buy_box"),
    )


def _marks(history: PriceHistory, team: Team) -> Iterator[tuple[float, str]]:
    since = shown_since(history)
    whole = history.until - since
    for tick in range(TICKS + 1):
        at = since + tick * whole / TICKS
        yield tick / TICKS, moment(at, team) if whole < SHORT else day(at, team)


def _figure(price: int | None, currency: str) -> str:
    return NONE if price is None else as_money(price, currency).figure
