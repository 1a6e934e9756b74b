"""Logging an attack: what happened, then who did it and to which products. It takes 30 seconds."""

from __future__ import annotations

import unicodedata

from bot.core import cards
from bot.core.attack_kinds import AttackKind
from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import private
from bot.core.forms import Choice, Date, Form, Option, Paragraph, Text
from bot.core.identifiers import ProductReference, parse_product, parse_seller
from bot.core.marketplaces import MARKETPLACES
from bot.core.personal_data import personal_data
from bot.core.secrets import looks_secret
from bot.errors import UserError
from bot.features.attacks.models import Frequency, SourceKind

DAMAGE = cards.FIELD_VALUE
"""Characters of what it did: as many as its case shows."""
SOURCE = 100
PRODUCTS = 50
"""Products of one attack: so many lines a thread can still be told."""
_TYPED = 1000
_BY_BUYERS = frozenset({AttackKind.RETURNS, AttackKind.FAKE_REVIEWS, AttackKind.REVIEW_BOMBING})
"""Who did these may be a buyer, whose address is kept nowhere."""

_NO_SELLER = "That is no seller ID, and is not kept. Is it an address? Then say so above."


def read_source(kind: SourceKind, text: str) -> str:
    """Return who did it: a seller's ID, an address in its one form, or nothing.

    Raises:
        UserError: it is not what it was said to be.
    """
    match kind:
        case SourceKind.SELLER | SourceKind.ADDRESS if not text:
            raise UserError("Write it here, or choose 'Nobody knows' above.")
        case SourceKind.SELLER:
            return parse_seller(text)
        case SourceKind.ADDRESS:
            return _read_address(text)
        case SourceKind.UNKNOWN if text:
            raise UserError("Say above what this is, or leave it empty if nobody knows.")
        case SourceKind.UNKNOWN:
            return ""


def _read_address(text: str) -> str:
    """Return an address in small letters, without what nobody sees, so that it is one source."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    address = unicodedata.normalize("NFKC", seen).lower()
    if len(address.split()) != 1:
        raise UserError("Write the address itself, without blanks.")
    return address.strip()


def read_products(text: str, market: str) -> tuple[str, ...]:
    """Return the ASINs in what was typed: ASINs, or links to pages of that marketplace.

    Raises:
        UserError: something is neither, or there are too many.
    """
    products = [parse_product(word) for word in text.replace(",", " ").split()]
    asins = tuple(dict.fromkeys(_of_market(product, market) for product in products))
    if len(asins) > PRODUCTS:
        message = f"These are {len(asins)} products. Name the {PRODUCTS} that were hit hardest."
        raise UserError(message)
    return asins


def _of_market(product: ProductReference, market: str) -> str:
    if product.marketplace is not None and product.marketplace.code != market:
        message = (
            f"That link leads to amazon.{product.marketplace.domain}, and this is about another "
            f"marketplace. Type the ASIN alone: {product.asin}."
        )
        raise UserError(message)
    return product.asin


def _what_form(given: Given) -> Form:
    return Form(
        id="attack-what",
        title="Log an attack",
        intro=str(given["about"]),
        inputs=(
            Choice(
                name="kind",
                label="What happened?",
                options=tuple(Option(each.value, each.label) for each in AttackKind),
            ),
            Date(name="day", label="Since when?", initial=str(given["today"])),
            Choice(
                name="often",
                label="How often?",
                options=tuple(Option(each.value, each.label) for each in Frequency),
                initial=Frequency.ONCE.value,
            ),
            Paragraph(
                name="damage",
                label="What did it do?",
                hint="Sales, ratings, money, time. No names or addresses of buyers.",
                required=False,
                most=DAMAGE,
            ),
        ),
    )


def _what_check(given: Given) -> Errors:
    if str(given["day"]) > str(given["today"]):
        return {"day": "That day is still to come."}
    return private(given, "damage")


def _who_form(given: Given) -> Form:
    known = str(given["known_source"])
    kind = SourceKind.SELLER if known else SourceKind.UNKNOWN
    market = Choice(
        name="market",
        label="Marketplace",
        options=tuple(Option(each.code, f"amazon.{each.domain}") for each in MARKETPLACES),
        initial=str(given["known_market"]),
    )
    return Form(
        id="attack-who",
        title="Who, and which products?",
        intro=str(given["about"]),
        inputs=(
            Choice(
                name="source_kind",
                label="Who did it?",
                options=tuple(Option(each.value, each.label) for each in SourceKind),
                initial=kind.value,
            ),
            Text(
                name="source",
                label="Seller ID or address",
                hint="Empty if nobody knows. Never a buyer's.",
                initial=known,
                required=False,
                most=SOURCE,
            ),
            Text(
                name="products",
                label="Which products?",
                hint="ASINs or links. Empty if it is about none, such as the account.",
                initial=str(given["known_products"]),
                required=False,
                most=_TYPED,
            ),
            *(() if given["in_case"] else (market,)),
        ),
        submit="Log it",
    )


def _who_check(given: Given) -> Errors:
    """Say what is wrong, but never in words of an answer that must not be kept."""
    errors: Errors = {}
    taken = private(given, "source", "products")
    kind = SourceKind(str(given["source_kind"]))
    try:
        read_source(kind, str(given["source"]))
    except UserError as error:
        quotes = kind is SourceKind.SELLER and "source" in taken
        errors["source"] = _NO_SELLER if quotes else str(error)
    if refused := _refused_address(given):
        errors["source"] = refused
    try:
        read_products(str(given["products"]), market_of(given))
    except UserError as error:
        errors["products"] = taken.get("products", str(error))
    return errors


def _refused_address(given: Given) -> str:
    """Say why an address is not kept: an attacker's is, a buyer's and a secret are not."""
    source = str(given["source"])
    if given["source_kind"] != SourceKind.ADDRESS.value:
        return ""
    if secret := looks_secret(source):
        return f"Take out {secret}: it would be kept."
    if AttackKind(str(given["kind"])) in _BY_BUYERS and personal_data(source):
        return "This may be a buyer's, and is not kept. Choose 'Nobody knows'."
    return ""


def market_of(given: Given) -> str:
    """Return the code of the marketplace: the case's, or the one that was chosen."""
    return str(given["known_market"] if given["in_case"] else given["market"])


ATTACK = Flow(
    id="attack",
    version=1,
    steps=(
        Step(id="what", form=_what_form, next=lambda _: "who", check=_what_check, secret=True),
        Step(id="who", form=_who_form, check=_who_check, secret=True),
    ),
)
"""Facts: ``today`` (the team's day, ISO 8601), ``about`` (the case in words, or empty), ``in_case``
(``yes``, or empty), and what is filled in: ``known_source`` (a seller's ID), ``known_products``
(ASINs), ``known_market`` (a code)."""
