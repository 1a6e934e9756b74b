"""Dossiers to print: a light one with three pictures, and one with 30 offers and 40 pictures."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from PIL import Image, ImageDraw

from bot.core.findings import Fact, Severity
from bot.errors import StoreError
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.models.sales import Sales
from bot.features.reports.models.dossier import (
    CustodyLine,
    Dossier,
    Exhibit,
    Moment,
    OfferRow,
)

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ASIN = "B0ALDER001"
STATEMENT = """To the Brand Registry team,

We own the trademark ALDER & FINCH (EUIPO 018123456, class 21, registered). The offer of
NORDLICHT TRADE on ASIN B0ALDER001 uses it for goods that we did not make.

On 12 November 2026 we bought one unit from this seller (order 302-1112223-4445556). It arrived
on 15 November. What we observed:
- The base has no engraved batch number; every unit of ours has one since 2019.
- The box shows the old address of our company, which we left in 2021.
- The glaze has a green cast; the genuine product beside it is in exhibit E-3.

Our head of production compared both units on 16 November and signed the note in exhibit E-4.

We ask you to remove this offer. We confirm in good faith that the above is accurate."""


class Shelf:
    """Pictures by SHA-256, as the evidence gives them."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        self.contents[digest] = content
        return digest

    async def read(self, digest: str) -> bytes:
        if digest not in self.contents:
            message = f"The evidence {digest} is not there."
            raise StoreError(message)
        return self.contents[digest]


def photo(seed: int, size: tuple[int, int] = (1200, 900), form: str = "JPEG") -> bytes:
    dice = random.Random(seed)
    width, height = size
    image = Image.new("RGB", size, (dice.randint(170, 225), dice.randint(165, 215), 190))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.7, width, height), fill=(122, 98, 76))
    left, top = width * dice.uniform(0.25, 0.4), height * dice.uniform(0.15, 0.3)
    glaze = (dice.randint(40, 120), dice.randint(90, 140), dice.randint(90, 160))
    draw.rounded_rectangle((left, top, left + width * 0.3, height * 0.85), width / 20, glaze)
    draw.ellipse((left, top - height * 0.05, left + width * 0.3, top + height * 0.06), "#ddd")
    draw.text((left + 9, height / 2), f"ALDER & FINCH {seed}", "white", font_size=width / 34)
    return encoded(image, form)


def page(seed: int) -> bytes:
    """Draw something that looks like an offer's page in a browser, with a strip below."""
    image = Image.new("RGB", (1280, 960), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1280, 60), "#232f3e")
    draw.rectangle((40, 110, 480, 640), "#e9e2d8")
    draw.text((540, 120), "Alder & Finch stoneware jug, 1 l", "black", font_size=34)
    draw.text((540, 180), f"EUR {29 + seed}.90    Sold by NORDLICHT TRADE", "#b12704", font_size=26)
    for row in range(12):
        draw.rectangle((540, 250 + row * 34, 1100 - row * 13 % 200, 264 + row * 34), "#ccc")
    draw.rectangle((0, 900, 1280, 960), "#111")
    draw.text((20, 918), "https://example.test/dp/B0ALDER001  2026-11-10", "white", font_size=20)
    return encoded(image, "PNG")


def encoded(image: Image.Image, form: str) -> bytes:
    target = io.BytesIO()
    image.save(target, form)
    return target.getvalue()


def exhibit(shelf: Shelf, place: int, kind: EvidenceKind, caption: str, content: bytes) -> Exhibit:
    digest = shelf.keep(content)
    facts = (
        Fact("Added", "2026-11-16 09:12:44 UTC"),
        Fact("By", "Brandwarden" if kind is EvidenceKind.CAPTURE else "Mara Lindqvist"),
        Fact("SHA-256", digest),
    )
    return Exhibit(
        label=f"E-{place}", kind=kind.label, caption=caption, facts=facts, picture=digest
    )


def offer(seller: str, price: str, *, ours: bool = False, accused: bool = False) -> OfferRow:
    fulfilment = "Amazon" if ours else "the seller"
    return OfferRow(
        asin=ASIN,
        seller=seller,
        price=price,
        shipping="EUR 0.00",
        fulfilment=fulfilment,
        ours=ours,
        accused=accused,
    )


def sold(days: int, since: int, until: int) -> Sales:
    dice = random.Random(7)
    first = date(2026, 10, 20)
    units = [dice.randint(11, 19) - (7 if since <= day <= until else 0) for day in range(days)]
    return Sales(
        days=tuple((first + timedelta(days=day), sold) for day, sold in enumerate(units)),
        since=first + timedelta(days=since),
        until=first + timedelta(days=until),
        sentence="Before the other seller came we sold 15.1 units a day, and 8.2 while it was "
        "there. This shows what happened at the same time; it does not show why.",
    )


def moments() -> tuple[Moment, ...]:
    day = timedelta(days=1)
    first = AT - 13 * day
    return (
        Moment(first, "A seller nobody knows: NORDLICHT TRADE on B0ALDER001", "", Severity.WARNING),
        Moment(first + day / 24, "Taken by Mara Lindqvist", "Mara Lindqvist"),
        Moment(first + day / 20, "The offer's page was captured (E-1)"),
        Moment(first + 1.4 * day, "NORDLICHT TRADE holds the Buy Box", "", Severity.CRITICAL),
        Moment(first + 6 * day, "Photos of what arrived (E-2) and of ours (E-3)", "Mara Lindqvist"),
        Moment(first + 12 * day, "R-3 drafted", "Mara Lindqvist"),
        Moment(first + 12.9 * day, "R-3 confirmed", "Jon Aasen"),
    )


