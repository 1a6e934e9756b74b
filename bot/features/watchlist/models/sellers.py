"""Sellers, and where the team trusts them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import msgspec

from bot.core.permissions import Person

EVERYWHERE = "*"
"""Stands for all products in a list of ASINs."""


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """Where and how long a seller is to be trusted, besides where they are already."""

    seller: str
    authorised: tuple[str, ...] = ()
    """ASINs, or ``*`` for all products."""
    left_alone: tuple[str, ...] = ()
    until: datetime | None = None
    """When the authorization ends; None: never."""
    document: str = ""
    """The key of the rights document that it rests on."""
    document_name: str = ""

    def added_to(self, known: Seller) -> Seller:
        """Return the seller trusted there, too; what is said of a product replaces what was."""
        other = known.without(self.authorised)
        until = dict.fromkeys(self.authorised, self.until) if self.until else {}
        documents = dict.fromkeys(self.authorised, self.document) if self.document else {}
        return msgspec.structs.replace(
            known,
            authorised=_union(known.authorised, self.authorised),
            left_alone=_union(known.left_alone, self.left_alone),
            until={**other.until, **until},
            documents={**other.documents, **documents},
        )


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who sells on our listings, as the team sees them."""

    id: str
    authorised: tuple[str, ...] = ()
    """ASINs for which the team authorised them; ``*`` means all."""
    left_alone: tuple[str, ...] = ()
    """ASINs on which the team decided that they are a lawful reseller: no alert, no accusation."""
    until: dict[str, datetime] = {}
    """When the authorization ends, by the ASIN or ``*`` of ``authorised``; not there: never."""
    documents: dict[str, str] = {}
    """The key of the rights document that it rests on, by the same."""
    by: Person | None = None
    at: datetime | None = None

    def authorised_on(self, asin: str, at: datetime) -> bool:
        """Tell whether the team authorised them for this product, at that moment."""
        return any(
            product in self.authorised and not self._over(product, at)
            for product in (asin, EVERYWHERE)
        )

    def left_alone_on(self, asin: str) -> bool:
        """Tell whether the team decided that they are a lawful reseller of this product."""
        return asin in self.left_alone or EVERYWHERE in self.left_alone

    def trusted_on(self, asin: str, at: datetime) -> bool:
        """Tell whether the team wants no alert about them on this product, at that moment."""
        return self.left_alone_on(asin) or self.authorised_on(asin, at)

    def ended(self, at: datetime) -> tuple[str, ...]:
        """Return the products for which their authorization is over."""
        return tuple(product for product in self.authorised if self._over(product, at))

    def without(self, products: Collection[str]) -> Seller:
        """Return them authorised and left alone on these products no longer."""
        return msgspec.structs.replace(
            self,
            authorised=tuple(each for each in self.authorised if each not in products),
            left_alone=tuple(each for each in self.left_alone if each not in products),
            until={each: at for each, at in self.until.items() if each not in products},
            documents={each: key for each, key in self.documents.items() if each not in products},
        )

    def _over(self, product: str, at: datetime) -> bool:
        return product in self.until and at >= self.until[product]


def _union(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*known, *more}))
