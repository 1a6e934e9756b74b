"""Whether our SKUs belong to the products that they are used for."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

import msgspec

from bot.core.listing import Watch
from bot.errors import SkuRefused

AGAIN = timedelta(days=7)
"""So long after it was checked, a SKU is checked again: it may be moved to another product."""
SOON = timedelta(days=1)
"""The same for one that could not be checked, or that Amazon did not know: it may by now."""


class SkuVerdict(enum.StrEnum):
    """What is known of a watch's SKU."""

    RIGHT = "right"
    OTHER = "other"
    """It belongs to another product."""
    UNKNOWN = "unknown"
    """Amazon tells no offers for it."""
    UNSURE = "unsure"
    """It could not be checked: that says nothing for or against it."""


REFUSED = (SkuVerdict.OTHER, SkuVerdict.UNKNOWN)
"""Such a SKU is not used: the product is asked for by its ASIN."""


class SkuCheck(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of the latest check of a watch's SKU."""

    key: str
    """The watch's key."""
    sku: str
    """The SKU that was checked; the team may have corrected it since."""
    verdict: SkuVerdict
    at: datetime
    asin: str = ""
    """The other product that it belongs to."""
    why: str = ""
    """Why it could not be checked, for people."""
    told: str = ""
    """The verdict that the team was told."""

    @property
    def refused(self) -> bool:
        """Tell whether the SKU must not be used."""
        return self.verdict in REFUSED

    @property
    def news(self) -> bool:
        """Tell whether the team has to hear of it."""
        return self.refused and self.told != self.verdict

    def due(self, now: datetime) -> bool:
        """Tell whether it is time to check again, whatever happened to the clock meanwhile."""
        soon = self.verdict in (SkuVerdict.UNSURE, SkuVerdict.UNKNOWN)
        return abs(now - self.at) >= (SOON if soon else AGAIN)

    def of(self, watch: Watch) -> bool:
        """Tell whether it is about the SKU that the watch has now."""
        return bool(watch.sku) and self.sku == watch.sku

    @staticmethod
    def refusal(watch: Watch, error: SkuRefused, known: SkuCheck | None, now: datetime) -> SkuCheck:
        """Return that Amazon told no offers for the SKU, or those of another product."""
        verdict = SkuVerdict.OTHER if error.asin else SkuVerdict.UNKNOWN
        return SkuCheck(
            key=watch.key,
            sku=watch.sku,
            verdict=verdict,
            asin=error.asin,
            at=now,
            told=known.told if known and known.of(watch) else "",
        )

    @staticmethod
    def lookup(
        watch: Watch, asin: str | None, why: str, known: SkuCheck | None, now: datetime
    ) -> SkuCheck:
        """Return what our own listings say: the SKU's ASIN, or why they do not."""
        last = known if known and known.of(watch) else None
        check = SkuCheck(
            key=watch.key,
            sku=watch.sku,
            verdict=SkuVerdict.RIGHT if asin == watch.asin else SkuVerdict.OTHER,
            asin="" if asin == watch.asin else asin or "",
            at=now,
            told=last.told if last else "",
        )
        if asin:
            return check
        if last and last.verdict is SkuVerdict.OTHER:
            # What is known of it is not less true because nobody can look now.
            return msgspec.structs.replace(last, at=now)
        # A SKU that Amazon did not know is tried again: the listing may exist by now.
        return msgspec.structs.replace(check, verdict=SkuVerdict.UNSURE, why=why)
