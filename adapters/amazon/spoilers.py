"""Requests about many products of which one may spoil it for all (facts: issues 2894 and 2543)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.errors import LoginError, Refused, SourceError, Unavailable

AT_ONCE = Operation.SEARCH_CATALOG.products
"""Identifiers in one request."""
GIVEN_UP = 3
"""Requests in a row that fail; then the rest is left for another time."""
MOST_ALONE = 20
"""Products that are asked alone at one time."""
LEFT = "Not checked this time: too many products had to be asked for alone."
REMEMBERED = 10_000
"""Products that are known to spoil a request."""

T = TypeVar("T")
Fetch = Callable[[list[str]], Awaitable[Mapping[str, T]]]
"""Asks one request about some products; what the answer does not mention is absent."""


@dataclass
class Outcome(Generic[T]):
    """What several requests told, and which products no request that was answered asked for."""

    found: dict[str, T] = field(default_factory=dict)
    failed: dict[str, SourceError] = field(default_factory=dict)


class Spoilers:
    """Asks about products, and remembers which of them spoil a request.

    Amazon refuses a whole request for one product that it does not like. Such a request is asked
    again in halves, until that product stands alone; from then on it is asked alone, and after all
    others. What else fails costs its own products only.
    """

    def __init__(self) -> None:
        """Begin with no product known to spoil a request."""
        self._spoiling: dict[tuple[str, str], None] = {}

    async def ask(self, asins: Iterable[str], market: Marketplace, fetch: Fetch[T]) -> Outcome[T]:
        """Ask about the products, in as many requests as that takes.

        Raises:
            SourceError: Amazon answered nothing at all.
        """
        wanted = list(dict.fromkeys(asins))
        waiting = self._requests(wanted, market)
        outcome: Outcome[T] = Outcome()
        errors: list[SourceError] = []
        asked: set[str] = set()
        in_a_row = answered = alone = 0
        # Where nothing is answered and so many are refused alone, the cause is not a product.
        while waiting and in_a_row < GIVEN_UP and (answered or alone < AT_ONCE):
            some = waiting.pop(0)
            try:
                outcome.found |= await fetch(some)
            except Refused as error:
                errors.append(error)
                alone += len(some) == 1
                outcome.failed |= dict.fromkeys(some, error)
                waiting = [*self._halves(some, market), *waiting]
            except SourceError as error:
                errors.append(error)
                outcome.failed |= dict.fromkeys(some, error)
                # Without access the next request fails as well.
                in_a_row = GIVEN_UP if isinstance(error, LoginError) else in_a_row + 1
            else:
                answered += 1
                in_a_row = 0
                asked.update(some)
                self._told(some, market)
        if errors and not answered:
            raise errors[0]
        left = errors[-1] if errors and waiting else Unavailable(LEFT)
        outcome.failed = {
            asin: outcome.failed.get(asin) or left for asin in wanted if asin not in asked
        }
        return outcome

    def _requests(self, wanted: list[str], market: Marketplace) -> list[list[str]]:
        """Return what is asked together, and then what is asked alone."""
        alone = [asin for asin in wanted if (market.code, asin) in self._spoiling]
        others = [asin for asin in wanted if (market.code, asin) not in self._spoiling]
        together = [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
        return [*together, *([asin] for asin in alone[:MOST_ALONE])]

    def _told(self, asins: list[str], market: Marketplace) -> None:
        for asin in asins:
            self._spoiling.pop((market.code, asin), None)

    def _halves(self, asins: list[str], market: Marketplace) -> list[list[str]]:
        """Part a request that was refused; one product alone is what spoiled it."""
        if len(asins) > 1:
            half = (len(asins) + 1) // 2
            return [asins[:half], asins[half:]]
        self._spoiling[market.code, asins[0]] = None
        while len(self._spoiling) > REMEMBERED:
            del self._spoiling[next(iter(self._spoiling))]
        return []
