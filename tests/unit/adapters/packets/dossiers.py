"""Dossiers to print: light ones, by claim, and one with 30 offers and 40 pictures."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import msgspec
from PIL import Image, ImageDraw

from bot.core.money import Money
from bot.core.spots import Spot
from bot.core.written import written_money
from bot.errors import StoreError
from bot.features.cases.models.profiles import SellerProfile
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import (
    CustodyLine,
    Dossier,
    DossierProduct,
    DossierSeller,
    Exhibit,
    Limit,
    LimitKind,
    Moment,
    MomentKind,
    OfferRow,
    OfferStay,
    Photo,
)
from bot.features.reports.rules.points import points_in, untold
from bot.features.reports.rules.wording import ReportedProduct, Subject
from bot.features.reports.texts.writing import (
    claim_and_request,
    evidence_name,
    matter_labels,
    report_text,
)
from bot.features.rights.models import BrandRight, BrandRightKind

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ASIN = "B0ALDER001"
ORDER = "302-1112223-4445556"
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


def exhibit(
    place: int, kind: EvidenceKind, caption: str = "", picture: str = "", **others: object
) -> Exhibit:
    fields: dict[str, object] = {
        "label": f"E-{place}",
        "kind": kind,
        "name": kind.label,
        "caption": caption,
        "at": AT - timedelta(days=7, minutes=-place),
        "who": "Brandwarden" if kind is EvidenceKind.CAPTURE else "Mara Lindqvist",
        "sha256": sha256(f"{place}".encode()).hexdigest(),
        "picture": picture,
    }
    return Exhibit(**(fields | others))  # type: ignore[arg-type]


def offer(seller: str, price: str, *, ours: bool = False, accused: bool = False) -> OfferRow:
    return OfferRow(
        asin=ASIN,
        seller=seller,
        price=price,
        shipping="EUR 0.00",
        ships_from="CN" if accused else "",
        fba=ours,
        positive_percent=67 if accused else 98,
        feedback_count=3 if accused else 12480,
        buy_box=ours,
        ours=ours,
        accused=accused,
    )


def moments() -> tuple[Moment, ...]:
    day = timedelta(days=1)
    first = AT - 13 * day
    return (
        Moment(at=first, kind=MomentKind.SEEN, about=ASIN),
        Moment(at=first + 0.2 * day, kind=MomentKind.BUY_BOX, about=ASIN),
        Moment(at=first + 1 * day, kind=MomentKind.ORDERED, about=ORDER, whole_day=True),
        Moment(at=first + 6 * day, kind=MomentKind.ARRIVED, about=ORDER, whole_day=True),
        Moment(at=first + 7 * day, kind=MomentKind.COMPARED, about="E-2, E-3"),
        Moment(at=first + 12.9 * day, kind=MomentKind.STILL_THERE, about=ASIN),
    )


def custody(count: int) -> tuple[CustodyLine, ...]:
    return tuple(
        CustodyLine(
            number=number,
            at=AT - timedelta(hours=count - number),
            who="Brandwarden" if number % 3 == 1 else "Mara Lindqvist (U024BE7LH)",
            deed=CustodyAction.CAPTURED if number % 3 == 1 else CustodyAction.TAKEN_IN,
            detail=f"E-{number} Photo of the seller's product",
            sha256=sha256(str(number).encode()).hexdigest(),
        )
        for number in range(1, count + 1)
    )


def dossier(
    offers: tuple[OfferRow, ...], exhibits: tuple[Exhibit, ...], **others: object
) -> Dossier:
    fields: dict[str, object] = {
        "language": "en",
        "brand": "Alder & Finch",
        "case": "C-12",
        "report": "R-3",
        "claim": Claim.COUNTERFEIT,
        "says": "We report a counterfeit product. We did not make it.",
        "asks": "We ask Amazon to remove this offer.",
        "site": "amazon.de",
        "made_at": AT,
        "simulated": True,
        "seller": SELLER,
        "products": (
            DossierProduct(
                asin=ASIN,
                title="Alder & Finch stoneware jug, 1 l, moss green",
                link=f"https://www.amazon.de/dp/{ASIN}?m={SELLER.id}",
            ),
        ),
        "right": RIGHT,
        "purchases": (PURCHASE,),
        "offer": OfferStay(
            first_seen=AT - timedelta(days=13),
            last_seen=AT - timedelta(hours=1),
            there=True,
            price="EUR 30.90",
            shipping="EUR 0.00",
            ships_from="CN",
            ours="EUR 39.90",
        ),
        "offers": offers,
        "offers_at": AT - timedelta(hours=1),
        "moments": moments(),
        "statement": STATEMENT,
        "exhibits": exhibits,
        "custody": custody(9),
        "limits": (
            Limit(kind=LimitKind.UNLISTED, about=ASIN, count=2),
            Limit(kind=LimitKind.NO_AUTHORITY),
        ),
        "seal": sha256(b"seal").hexdigest(),
    }
    return Dossier(**(fields | others))  # type: ignore[arg-type]


SELLER = DossierSeller(
    id="A2NORDLICHT7Q",
    link="https://www.amazon.de/sp?seller=A2NORDLICHT7Q",
    name="NORDLICHT TRADE",
    profile=SellerProfile(
        seller="A2NORDLICHT7Q",
        marketplace="DE",
        name="NORDLICHT TRADE",
        business="Nordlicht Handel UG",
        address=("Kai 7", "20457 Hamburg", "DE"),
        rating="67% positive, 3 ratings",
        source="https://www.amazon.de/sp?seller=A2NORDLICHT7Q",
        read_at=AT - timedelta(days=13),
    ),
)
RIGHT = BrandRight(
    number=1,
    kind=BrandRightKind.TRADEMARK,
    name="ALDER & FINCH",
    registration="018123456",
    country="EU",
    owner="Alder & Finch GmbH",
)
PURCHASE = Purchase(
    order=ORDER,
    ordered_on=date(2026, 11, 11),
    arrived_on=date(2026, 11, 16),
    observed="No batch number; the old address; a green cast in the glaze.",
    verified="Our head of production compared both units side by side.",
    asin=ASIN,
    seller=SELLER.id,
    seller_name=SELLER.name,
    price=Money(Decimal("30.90"), "EUR"),
)
OFFERS = (
    offer("Alder & Finch", "EUR 39.90", ours=True),
    offer("NORDLICHT TRADE", "EUR 30.90", accused=True),
    offer("Küchenhaus Weber", "EUR 41.00"),
    offer("Amazon Resale", "EUR 33.12"),
)


def light(shelf: Shelf, **others: object) -> Dossier:
    """Return a dossier with two photos that are compared, a page and an order confirmation."""
    received, genuine = shelf.keep(photo(2)), shelf.keep(photo(3))
    url = f"https://www.amazon.de/dp/{ASIN}?m={SELLER.id}"
    fields: dict[str, object] = {
        "photos": (
            Photo(
                label="E-2",
                caption="What arrived",
                genuine=False,
                picture=received,
                spots=(Spot(450, 500), Spot(50, 50), None),
            ),
            Photo(
                label="E-3",
                caption="Ours, batch 2026-07",
                genuine=True,
                picture=genuine,
                spots=(Spot(450, 500), None, Spot(990, 990)),
            ),
        ),
        "differences": (
            "No engraved batch number",
            "The old address on the box",
            "A green cast in the glaze",
        ),
        "page": "E-1",
        "confirmations": ("E-4",),
    }
    exhibits = (
        exhibit(1, EvidenceKind.CAPTURE, picture=shelf.keep(page(1)), url=url),
        exhibit(2, EvidenceKind.RECEIVED, "What arrived", received),
        exhibit(3, EvidenceKind.GENUINE, "Ours, batch 2026-07", genuine),
        exhibit(
            4,
            EvidenceKind.TEST_BUY,
            picture=shelf.keep(photo(5, (1100, 620), "PNG")),
            purchase=PURCHASE,
        ),
        exhibit(
            5, EvidenceKind.PAGE_TEXT, url=url, lines=("Sold by: NORDLICHT TRADE", "EUR 30.90")
        ),
        exhibit(6, EvidenceKind.ANSWER, offers=OFFERS[:2]),
    )
    parts = {"offers": OFFERS, "exhibits": exhibits} | fields | others
    return dossier(**parts)  # type: ignore[arg-type]


def heavy(shelf: Shelf) -> Dossier:
    """Return a dossier with 30 offers and 40 pictures of every kind and size."""
    sizes = ((1200, 900), (900, 1200), (240, 180), (3000, 800), (64, 64))
    exhibits = []
    for place in range(1, 41):
        paged = place % 8 == 1
        form = ("JPEG", "PNG", "WEBP")[place % 3]
        content = page(place) if paged else photo(place, sizes[place % 5], form)
        kind = EvidenceKind.CAPTURE if paged else EvidenceKind.RECEIVED
        caption = f"Unit {place}, seen from another side"
        exhibits.append(exhibit(place, kind, caption, shelf.keep(content)))
    broken = photo(99, form="PNG")
    damaged = shelf.keep(broken[: len(broken) // 2])
    exhibits[11] = exhibit(12, EvidenceKind.RECEIVED, "Damaged", damaged)
    sellers = ["山田商店", "متجر النور", "Ω-Торговля", '#import "x" *bold* $x^2$ @ref ]', "x" * 90]
    named = [offer(name, f"EUR {20 + place}.90") for place, name in enumerate(sellers)]
    many = [offer(f"Seller {place}", f"EUR {30 + place}.00") for place in range(23)]
    span = timedelta(hours=7)
    happened = [
        Moment(at=AT - span * (60 - place * place / 60), kind=MomentKind.GONE, about=f"B{place}")
        for place in range(60)
    ]
    return dossier(
        (*OFFERS[:2], *named, *many),
        tuple(exhibits),
        moments=tuple(happened),
        custody=custody(60),
        stamped="freetsa.org",
    )


WORK = BrandRight(
    number=2,
    kind=BrandRightKind.COPYRIGHT,
    country="*",
    name="Photographs of the Alder & Finch stoneware jug (2024)",
    owner="Alder & Finch GmbH",
)
USED = msgspec.structs.replace(
    PURCHASE,
    observed="The seal of the box was cut. Coffee has stained the inside, and the foot is worn.",
    verified="Our head of production opened the parcel and compared the jug with a new one.",
    genuine=True,
)
COPIED = {
    "Copied": "Pictures 1 to 3 of 5, and the first bullet point, word for word.",
    "Our original": "https://alder-finch.example/jug (published Mar 4, 2024), and in the PDF.",
    "First noticed": "Nov 10, 2026, 10:00 UTC",
    "How it was verified": "Our photographer laid her originals beside the page's pictures.",
}
CHANGED = {
    "Changed": "The title, the brand and the main picture.",
    "Before": "'Alder & Finch stoneware jug, 1 l, moss green', brand 'Alder & Finch'.",
    "Now": "'Ceramic pitcher, green', brand 'Generic', with a picture of a plastic jug.",
    "Our correction": "Submitted again on Nov 11, 2026. Brand Registry case 14023311871.",
    "First noticed": "Nov 10, 2026, 10:00 UTC",
    "How it was verified": "We compared the page with the version we submitted in March.",
}


def written(shelf: Shelf, claim: Claim, filled: Mapping[str, str], **others: object) -> Dossier:
    """Return a dossier whose words are those that Brandwarden drafts, filled in by a person.

    The blanks are ``filled`` in their order, whatever they are called in the language.
    """
    told = light(shelf, claim=claim, **others)
    seller, language = told.seller, told.language
    enclosed = tuple(
        EvidenceItem(case="1", place=int(each.label[2:]), at=each.at, kind=each.kind)
        for each in told.exhibits
    )
    subject = Subject(
        brand=told.brand,
        claim=claim,
        site=told.site,
        products=tuple(ReportedProduct(each.asin, each.title) for each in told.products),
        seller=seller.id if seller else "",
        seller_name=seller.name if seller else "",
        first_seen=told.offer.first_seen,
        last_seen=told.offer.last_seen,
        price=PURCHASE.price,
        as_new=True,
        ships_from="CN",
        right=told.right,
        purchases=told.purchases,
        evidence=enclosed,
    )
    says, asks = claim_and_request(subject, language)
    labels = matter_labels(subject, language)
    text = report_text(subject, language)
    for label, words in zip(labels, filled.values(), strict=False):
        line = next((each for each in text.splitlines() if each.startswith(label)), "")
        text = text.replace(line, f"{label}: {words}") if line and not told.purchases else text
    bought = bool(told.purchases)

    def localized(money: str) -> str:
        currency, _, amount = money.partition(" ")
        return written_money(Money(Decimal(amount), currency), language) if amount else ""

    return msgspec.structs.replace(
        told,
        says=says,
        asks=asks,
        statement=text,
        points=tuple(points_in(text, untold(claim, labels, bought=bought))),
        offer=msgspec.structs.replace(
            told.offer,
            price=localized(told.offer.price),
            shipping=localized(told.offer.shipping),
            ours=localized(told.offer.ours),
        ),
        exhibits=tuple(
            msgspec.structs.replace(each, name=evidence_name(each.kind, language))
            for each in told.exhibits
        ),
    )


def used_as_new(shelf: Shelf, **others: object) -> Dossier:
    """Return a dossier of a test buy that was offered as new and came used."""
    told = light(shelf)
    fields: dict[str, object] = {
        "purchases": (USED,),
        "differences": ("The seal of the box is cut", "Stains inside", "The foot is worn"),
        "right": None,
        "exhibits": tuple(
            msgspec.structs.replace(each, purchase=USED) if each.purchase else each
            for each in recaptioned(told.exhibits, "A new one, batch 2026-07")
        ),
        "photos": tuple(
            msgspec.structs.replace(each, caption="A new one, batch 2026-07")
            if each.genuine
            else each
            for each in told.photos
        ),
    }
    return written(shelf, Claim.USED_AS_NEW, {}, **(fields | others))


def copied(shelf: Shelf, **others: object) -> Dossier:
    """Return a dossier of a page that shows pictures of the brand."""
    return written(shelf, Claim.COPYRIGHT, COPIED, **(about_a_page(shelf) | others))


def taken_over(shelf: Shelf, **others: object) -> Dossier:
    """Return a dossier of a page that a seller changed."""
    fields = about_a_page(shelf) | {"photos": (), "right": None}
    return written(shelf, Claim.TAKEOVER, CHANGED, **(fields | others))


def by_nobody_known(shelf: Shelf) -> Dossier:
    """Return a dossier of a page that was changed, who knows by whom."""
    product = light(shelf).products[0]
    link = product.link.partition("?")[0]
    return taken_over(
        shelf,
        seller=None,
        offer=OfferStay(),
        moments=(),
        products=(msgspec.structs.replace(product, link=link),),
    )


def about_a_page(shelf: Shelf) -> dict[str, object]:
    """Return what a claim about a page has of the light dossier: no goods, nobody's offer."""
    told = light(shelf)
    goods = {EvidenceKind.TEST_BUY, EvidenceKind.RECEIVED}
    first, *_, last = told.moments
    caption = "Studio original, Mar 4, 2024"
    return {
        "right": WORK,
        "exhibits": tuple(
            msgspec.structs.replace(each, offers=unaccused(each.offers))
            for each in recaptioned(told.exhibits, caption)
            if each.kind not in goods
        ),
        "photos": tuple(
            msgspec.structs.replace(each, spots=(), caption=caption)
            for each in told.photos
            if each.genuine
        ),
        "offers": unaccused(told.offers),
        "differences": (),
        "purchases": (),
        "confirmations": (),
        "moments": (first, last),
    }


def recaptioned(exhibits: tuple[Exhibit, ...], caption: str) -> tuple[Exhibit, ...]:
    """Return the exhibits with another caption below the brand's own photo."""
    return tuple(
        msgspec.structs.replace(each, caption=caption)
        if each.kind is EvidenceKind.GENUINE
        else each
        for each in exhibits
    )


def unaccused(offers: tuple[OfferRow, ...]) -> tuple[OfferRow, ...]:
    return tuple(msgspec.structs.replace(each, accused=False) for each in offers)
