"""/floor: the price below which every offer is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.flows.starting import start_flow
from bot.core.forms import Form, Text
from bot.core.identifiers import ProductReference
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, RequestContext
from bot.features.watchlist.rules.wanted import WatchInput
from bot.features.watchlist.service.watching import WatchAdded, add_watch


class FloorForm(FlowForm, frozen=True, kw_only=True):
    """A product and its floor, as they are written."""

    home: str = ""
    """The code of the marketplace that the team sells in most."""
    product: str = ""
    floor: str = ""

    @property
    def wanted(self) -> WatchInput:
        """What is to be watched."""
        return WatchInput(product=self.product, home=self.home, floor=self.floor)


def _form(_: FloorForm) -> Form:
    return Form(
        id="floor",
        title="Set a price floor",
        inputs=(
            Text(name="product", label="ASIN, or a link to the product's page", most=1000),
            Text(name="floor", label="Price floor", most=20),
        ),
        submit="Set it",
    )


def _check(given: FloorForm) -> Errors:
    wrong = errors_in(product=lambda: ProductReference.parse(given.product))
    return wrong or errors_in(floor=lambda: given.wanted.price_floor)


def _answer(_: RequestContext, added: WatchAdded) -> Sequence[Reply]:
    watch = added.watch
    return [Notice(f"You hear of every offer of {watch.name} below {watch.floor}.", Tone.GOOD)]


FLOOR = Flow(
    id="floor",
    version=1,
    form=FloorForm,
    permission=Permission.WATCH,
    steps=(Step(id="floor", form=_form, check=_check),),
    finish=lambda ctx, form: add_watch(
        ctx.tx, form.wanted.watch(ctx.who.name, ctx.app.clock()), ctx.checker
    ),
    answer=_answer,
)


async def floor(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for which product, and how much."""
    return [start_flow(ctx, FLOOR, FloorForm(home=ctx.app.brand.home))]


COMMANDS = (
    CommandSpec(
        "floor",
        "/floor",
        "Hear of every offer below a price.",
        Permission.WATCH,
        floor,
        group=HelpGroup.WATCH,
    ),
)
