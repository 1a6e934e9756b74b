"""Watching a product: which one, then what the team knows of it."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Form, Option, Text
from bot.core.identifiers import ProductReference
from bot.core.interactions import Notice, Reply
from bot.core.listing import Watch
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.watchlist.rules.wanted import ALL, LONGEST_SKU, NEW, WatchInput
from bot.features.watchlist.service.first_look import first_look
from bot.features.watchlist.service.watching import WatchAdded, watch_chosen
from bot.features.watchlist.views.watched import corrected, understood


class WatchForm(FlowForm, frozen=True, kw_only=True):
    """A product to watch, as it is written."""

    home: str = ""
    """The code of the marketplace that the team sells in most."""
    product: str = ""
    market: str = ""
    floor: str = ""
    sku: str = ""
    units: str = ""
    conditions: str = ""
    wrong: str = ""
    """The key of a watch that is corrected: this one is to take its place."""

    @staticmethod
    def correcting(watch: Watch) -> WatchForm:
        """Return the form as it is filled in to correct a watch."""
        return WatchForm(
            # An ASIN alone stays in this marketplace, a link may lead to another one.
            home=watch.marketplace,
            product=watch.asin,
            floor=f"{watch.floor.currency} {watch.floor.amount}" if watch.floor else "",
            sku=watch.sku,
            units=str(watch.daily_units or ""),
            conditions=NEW if watch.new_only else "",
            wrong=watch.key,
        )

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
            conditions=self.conditions,
        )


def _product_form(_: WatchForm) -> Form:
    return Form(
        id="watch-product",
        title="Watch a product",
        intro="Brandwarden checks its offers regularly and alerts you when an unknown seller "
        "appears. To watch all products of your Amazon account, type /watch all.",
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
        intro=f"{asin}: only the marketplace is required. Fields that you leave empty do not "
        "change.",
        inputs=(
            Choice(name="market", label="Marketplace", options=markets, initial=market),
            Text(
                name="floor",
                label="Price floor",
                hint="Alerts on any offer below this price, from any seller. Enter - to remove it.",
                required=False,
                most=20,
            ),
            Text(
                name="sku",
                label="Your own SKU for the product",
                hint="With a SKU, Brandwarden checks five times as often. Enter - to remove it.",
                required=False,
                most=LONGEST_SKU,
            ),
            Text(
                name="units",
                label="Units sold per day",
                hint="Used to estimate what a lost Buy Box costs.",
                required=False,
                most=7,
            ),
            Choice(
                name="conditions",
                label="Offers to check",
                hint="Used and refurbished ones come as warnings.",
                options=(Option(ALL, "All conditions"), Option(NEW, "New offers only")),
                required=False,
            ),
        ),
        submit="Watch",
    )


def _details_check(given: WatchForm) -> Errors:
    wanted = given.wanted
    return errors_in(
        floor=lambda: wanted.price_floor,
        sku=lambda: wanted.own_sku,
        units=lambda: wanted.daily_units,
        conditions=lambda: wanted.new_only,
    )


def watch_added(ctx: RequestContext, added: WatchAdded) -> Sequence[Reply]:
    """Say what came of it, and what was understood; a new product is looked at for that."""
    if added.before is None:
        return ctx.outside(lambda: first_look(ctx, added))
    watch = added.watch
    name = watch.asin if watch.name == watch.asin else f"{watch.name} ({watch.asin})"
    where = f"{name} on amazon.{Marketplace.named(watch.marketplace).domain}"
    ended = f" {corrected(added.instead_of)}" if added.instead_of else ""
    if not added.changed:
        said = f"Already watching {where}; nothing changed. {understood(watch)}{ended}"
        return [Notice(said)]
    return [Notice(f"Changed {where}. {understood(watch)}{ended}", Tone.GOOD)]


def _finish(ctx: RequestContext, form: WatchForm) -> Awaitable[WatchAdded]:
    return watch_chosen(ctx, form.wanted, form.wrong)


WATCH = Flow(
    id="watch",
    version=1,
    form=WatchForm,
    permission=Permission.WATCH,
    steps=(
        Step(id="product", form=_product_form, next=lambda _: "details", check=_product_check),
        Step(id="details", form=_details_form, check=_details_check),
    ),
    finish=_finish,
    answer=watch_added,
)
