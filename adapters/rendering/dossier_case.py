"""The dossier's first page: who did what, how it is known, and what is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.rendering.dossier_annex import buying, shipping
from adapters.rendering.dossier_rows import Cell, LabeledText, Line, Mark, Photographed, name
from adapters.rendering.sanitize import plain
from adapters.rendering.words import Words
from bot.core.spots import WHOLE
from bot.features.cases.models.seller_facts import SellerFacts
from bot.features.evidence.models.items import Purchase
from bot.features.reports.models.claims import ON_GOODS, Claim
from bot.features.reports.models.dossier import Dossier, Photo

SHORT = 420
"""Characters of what was observed or verified; the rest stands among the sources."""
NOTE = 160
"""Characters of a line below a fact."""
THIRD_PARTY = 280
"""Characters of what a third party tells: its source and date, and a whole address."""
ROOM = 600
"""Characters of points beside which the picture of a page still fits on the first page."""
_SELLER = {Claim.TAKEOVER: "seller_did", Claim.VARIATION: "seller_did"}
"""The label of a seller if the team can show that this seller did it."""


def cells(dossier: Dossier, words: Words) -> Iterator[Cell]:
    """Return the facts, those that a reader looks for first at first."""
    yield from _seller(dossier, words)
    yield from _listing(dossier, words)
    yield from _bought(dossier, words)
    yield from _right(dossier, words)
    # Of a claim about a page, no offer is reported.
    if dossier.claim in ON_GOODS:
        yield from _price(dossier, words)
        yield from _seen(dossier, words)


def _seller(dossier: Dossier, words: Words) -> Iterator[Cell]:
    seller = dossier.seller
    if seller is None:
        return
    profile = seller.profile
    notes = [_note(words.say("storefront", name=name(seller.name)))] if seller.name else []
    notes.append(Line(_address(seller.link), seller.link))
    if profile is not None:
        business = ", ".join(filter(None, (profile.business, *profile.address)))
        notes += [_note(business)] if business else []
        notes += [_note(profile.rating)] if profile.rating else []
        notes.append(_note(words.say("named_by_page", at=words.moment(profile.read_at))))
    elif seller.name:
        notes.append(_note(words.say("named_by_order")))
    if seller.facts is not None:
        notes += _third_party(seller.facts, words)
    label = "seller" if dossier.claim in ON_GOODS else _SELLER.get(dossier.claim, "seller_there")
    yield Cell(words.say(label), Line(name(seller.id), seller.link), tuple(notes))


def _third_party(facts: SellerFacts, words: Words) -> Iterator[Line]:
    """Say what a third party tells of the company, as its word and with its date."""
    business = ", ".join((facts.business, *facts.address))
    at = words.moment(facts.as_of)
    told = words.say(
        "told_by_third_party", source=name(facts.source), at=at, business=name(business)
    )
    yield Line(plain(told, THIRD_PARTY))
    if facts.vat:
        number = name(facts.vat)
        yield _note(words.say("vat_by_third_party", source=name(facts.source), number=number))


def _listing(dossier: Dossier, words: Words) -> Iterator[Cell]:
    if not dossier.products:
        return
    first, *others = dossier.products
    notes = [_note(first.title)] if first.title else []
    notes.append(Line(_address(first.link), first.link) if first.link else _note(dossier.site))
    if others:
        asins = ", ".join(name(product.asin) for product in others)
        notes.append(Line(words.say("also", asins=asins)))
    label, value = words.say("listing"), Line(f"ASIN {name(first.asin)}", first.link)
    yield Cell(label, value, tuple(notes))


def _bought(dossier: Dossier, words: Words) -> Iterator[Cell]:
    if not dossier.purchases:
        return
    first, *others = dossier.purchases
    notes = [*buying(first, words)]
    if others:
        orders = ", ".join(name(each.order) for each in others)
        notes.append(words.say("more_orders", orders=orders))
    yield Cell(words.say("test_buy"), Line(name(first.order)), tuple(map(_note, notes)))


def _right(dossier: Dossier, words: Words) -> Iterator[Cell]:
    right = dossier.right
    if right is None:
        return
    place = "" if right.country == "*" else f" ({right.country})"
    called = f"{right.name}{place}"
    notes = [called] if right.registration else []
    notes += [words.say("owner", owner=name(right.owner))] if right.owner else []
    value = Line(name(right.registration or called))
    yield Cell(words.catalog.rights[right.kind], value, tuple(map(_note, notes)))


def _price(dossier: Dossier, words: Words) -> Iterator[Cell]:
    offer = dossier.offer
    if not offer.price:
        return
    notes = []
    if offer.shipping:
        notes.append(words.say("shipping", price=shipping(offer.shipping, words)))
    if offer.ships_from:
        notes.append(words.say("ships_from", place=name(offer.ships_from)))
    if offer.ours:
        notes.append(words.say("our_price", price=name(offer.ours)))
    value = Line(f"{name(offer.price)} · {words.say('new')}")
    yield Cell(words.say("price"), value, tuple(map(_note, notes)))


def _seen(dossier: Dossier, words: Words) -> Iterator[Cell]:
    offer = dossier.offer
    if offer.first_seen is None:
        return
    key = "still_live" if offer.there else "last_seen"
    notes = [words.say(key, at=words.moment(offer.last_seen))] if offer.last_seen else []
    value = Line(words.moment(offer.first_seen))
    yield Cell(words.say("first_seen"), value, tuple(map(_note, notes)))


def photographed(dossier: Dossier, words: Words) -> Iterator[Photographed]:
    """Return the photos of the first page, with the differences numbered on each."""
    # Without a test buy, a customer may have taken it.
    theirs = "received" if dossier.purchases else "seller_product"
    for photo in dossier.photos:
        title = words.say(_own(dossier.claim) if photo.genuine else theirs)
        yield Photographed(
            title=f"{title} ({name(photo.label)})",
            caption=plain(photo.caption, SHORT),
            picture=photo.picture,
            marks=tuple(_marks(photo)),
        )


def _own(claim: Claim) -> str:
    """Return what the brand's photo is called: 'genuine' says that the other one is not."""
    if claim is Claim.COPYRIGHT:
        return "our_picture"
    return "genuine" if claim.right is not None else "our_product"


