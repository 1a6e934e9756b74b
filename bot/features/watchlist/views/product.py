"""One look at one product, on demand."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Tone
from bot.core.interface import tr
from bot.core.listing import Snapshot, Watch
from bot.core.text import at_word, one_line
from bot.core.views.context import NAME, ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago
from bot.errors import SourceError, UnknownProduct
from bot.features.watchlist.views.conditions import other_choice
from bot.features.watchlist.views.offers import OffersSeen, terms
from bot.features.watchlist.views.price_history import prices_button
from bot.features.watchlist.views.watched import CHECK_IT, named_there

OFFERS = 6


def check_card(
    watch: Watch,
    result: Snapshot | SourceError,
    view: ViewContext,
    *,
    own: frozenset[str],
    trusted: frozenset[str],
    watched: bool,
    kept: bool = False,
    not_new: str = "",
) -> Card:
    """Show what was seen, or that nobody could look; ``kept``: by the last look, not a new one.

    ``not_new`` says which offers there are that are not new; empty: nobody looks for them.
    """
    listing = Button(
        label="Open the listing", url=view.links.product(watch.marketplace, watch.asin)
    )
    name = at_word(watch.name, NAME)
    if isinstance(result, UnknownProduct) and not watched:
        title = f"Amazon does not know {named_there(watch)}"
        return Card(title=title, body=CHECK_IT, tone=Tone.WARNING, buttons=(listing,))
    if isinstance(result, SourceError):
        return Card(
            title=f"Could not check: {name}",
            body=f"{one_line(str(result), 300)}\n"
            "The current offers are unknown. Brandwarden keeps trying.",
            tone=Tone.WARNING,
            buttons=(listing,),
        )
    seen = OffersSeen(result, own, trusted)
    buttons = [listing]
    if not watched:
        add = Button(label="Watch", action="run", ref=f"watch {watch.asin} {watch.marketplace}")
        buttons.insert(0, add)
    else:
        buttons.append(prices_button(watch))
        if not_new:
            buttons.append(other_choice(watch))
    return Card(
        title=f"{_verdict(seen)}: {name}",
        body=" ".join(filter(None, (_age(result, view, kept=kept), seen.unseen))),
        tone=seen.tone,
        fields=(
            *_fields(seen),
            *([field(tr("Used offers"), not_new, wide=True)] if not_new else []),
        ),
        buttons=tuple(buttons),
        footer=f"{watch.asin} · {watch.marketplace} · last check",
        footer_at=result.at,
    )


def _age(snapshot: Snapshot, view: ViewContext, *, kept: bool) -> str:
    if not kept:
        return ""
    return f"Checked {ago(snapshot.at, view.now)}. The next check runs automatically."


def _verdict(seen: OffersSeen) -> str:
    if seen.snapshot.empty:
        return "No offers shown"
    if seen.strangers:
        return counted(len(seen.strangers), "unknown seller")
    return "Clear" if seen.whole else "No unknown seller listed"


def _fields(seen: OffersSeen) -> tuple[Field, ...]:
    shown = sorted(seen.snapshot.offers, key=lambda offer: offer.landed.amount)
    fields = [field("Buy Box", seen.buy_box)]
    fields += [field(seen.who(offer.seller), terms(offer)) for offer in shown[:OFFERS]]
    if len(shown) > OFFERS:
        fields.append(field("More", counted(len(shown) - OFFERS, "more expensive offer")))
    return tuple(fields)
