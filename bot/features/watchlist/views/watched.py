"""What is answered to a new watch: the product as it was just seen, or that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Card, Confirm, Field, Style, Tone
from bot.core.interface import together, tr
from bot.core.listing import Offer, Watch
from bot.core.marketplaces import Marketplace
from bot.core.text import at_word, one_line
from bot.core.views.context import NAME, ViewContext, field
from bot.features.watchlist.rules.wanted import LONGEST_SKU
from bot.features.watchlist.views.conditions import conditions_of
from bot.features.watchlist.views.offers import OffersSeen, fulfilled

CORRECT, ANYWAY = "correct-watch", "watch-anyway"
"""What the buttons of a watch do whose product Amazon does not know."""
NAMED = 5
"""So many unknown sellers are named; the rest is counted."""

CHECK_IT = "Check the ASIN and the marketplace."
KEEPS_ASKING = "Brandwarden keeps asking. /health lists the product until Amazon knows it."


def named_there(watch: Watch) -> str:
    """Name the product and its shop."""
    return f"{watch.asin} on amazon.{Marketplace.named(watch.marketplace).domain}"


def unwatch_confirm(watch: Watch) -> Confirm:
    """Ask before a product is watched no longer."""
    return Confirm(
        title="Stop watching?",
        text=f"{at_word(watch.name, NAME)}, {named_there(watch)}, will raise no more alerts. Its "
        "cases are kept. You can undo this for 10 minutes.",
        yes="Stop watching",
    )


def understood(watch: Watch) -> str:
    """Say what was understood besides the product."""
    sku = one_line(watch.sku, LONGEST_SKU)
    checked = ""
    if watch.new_only:
        checked = tr("Offers checked: {conditions}.", conditions=conditions_of(watch))
    return together(f"Price floor: {watch.floor or 'none'}. SKU: {sku or 'none'}.", checked)


def corrected(wrong: Watch | None) -> str:
    """Say that another watch was ended; nothing where none was."""
    return f"{named_there(wrong)} is no longer watched." if wrong else ""


def watched_card(
    watch: Watch, seen: OffersSeen, picture: str, view: ViewContext, wrong: Watch | None
) -> Card:
    """Show the product as it was just seen; ``wrong``: the watch in whose place it is watched."""
    body = [corrected(wrong), seen.unseen]
    if seen.strangers:
        body.append("Brandwarden posts a case for each unknown seller to the channel.")
    elif seen.whole:
        body.append("No unknown seller now.")
    link = view.links.product(watch.marketplace, watch.asin)
    return Card(
        title=f"Watching {at_word(watch.name, NAME)}",
        body="\n".join(filter(None, body)),
        tone=seen.tone,
        image=picture,
        fields=(
            *_understood(watch),
            field("Buy Box", seen.buy_box),
            field("Your offer", _own_offer(seen)),
            field("Sellers now", _sellers(seen)),
        ),
        buttons=(Button(label="Open the listing", url=link),),
        footer=f"{watch.asin} · {watch.marketplace} · last check",
        footer_at=seen.snapshot.at,
    )


def unknown_card(watch: Watch, wrong: Watch | None) -> Card:
    """Say that Amazon does not know the product, and ask what to do."""
    return Card(
        title=f"Amazon does not know {named_there(watch)}",
        body="\n".join(
            filter(
                None,
                (
                    corrected(wrong),
                    f"{CHECK_IT} A new product can take time to show up.",
                    KEEPS_ASKING,
                ),
            )
        ),
        tone=Tone.WARNING,
        fields=_understood(watch),
        buttons=(
            Button(label="Correct it", action=CORRECT, ref=watch.key, style=Style.PRIMARY),
            Button(label="Watch anyway", action=ANYWAY, ref=watch.key),
        ),
    )


def anyway_card(watch: Watch) -> Card:
    """Say what it means that an unknown product stays watched."""
    return Card(title=f"Watching {named_there(watch)}, unknown to Amazon", body=KEEPS_ASKING)


def _understood(watch: Watch) -> tuple[Field, ...]:
    return (
        field("Marketplace", f"amazon.{Marketplace.named(watch.marketplace).domain}"),
        field("Price floor", str(watch.floor or "none")),
        field("SKU", one_line(watch.sku, LONGEST_SKU) or "none"),
    )


def _own_offer(seen: OffersSeen) -> str:
    if not seen.own:
        return "Unknown: your seller ID is not set"
    ours = [offer for seller in sorted(seen.own) if (offer := seen.snapshot.cheapest_of(seller))]
    return " and ".join(map(_priced, ours)) or "none seen"


def _priced(offer: Offer) -> str:
    return f"{offer.cost} · {fulfilled(offer)}"


def _sellers(seen: OffersSeen) -> str:
    number = len(seen.sellers)
    if not number:
        return "none seen"
    strangers = sorted(seen.strangers)
    named = ", ".join([*strangers[:NAMED], *_more(strangers)])
    more = f"; {len(strangers)} unknown: {named}" if strangers else ""
    at_least = "at least " if seen.snapshot.unlisted else ""
    return f"{at_least}{number}{more}"


def _more(strangers: Sequence[str]) -> list[str]:
    left = len(strangers) - NAMED
    return [f"{left} more"] if left > 0 else []
