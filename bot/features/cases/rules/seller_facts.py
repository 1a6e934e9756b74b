"""What is kept of what a third party told of a seller, and when it is asked again. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core.seller_facts import SellerReading
from bot.core.text import folded
from bot.features.cases.models.seller_facts import SellerFacts, SharedTrait, UnreadFacts

FRESH = timedelta(days=7)
"""So long nobody is asked about the same seller again."""
AGAIN = timedelta(days=1)
"""So long not, where the source could not tell."""
OURS = 50
"""So many of our products in a storefront are named; all are counted."""
PLACE_LINES = 3
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_MARK_BYTES = 12
_LEAST_VAT = 6
_LEAST_PHONE = 7

_FORMS = re.compile(
    r"\b(?:ltd|limited|llc|llp|lp|inc|incorporated|corp|corporation|plc|gmbh|ggmbh|ug|ag|kg|ohg"
    r"|kgaa|bv|nv|vof|sarl|sas|sasu|eurl|sl|slu|srl|srls|spa|snc|oy|oyj|ab|aps|sa|as|sp z ?o ?o"
    r"|sro|doo|kft|uab|pty|pte|sdn bhd|kk|gk|co)\b"
    r"|有限|公司|株式会社|合同会社|有限会社",
    re.IGNORECASE,
)
"""Legal forms, without points and signs between their letters."""


def facts_of(
    reading: SellerReading,
    ours: Collection[str],
    at: datetime,
    *,
    source: str,
    simulated: bool,
) -> SellerFacts:
    """Return what is kept of a reading; ``ours`` are our products in the seller's storefront."""
    company = is_company(reading.business)
    sold = sorted(ours)
    return SellerFacts(
        seller=reading.seller,
        marketplace=reading.marketplace,
        source=source,
        simulated=simulated,
        read_at=at,
        told_at=reading.told_at,
        first_seen=reading.first_seen,
        name=reading.name,
        business=reading.business,
        company=company,
        place=_place(reading.address, company=company),
        address=reading.address if company else (),
        vat=reading.vat if company else "",
        rating=reading.rating,
        ratings=reading.ratings,
        rated_at=reading.rated_at,
        storefront=reading.storefront,
        storefront_at=reading.storefront_at,
        ours=tuple(sold[:OURS]),
        ours_in_all=len(sold),
        vat_mark=_vat_mark(reading.vat),
        business_mark=_business_mark(reading.business, reading.address),
        phone_mark=_phone_mark(reading.phone),
    )


def is_company(business: str) -> bool:
    """Tell whether a business name has a legal form; without one it may be a person's name."""
    words = re.sub(r"[.&/]", "", business)
    return _FORMS.search(" ".join(re.split(r"[\s,()-]+", words))) is not None


def asked_enough(facts: SellerFacts | None, unread: UnreadFacts | None, now: datetime) -> bool:
    """Tell whether nobody need be asked now; a clock that was ahead puts nothing off."""
    if unread is not None and abs(now - unread.at) < (FRESH if unread.unknown else AGAIN):
        return True
    return facts is not None and abs(now - facts.read_at) < FRESH


def mark_of(facts: SellerFacts, by: SharedTrait) -> tuple[str, str]:
    """Return the field that holds what shows a resemblance, and its value; empty: not known."""
    marks = {
        SharedTrait.VAT: ("vat_mark", facts.vat_mark),
        SharedTrait.BUSINESS: ("business_mark", facts.business_mark),
        SharedTrait.PHONE: ("phone_mark", facts.phone_mark),
    }
    name, value = marks[by]
    return name, value or ""


def _place(address: Sequence[str], *, company: bool) -> str:
    if company:
        return ", ".join(address[-PLACE_LINES:])
    last = address[-1] if address else ""
    return last if COUNTRY.fullmatch(last) else ""


def _vat_mark(vat: str) -> str | None:
    number = folded(vat)
    digits = {char for char in number if char.isdigit()}
    # Who writes none or only zeros has not said the same number.
    return _mark("vat", number) if len(number) >= _LEAST_VAT and len(digits) > 1 else None


def _business_mark(business: str, address: Sequence[str]) -> str | None:
    name, place = folded(business), folded(" ".join(address))
    # A country alone is no address.
    return _mark("business", f"{name} {place}") if name and len(address) > 1 else None


def _phone_mark(phone: str) -> str | None:
    digits = "".join(char for char in phone if char.isascii() and char.isdigit()).lstrip("0")
    return _mark("phone", digits) if len(digits) >= _LEAST_PHONE and len({*digits}) > 1 else None


def _mark(kind: str, text: str) -> str:
    """Return what the same text always gives: two are compared, and the text is not kept."""
    return hashlib.blake2b(f"{kind} {text}".encode(), digest_size=_MARK_BYTES).hexdigest()
