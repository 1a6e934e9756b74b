"""A product's readings, told one after the other, and what the rules say to each."""

from __future__ import annotations

from decimal import Decimal

from bot.core.findings import Finding, RuleContext
from bot.core.history import History
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.money import Money
from checks.offers import evaluate
from tests.strategies import OWN, PERIOD, START, STRANGERS, TRUSTED

STRANGER, OTHER, _ = STRANGERS


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def offer(
    seller: str,
    price: str = "18.70",
    *,
    currency: str = "USD",
    shipping: str = "0",
    fba: bool | None = None,
    rating: tuple[int, int] | None = None,
) -> Offer:
    count, percent = rating or (None, None)
    return Offer(
        seller=seller,
        price=Money(Decimal(price), currency),
        shipping=Money(Decimal(shipping), currency),
        fba=fba,
        feedback_count=count,
        positive_percent=percent,
    )


OURS = offer(OWN, "24.99")


def many(count: int) -> tuple[Offer, ...]:
    """Return offers of as many trusted sellers, dearer than ours."""
    return tuple(offer(TRUSTED, f"{30 + number}") for number in range(count))


class Story:
    """A watched product. Each reading comes ten minutes after the last."""

    def __init__(self, *, floor: Money | None = None, daily_units: int | None = None) -> None:
        self.watch = Watch(
            asin="B0WALNUTBL",
            marketplace="US",
            title="Walnut Salad Bowl",
            floor=floor,
            daily_units=daily_units,
            added_at=START,
        )
        self.own = frozenset({OWN})
        self.trusted = frozenset({TRUSTED})
        self.at = START
        self.known = History(key=self.watch.key)

    def read(
        self, *offers: Offer, hidden: int = 0, holders: tuple[str, ...] | None = (OWN,)
    ) -> list[Finding]:
        """Judge one more reading."""
        return self.evaluate(
            Snapshot(
                asin=self.watch.asin,
                marketplace=self.watch.marketplace,
                at=self.at,
                offers=offers,
                total=len(offers) + hidden,
                holders=holders,
            )
        )

    def evaluate(self, snapshot: Snapshot) -> list[Finding]:
        before = self.known
        self.known = before.apply(snapshot, self.watch.floor)
        self.at = snapshot.at + PERIOD
        return evaluate(
            RuleContext(
                watch=self.watch,
                snapshot=snapshot,
                before=before,
                now=self.known,
                own=self.own,
                trusted=self.trusted,
            )
        )

    def false_zero(self) -> list[Finding]:
        """Judge a reading that shows nothing at all."""
        return self.read(holders=())


def of(signal: str, findings: list[Finding], *, ended: bool = False) -> list[Finding]:
    """Return what was raised, or ended, of one signal."""
    return [one for one in findings if one.signal == signal and one.ended == ended]


def facts(finding: Finding) -> dict[str, str]:
    return {fact.label: fact.value for fact in finding.facts}
