"""One look at one product, on demand."""

from __future__ import annotations

from bot.core.amazon_retail import amazon_itself
from bot.core.cards import Button, Card, Field, Tone
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.text import at_word, one_line
from bot.core.views.context import NAME, ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago
from bot.errors import SourceError

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
) -> Card:
    """Show what was seen, or that nobody could look; ``kept``: by the last look, not a new one."""
    listing = Button(
        label="Open the listing", url=view.links.product(watch.marketplace, watch.asin)
    )
    name = at_word(watch.name, NAME)
    if isinstance(result, SourceError):
        return Card(
            title=f"Could not check: {name}",
            body=f"{one_line(str(result), 300)}\n"
            "This says nothing about the offers. It is tried again by itself.",
            tone=Tone.WARNING,
            buttons=(listing,),
        )
    sellers = {offer.seller for offer in result.offers} - own - trusted
    strangers = {each for each in sellers if not amazon_itself(each, result.marketplace)}
    buttons = [listing]
    if not watched:
        add = Button(label="Watch it", action="run", ref=f"watch {watch.asin} {watch.marketplace}")
        buttons.insert(0, add)
    return Card(
        title=f"{_verdict(result, strangers)}: {name}",
        body=" ".join(filter(None, (_age(result, view, kept=kept), _unseen(result)))),
        tone=_tone(result, strangers),
        fields=_fields(result, own, trusted),
        buttons=tuple(buttons),
        footer=f"{watch.asin} · {watch.marketplace} · looked at {view.clock(result.at)}",
    )


def _age(snapshot: Snapshot, view: ViewContext, *, kept: bool) -> str:
    if not kept:
        return ""
    return f"Seen {ago(snapshot.at, view.now)}. It is looked at again by itself."


def _tone(snapshot: Snapshot, strangers: set[str]) -> Tone:
    if strangers or snapshot.empty:
        return Tone.WARNING
    return Tone.INFO if snapshot.unlisted else Tone.GOOD


def _verdict(snapshot: Snapshot, strangers: set[str]) -> str:
    if snapshot.empty:
        return "No offers shown"
    if strangers:
        return counted(len(strangers), "unknown seller")
    return "No unknown seller listed" if snapshot.unlisted else "Clear"


def _unseen(snapshot: Snapshot) -> str:
    if snapshot.empty:
        return "An empty answer is sometimes wrong: it is looked at once more before it counts."
    if snapshot.unlisted:
        return (
            f"Amazon counts {snapshot.total:,} offers and lists {len(snapshot.offers)}: "
            "nobody can tell who the others are."
        )
    return ""


def _fields(snapshot: Snapshot, own: frozenset[str], trusted: frozenset[str]) -> tuple[Field, ...]:
    holders = snapshot.holders
    if holders is None:
        buy_box = "nobody can tell from this answer"
    else:
        # Us first, whatever our ID is.
        first = sorted(holders, key=lambda holder: holder not in own)
        buy_box = " and ".join(_who(snapshot, holder, own, trusted) for holder in first) or "nobody"
        buy_box = f"shared: {buy_box}" if len(holders) > 1 else buy_box
    shown = sorted(snapshot.offers, key=lambda offer: offer.landed.amount)
    fields = [field("Buy Box", buy_box)]
    fields += [
        field(_who(snapshot, offer.seller, own, trusted), _terms(offer)) for offer in shown[:OFFERS]
    ]
    if len(shown) > OFFERS:
        fields.append(field("More", f"{len(shown) - OFFERS} dearer offers"))
    return tuple(fields)


def _who(snapshot: Snapshot, seller: str, own: frozenset[str], trusted: frozenset[str]) -> str:
    if seller in own:
        return "You"
    amazon = amazon_itself(seller, snapshot.marketplace)
    if amazon is not None:
        return amazon.name
    return f"{seller} (trusted)" if seller in trusted else seller


def _terms(offer: Offer) -> str:
    by = {True: "FBA", False: "sent by the seller", None: "fulfilment not told"}[offer.fba]
    shipping = "with shipping" if offer.told else "shipping not told"
    return f"{offer.cost} {shipping} · {by}"