def points(dossier: Dossier, words: Words) -> Iterator[LabeledText]:
    """Return what the report's text says under its labels, each as far as it fits."""
    for point in dossier.points:
        text = plain(point.words, SHORT)
        if len(point.words) > SHORT:
            text += f" … {words.say('continued', label=words.say('statement'))}"
        yield LabeledText(plain(point.label, NOTE), text)


def fronted(dossier: Dossier) -> bool:
    """Tell whether the page's picture comes first: the claim is about it, and there is room."""
    about = not dossier.photos or dossier.claim not in ON_GOODS
    return about and sum(len(point.words) for point in dossier.points) <= ROOM


def _marks(photo: Photo) -> Iterator[Mark]:
    for number, spot in enumerate(photo.spots, start=1):
        if spot is not None:
            x, y = (min(max(share / WHOLE, 0), 1) for share in (spot.x, spot.y))
            yield Mark(number, x, y)


def asked_of(dossier: Dossier) -> str:
    """Return the IDs that what is asked is about: of the seller whose offer it is, and products."""
    seller = dossier.seller if dossier.claim in ON_GOODS else None
    asins = [f"ASIN {name(product.asin)}" for product in dossier.products]
    return " · ".join([*([name(seller.id)] if seller else []), *asins])


def told(dossier: Dossier, words: Words, pick: str) -> str:
    """Return what the first test buy says as ``observed`` or ``verified``, as far as it fits."""
    bought: Purchase | None = next(iter(dossier.purchases), None)
    said = str(getattr(bought, pick)) if bought else ""
    if len(said) <= SHORT:
        return plain(said)
    labels = (each.label for each in dossier.exhibits if each.purchase == bought)
    return f"{plain(said[:SHORT])} … {words.say('continued', label=next(labels, ''))}".strip()


def _note(text: str) -> Line:
    return Line(plain(text, NOTE))


def _address(link: str) -> str:
    return plain(link.partition("://")[2].removeprefix("www."), NOTE)