def custody(count: int) -> tuple[CustodyLine, ...]:
    return tuple(
        CustodyLine(
            number,
            f"{AT - timedelta(hours=count - number):%Y-%m-%dT%H:%M:%S+00:00}",
            "Brandwarden" if number % 3 == 1 else "Mara Lindqvist (U024BE7LH)",
            "captured" if number % 3 == 1 else "taken in",
            f"E-{number} Photo of the seller's product",
            sha256(str(number).encode()).hexdigest(),
        )
        for number in range(1, count + 1)
    )


def dossier(
    offers: tuple[OfferRow, ...], exhibits: tuple[Exhibit, ...], **others: object
) -> Dossier:
    fields: dict[str, object] = {
        "brand": "Alder & Finch",
        "case": "C-12",
        "report": "R-3",
        "title": "Counterfeit, shown by a test buy",
        "recommendation": "Report a Violation (Brand Registry)",
        "made_at": AT,
        "simulated": True,
        "summary": (
            Fact("Claim", "Counterfeit, shown by a test buy"),
            Fact("Marketplace", "DE"),
            Fact("Product", f"{ASIN} Alder & Finch stoneware jug, 1 l, moss green"),
            Fact("Seller", "A2NORDLICHT7Q"),
            Fact("Right", "Trademark EU 018123456 ALDER & FINCH, owned by Alder & Finch GmbH"),
            Fact("Case opened", "2026-11-10 10:00 UTC"),
            Fact("Drafted by", "Mara Lindqvist"),
            Fact("Confirmed by", "Jon Aasen"),
        ),
        "statement": STATEMENT,
        "offers": offers,
        "moments": moments(),
        "exhibits": exhibits,
        "sales": sold(35, 21, 33),
        "custody": custody(9),
        "unseen": (
            "Amazon counts 2 more offers of B0ALDER001 than it lists.",
            "No outside authority confirmed the times. They come from this program.",
        ),
        "seal": sha256(b"seal").hexdigest(),
    }
    return Dossier(**(fields | others))  # type: ignore[arg-type]


OFFERS = (
    offer("Alder & Finch", "EUR 39.90", ours=True),
    offer("NORDLICHT TRADE", "EUR 30.90", accused=True),
    offer("Küchenhaus Weber", "EUR 41.00"),
    offer("Amazon Resale", "EUR 33.12"),
)


def light(shelf: Shelf) -> Dossier:
    words = Exhibit(
        label="E-4",
        kind=EvidenceKind.TEST_BUY.label,
        caption="Compared side by side at our works",
        facts=(
            Fact("Added", "2026-11-16 10:02:10 UTC"),
            Fact("Order", "302-1112223-4445556, ordered 2026-11-12"),
            Fact("Observed", "No batch number; the old address; a green cast in the glaze."),
            Fact("SHA-256", sha256(b"words").hexdigest()),
        ),
    )
    pictures = (
        exhibit(shelf, 1, EvidenceKind.CAPTURE, "The offer on 10 November", page(1)),
        exhibit(shelf, 2, EvidenceKind.RECEIVED, "What arrived", photo(2)),
        exhibit(shelf, 3, EvidenceKind.GENUINE, "Ours, batch 2026-07", photo(3, (900, 1200))),
    )
    return dossier(OFFERS, (*pictures, words))


def heavy(shelf: Shelf) -> Dossier:
    """Return a dossier with 30 offers and 40 pictures of every kind and size."""
    sizes = ((1200, 900), (900, 1200), (240, 180), (3000, 800), (64, 64))
    exhibits = [
        exhibit(
            shelf,
            place,
            EvidenceKind.CAPTURE if place % 8 == 1 else EvidenceKind.RECEIVED,
            f"Unit {place}, seen from another side",
            page(place)
            if place % 8 == 1
            else photo(place, sizes[place % 5], ("JPEG", "PNG", "WEBP")[place % 3]),
        )
        for place in range(1, 41)
    ]
    broken = photo(99, form="PNG")
    exhibits[11] = exhibit(shelf, 12, EvidenceKind.RECEIVED, "Damaged", broken[: len(broken) // 2])
    sellers = ["山田商店", "متجر النور", "Ω-Торговля", '#import "x" *bold* $x^2$ @ref ]', "x" * 90]
    named = [offer(name, f"EUR {20 + place}.90") for place, name in enumerate(sellers)]
    many = [offer(f"Seller {place}", f"EUR {30 + place}.00") for place in range(23)]
    span = timedelta(hours=7)
    happened = [
        Moment(AT - span * (60 - place * place / 60), f"Reading {place}: price changed", "")
        for place in range(60)
    ]
    return dossier(
        (*OFFERS[:2], *named, *many),
        tuple(exhibits),
        moments=tuple(happened),
        custody=custody(60),
        stamped="freetsa.org",
        sales=sold(120, 30, 80),
    )
