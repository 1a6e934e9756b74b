"""Watching a product: which one, then what the team knows of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Form, Option, Text
from bot.core.identifiers import ProductReference
from bot.core.interactions import Notice, Reply
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.text import one_line
from bot.features.watchlist.rules.wanted import LONGEST_SKU, WatchInput
from bot.features.watchlist.service.watching import WatchAdded, add_wanted


class WatchForm(FlowForm, frozen=True, kw_only=True):
    """A product to watch, as it is written."""

    home: str = ""
    """The code of the marketplace that the team sells in most."""
    product: str = ""
    market: str = ""
    floor: str = ""
    sku: str = ""
    units: str = ""

    @property
    def wanted(self) -> WatchInput:
        """What is to be watched. A marketplace that was chosen goes before that of the link."""
        product = ProductReference.parse(self.product).asin if self.market else self.product
        return WatchInput(
            product=product,
            home=self.home,
            market=self.market,
            floor=self.floor,
            sku=self.sku,
            units=self.units,
        )


def _product_form(_: WatchForm) -> Form:
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


def _product_check(given: WatchForm) -> Errors:
    return errors_in(product=lambda: ProductReference.parse(given.product))


def _details_form(given: WatchForm) -> Form:
    asin, market = ProductReference.parse(given.product).asin, given.wanted.marketplace.code
    markets = tuple(Option(market.code, f"amazon.{market.domain}") for market in MARKETPLACES)
    return Form(
        id="watch-details",
        title="Watch a product",
        intro=f"{asin}: all of this but the marketplace may stay empty. What you leave empty stays "
        "as it is.",
        inputs=(
            Choice(name="market", label="Marketplace", options=markets, initial=market),
            Text(
                name="floor",
                label="Price floor",
                hint="You hear of every offer below it, whoever makes it. - takes it away.",
                required=False,
                most=20,
            ),
            Text(
                name="sku",
                label="Your own SKU for it",
                hint="With it the product is read five times faster. - takes it away.",
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


def _details_check(given: WatchForm) -> Errors:
    wanted = given.wanted
    return errors_in(
        floor=lambda: wanted.price_floor,
        sku=lambda: wanted.own_sku,
        units=lambda: wanted.daily_units,
    )


def watch_added(_: RequestContext, added: WatchAdded) -> Sequence[Reply]:
    """Say what came of it, and what was understood."""
    watch = added.watch
    name = watch.asin if watch.name == watch.asin else f"{watch.name} ({watch.asin})"
    where = f"{name} on amazon.{Marketplace.named(watch.marketplace).domain}"
    known = (
        f"Price floor: {watch.floor or 'none'}. SKU: {one_line(watch.sku, LONGEST_SKU) or 'none'}."
    )
    if not added.changed:
        return [Notice(f"Already watching {where}; nothing changed. {known}")]
    verb = "Changed" if added.before else "Watching"
    return [Notice(f"{verb} {where}. {known}", Tone.GOOD)]


WATCH = Flow(
    id="watch",
    version=1,
    form=WatchForm,
    permission=Permission.WATCH,
    steps=(
        Step(id="product", form=_product_form, next=lambda _: "details", check=_product_check),
        Step(id="details", form=_details_form, check=_details_check),
    ),
    finish=lambda ctx, form: add_wanted(
        ctx.tx, form.wanted, ctx.who.name, ctx.app.clock(), ctx.checker
    ),
    answer=watch_added,
)
