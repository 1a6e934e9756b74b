"""Our own offer is gone from a product that we sell, or Amazon shows no offer of it at all."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import AT_RISK, OWN_OFFER, TO_DO, Fact, Finding, RuleContext, Severity
from bot.core.history import CONFIRMATIONS, History, Presence
from bot.core.money import Money
from checks.offers import facts

WHAT_TO_DO = (
    "Check the offer in Seller Central: it may be out of stock, inactive, suppressed or blocked "
    "because of its price"
)


def own_offer_gone(context: RuleContext) -> Iterator[Finding]:
    """Find that our offer is gone, once two full readings agree, and that it is back.

    Where our offer was never seen, our SKU says that we sell the product: then it is news that
    nobody does. What we never sold is no news.
    """
    gone = is_gone(context, context.now)
    if gone and not context.own.intersection(context.snapshot.holders or ()):
        yield _raised(context)
    elif not gone and _was_gone(context):
        yield _ended(context)


def is_gone(context: RuleContext, known: History) -> bool:
    """Tell whether our offer was there, or should be, and is not, as far as that is known."""
    ours = facts.our_stays(context, known)
    if not ours:
        return bool(context.watch.sku) and _unsold(known)
    return all(stay.gone_at is not None for stay in ours)


def _was_gone(context: RuleContext) -> bool:
    """Tell whether it may have been gone before; the team may have taken the SKU away since."""
    sold_again = _unsold(context.before) and not _unsold(context.now)
    return sold_again or is_gone(context, context.before)


def _unsold(known: History) -> bool:
    return known.empty >= CONFIRMATIONS


def _raised(context: RuleContext) -> Finding:
    unsold, last = _unsold(context.now), _last(context)
    return Finding(
        signal=OWN_OFFER,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.WARNING,
        headline=f"{_headline(context)} (confirmed by two readings)",
        brief="no offers, including yours" if unsold else "your own offer is gone",
        # Who else sells there comes and goes, and is no news of ours.
        mark="gone",
        since=last.gone_at if last else None,
        facts=tuple(_facts(context, last)),
        daily_loss=_loss(context, last),
    )


def _headline(context: RuleContext) -> str:
    name = facts.name(context)
    if not _unsold(context.now):
        return f"Your own offer on {name} is gone"
    if context.watch.sku:
        # Asked for by our SKU, Amazon may say nothing of others.
        return f"Amazon shows no offers on {name} for your SKU {facts.sku(context)}"
    return f"Amazon shows no offers on {name}, including yours"


def _last(context: RuleContext) -> Presence | None:
    """Return which of our offers left last."""
    stays = [stay for stay in facts.our_stays(context, context.now) if stay.gone_at is not None]
    return max(stays, key=lambda stay: (stay.gone_at or stay.since, stay.seller), default=None)


def _facts(context: RuleContext, last: Presence | None) -> Iterator[Fact]:
    if context.watch.sku:
        yield Fact("Your SKU", facts.sku(context))
    if last is not None:
        price = str(last.landed) if last.landed else "unknown"
        yield facts.since("Your last price", price, last.landed_since)
    others = len({offer.seller for offer in context.snapshot.offers})
    yield Fact("Other sellers", str(others) if others else "none")
    if others:
        yield facts.buy_box(context, "")
    yield Fact(TO_DO, WHAT_TO_DO)
    loss = _loss(context, last)
    if loss is not None:
        yield Fact(AT_RISK, facts.a_day(context, loss))


def _loss(context: RuleContext, last: Presence | None) -> Money | None:
    units = context.watch.daily_units
    return last.landed.times(units) if last and last.landed and units is not None else None


def _ended(context: RuleContext) -> Finding:
    ours = facts.our_offer(context)
    name = facts.name(context)
    back = f"Your own offer on {name} is back"
    return Finding(
        signal=OWN_OFFER,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"{back} at {ours.landed}" if ours else f"Amazon shows offers on {name} again",
        ended=True,
        facts=(Fact("Your price", str(ours.landed) if ours else "not listed"),),
    )
