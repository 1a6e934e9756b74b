"""What was seen of a product's offers, in words: each the same wherever it is shown."""

from __future__ import annotations

import msgspec

from bot.core.amazon_retail import amazon_itself
from bot.core.cards import Tone
from bot.core.listing import Offer, Snapshot


class OffersSeen(msgspec.Struct, frozen=True):
    """A snapshot, and whom of it we know."""

    snapshot: Snapshot
    own: frozenset[str]
    trusted: frozenset[str]

    @property
    def sellers(self) -> frozenset[str]:
        """Who sells it, as far as they are named; a holder of the Buy Box may not be listed."""
        listed = {offer.seller for offer in self.snapshot.offers}
        return frozenset(listed.union(self.snapshot.holders or ()))

    @property
    def strangers(self) -> frozenset[str]:
        """Who sells it that we do not know."""
        market = self.snapshot.marketplace
        others = self.sellers - self.own - self.trusted
        return frozenset(each for each in others if not amazon_itself(each, market))

    @property
    def whole(self) -> bool:
        """Tell whether it shows everybody who sells it, and who holds the Buy Box."""
        snapshot = self.snapshot
        return not (snapshot.empty or snapshot.unlisted or snapshot.holders is None)

    @property
    def tone(self) -> Tone:
        """How bad it is, as far as one look can tell."""
        if self.strangers or self.snapshot.empty:
            return Tone.WARNING
        return Tone.GOOD if self.whole else Tone.INFO

    @property
    def unseen(self) -> str:
        """Say what the answer does not show; nothing where it shows all."""
        if self.snapshot.empty:
            return (
                "An empty answer is sometimes wrong. It counts only if a second check confirms it."
            )
        if self.snapshot.unlisted:
            return (
                f"Amazon counts {self.snapshot.total:,} offers but lists only "
                f"{len(self.snapshot.offers)}. It does not show the other sellers."
            )
        return ""

    @property
    def buy_box(self) -> str:
        """Say who holds the Buy Box."""
        holders = self.snapshot.holders
        if holders is None:
            return "not in Amazon's answer"
        # Us first, whatever our ID is.
        first = sorted(holders, key=lambda holder: holder not in self.own)
        named = " and ".join(map(self.who, first)) or "no one"
        return f"shared: {named}" if len(holders) > 1 else named

    def who(self, seller: str) -> str:
        """Name a seller."""
        if seller in self.own:
            return "You"
        amazon = amazon_itself(seller, self.snapshot.marketplace)
        if amazon is not None:
            return amazon.name
        return f"{seller} (trusted)" if seller in self.trusted else seller


def fulfilled(offer: Offer) -> str:
    """Say who sends what the offer sells."""
    return {True: "FBA", False: "shipped by the seller", None: "fulfillment unknown"}[offer.fba]


def terms(offer: Offer) -> str:
    """Say what a buyer pays, and who sends it."""
    shipping = "with shipping" if offer.told else "shipping unknown"
    return f"{offer.cost} {shipping} · {fulfilled(offer)}"
