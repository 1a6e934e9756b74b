"""Amazon's own seller IDs: the offers that Amazon itself makes beside all others.

Amazon does not publish them. They are from public lists, as of 2026-11 (facts: Amazon's own retail
seller IDs): where several lists agree, an ID is likely right; where they disagree, or only one has
it, it is doubtful. So nothing is called Amazon's without 'as far as we know'.
"""

from __future__ import annotations

import msgspec

AS_OF = "2026-11"
"""When the lists were read."""

_LIKELY = """
US ATVPDKIKX0DER A2XZ7JICGUQ1CX A2L77EE7U53NWQ
CA A3DWYIK6Y9EEQB
MX AVDBXBAVVSXLQ
BR A1ZZFT5FULY4LN
UK A3P5ROKL5A1OLE
DE A3JWKAKR8XB7XF
FR A1X6FK5RDHNB96
IT A11IL2PNWYJU7H
ES A1AT7YVPFBWXBL
NL A17D2BRD4YMT0X
BE A3Q3FYJVX702M2
SE ANU9KP01APNAG
AE A2KKU8J8O8784X
SA A2XPWB6MYN7ZDK
JP AN1VRQENFRJN5
AU ANEGB3WVEVKZB
"""
_DOUBTFUL = """
PL A2R2221NX79QZP A5JH7MGCI556L
TR A1UNQM1SR2CHM A3IUCL7SEZP27A
IE A2QHQAREJ10JUZ
ZA A34KVLZUJN6MA
EG A1ZVRGNO5AYLOV
IN AT95IG9ONZD7S
SG ACT6OAM3OSC9S
"""


class AmazonSeller(msgspec.Struct, frozen=True):
    """Amazon itself, as a seller in one marketplace."""

    seller: str
    marketplace: str
    sure: bool
    """Several public lists agree."""

    @property
    def name(self) -> str:
        """What it is called in the middle of a sentence."""
        if self.sure:
            return "Amazon itself (as far as we know)"
        return f"{self.seller} (perhaps Amazon itself)"


def amazon_itself(seller: str, marketplace: str) -> AmazonSeller | None:
    """Return what is known if the seller is Amazon in the marketplace with that code; else None."""
    return _KNOWN.get((marketplace, seller))


def is_amazons(seller: str) -> bool:
    """Tell whether the ID is, perhaps, Amazon's own in any marketplace."""
    return seller in _ALL


def _read(table: str, *, sure: bool) -> list[AmazonSeller]:
    rows = [row.split() for row in table.split("\n") if row]
    return [AmazonSeller(seller, code, sure) for code, *sellers in rows for seller in sellers]


_KNOWN = {
    (each.marketplace, each.seller): each
    for each in (*_read(_LIKELY, sure=True), *_read(_DOUBTFUL, sure=False))
}
_ALL = frozenset(seller for _, seller in _KNOWN)
