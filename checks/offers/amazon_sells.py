"""Amazon itself sells on our listing. It is no stranger who took it over."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.amazon_retail import AS_OF, AmazonSeller
from bot.core.findings import AMAZON, TO_DO, Fact, Finding, RuleContext, Severity
from bot.core.history import Presence
from bot.core.listing import Offer
from checks.offers import facts
from checks.offers.sellers import HOLDS, Hold, below, hold_of, is_deep, undercut

WHAT_TO_DO = (
    "Do not report this. Find out who supplies Amazon (you as a vendor, or one of your "
    "wholesalers) and agree on price and supply with them"
)
IF_IN_DOUBT = "Check the seller's page to see who this is before you act"


def amazon_sells(context: RuleContext) -> Iterator[Finding]:
    """Find that Amazon itself, as far as we know, offers the product, and that it has left."""
    for presence in context.now.presences:
        amazon = facts.amazon(context, presence.seller)
        if amazon is None or context.known(presence.seller):
            continue
        offer = context.snapshot.cheapest_of(presence.seller)
        if offer is not None:
            yield _raised(context, amazon, presence, offer)
        elif presence.gone_at is not None and context.before.present(presence.seller):
            yield _ended(context, amazon)


def _raised(
    context: RuleContext, amazon: AmazonSeller, presence: Presence, offer: Offer
) -> Finding:
    hold = hold_of(context, offer.seller)
    price = facts.landed(context, offer)
    percent = undercut(context, offer)
    terms = f"{price}{below(percent)}{HOLDS[hold]}"
    hurts = hold is Hold.ALONE or is_deep(percent)
    return Finding(
        signal=AMAZON,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.WARNING if hurts else Severity.INFO,
        headline=f"{_subject(amazon)} offers {facts.name(context)} at {terms}",
        brief=f"{'Amazon itself' if amazon.sure else 'perhaps Amazon itself'} at {price}",
        seller=offer.seller,
        mark=f"{price}, Buy Box {hold}",
        since=presence.since,
        facts=tuple(_facts(context, amazon, offer, hold)),
    )


def _facts(context: RuleContext, amazon: AmazonSeller, offer: Offer, hold: Hold) -> Iterator[Fact]:
    source = "several public lists" if amazon.sure else "public lists that disagree"
    yield Fact("Seller", f"{amazon.name} · {offer.seller}, according to {source} ({AS_OF})")
    yield Fact(TO_DO, WHAT_TO_DO if amazon.sure else IF_IN_DOUBT)
    yield Fact("Price", facts.price(offer, facts.our_offer(context)))
    yield facts.buy_box(context, offer.seller)
    if hold is Hold.ALONE:
        yield facts.cost(context)


def _ended(context: RuleContext, amazon: AmazonSeller) -> Finding:
    left = f"{_subject(amazon)} has left {facts.name(context)}"
    return Finding(
        signal=AMAZON,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"{left} (confirmed by two readings)",
        seller=amazon.seller,
        ended=True,
        facts=(Fact("Seller", amazon.name),),
    )


def _subject(amazon: AmazonSeller) -> str:
    """Return what begins a sentence: a doubtful one is called by its ID."""
    return amazon.name if amazon.sure else f"Seller {amazon.name}"
