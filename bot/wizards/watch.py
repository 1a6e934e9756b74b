"""Watching a product: which one, then what the team knows of it."""

from __future__ import annotations

from bot.domain.identifiers import parse_product
from bot.domain.marketplaces import MARKETPLACES, marketplace
from bot.domain.money import parse_money
from bot.errors import UserError
from bot.ui.forms import Choice, Form, Option, Text
from bot.wizards.engine import Errors, Given, Step, Wizard

MOST_UNITS = 1_000_000
SKU = 40
"""Amazon's longest SKU."""


def _product_form(_: Given) -> Form:
    return Form(
        id="watch-product",
        title="Watch a product",
        intro="Brandwarden looks at its offers again and again, and tells you when somebody "
        "you do not know sells on it.",
        inputs=(
            Text(
                name="product",
                label="ASIN, or a link to the product's page",
                hint="For example B0EXAMPLE1",
            ),
        ),
    )


def _product_check(given: Given) -> Errors:
    try:
        parse_product(str(given["product"]))
    except UserError as error:
        return {"product": str(error)}
    return {}


def _details_form(given: Given) -> Form:
    product = parse_product(str(given["product"]))
    preset = product.marketplace.code if product.marketplace else given["home"]
    markets = tuple(Option(market.code, f"amazon.{market.domain}") for market in MARKETPLACES)
    return Form(
        id="watch-details",
        title="Watch a product",
        intro=f"{product.asin}: all of this but the marketplace may stay empty.",
        inputs=(
            Choice(name="market", label="Marketplace", options=markets, initial=str(preset)),
            Text(
                name="floor",
                label="Price floor",
                hint="You hear of every offer below it, whoever makes it.",
                required=False,
                most=20,
            ),
            Text(
                name="sku",
                label="Your own SKU for it",
                hint="With it the product is read five times faster.",
                required=False,
                most=SKU,
            ),
            Text(
                name="units",
                label="How many do you sell a day?",
                hint="With it you see what a lost Buy Box costs.",
                required=False,
                most=7,
            ),
        ),
        submit="Watch it",
    )


def _details_check(given: Given) -> Errors:
    errors: Errors = {}
    if given["floor"]:
        try:
            parse_money(str(given["floor"]), marketplace(str(given["market"])).currency)
        except UserError as error:
            errors["floor"] = str(error)
    units = str(given["units"])
    if units and not (units.isascii() and units.isdigit() and 0 < int(units) <= MOST_UNITS):
        errors["units"] = "Please write a whole number, or leave it empty."
    return errors


WATCH = Wizard(
    id="watch",
    version=1,
    steps=(
        Step(id="product", form=_product_form, next=lambda _: "details", check=_product_check),
        Step(id="details", form=_details_form, check=_details_check),
    ),
)
"""Facts: ``home``, the code of the marketplace that the team sells in most."""
