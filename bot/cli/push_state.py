"""How Amazon's notifications stand, from Amazon to the queue and to the data."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bootstrap.push import queue_of, try_queue
from bot.bootstrap.sources import missing_credentials
from bot.bootstrap.subscriptions import RegionStatus, open_amazon, read_region, regions_of
from bot.cli.control import READ_PUSH, PushRequest, all_watches, control
from bot.cli.output import PROGRAM
from bot.core.clocks import utc_now
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import SubscriptionState
from bot.core.views.lists import counted
from bot.core.when import ago
from bot.errors import SourceError, StoreError, UserError
from bot.features.watchlist.models.push import PushState
from bot.settings import Settings

OFF = (
    "changes are seen at the next check. To hear of them at once, see docs/running.md, "
    "'Hear of changes at once'"
)
NO_AMAZON = "not checked: set up Amazon first"
SET_UP = f"Run: {PROGRAM} push setup"
STATUS = f"Run: {PROGRAM} push status"


async def read_push(
    settings: Settings, queue: QueueAddress
) -> tuple[list[RegionStatus], PushState]:
    """Return how it stands in each region, and how notifications arrive.

    Raises:
        StoreError: the data cannot be read.
        LoginError: Amazon refuses the credentials.
    """
    async with control(settings) as application:
        watches = await all_watches(application)
        state = await application.ask(READ_PUSH, PushRequest())
    source = open_amazon(settings)
    try:
        regions = regions_of(settings, watches)
        return [await read_region(source, queue, region) for region in regions], state
    finally:
        await source.aclose()


async def queue_trouble(settings: Settings) -> str:
    """Return why the queue cannot be read; empty: it can."""
    try:
        await try_queue(settings)
    except (SourceError, UserError) as error:
        return str(error)
    return ""


async def check_push(settings: Settings) -> tuple[str, str]:
    """Return what the doctor finds of it: a state, and what to do."""
    queue = queue_of(settings)
    if queue is None:
        return "off", OFF
    if trouble := await queue_trouble(settings):
        return "wrong", trouble
    if missing_credentials(settings):
        return "missing", NO_AMAZON
    try:
        regions, state = await read_push(settings, queue)
    except (SourceError, StoreError) as error:
        return "wrong", f"could not check. {error}"
    return _found(regions, state)


def _found(regions: Sequence[RegionStatus], state: PushState) -> tuple[str, str]:
    last = f"last one {ago(state.heard_at, utc_now())}"
    kinds = [each for region in regions for each in region.kinds]
    here = sum(each.state is SubscriptionState.HERE for each in kinds)
    told = f"{here} of {counted(len(kinds), 'notification')} subscribed; {last}"
    if why := next((region.why for region in regions if region.why), ""):
        return "wrong", f"{told}. Could not check all: {why}"
    if here == len(kinds):
        return "fine", told
    missing = any(each.state is SubscriptionState.MISSING for each in kinds)
    return "missing", f"{told}. {SET_UP if missing else STATUS}"
