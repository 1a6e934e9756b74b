"""Watching a product: which one, then what the team knows of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.flows.engine import Errors, Flow, Given, Step
from bot.core.forms import Choice, Form, Option, Text
from bot.core.identifiers import parse_product
from bot.core.marketplaces import MARKETPLACES, marketplace
from bot.core.money import parse_money
from bot.errors import UserError
from bot.features.watchlist.rules.table import LONGEST_SKU, parse_units


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
                most=1000,
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
                most=LONGEST_SKU,
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
    currency = marketplace(str(given["market"])).currency
    checks: dict[str, Callable[[str], object]] = {
        "floor": lambda text: parse_money(text, currency),
        "units": parse_units,
    }
    errors: Errors = {}
    for name, check in checks.items():
        text = str(given[name])
        try:
            _ = check(text) if text else None
        except UserError as error:
            errors[name] = str(error)
    return errors


WATCH = Flow(
    id="watch",
    version=1,
    steps=(
        Step(id="product", form=_product_form, next=lambda _: "details", check=_product_check),
        Step(id="details", form=_details_form, check=_details_check),
    ),
)
"""Facts: ``home``, the code of the marketplace that the team sells in most."""
