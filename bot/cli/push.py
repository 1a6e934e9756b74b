"""``push setup``, ``status`` and ``test``: Amazon's notifications, from Amazon to the queue."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from bot.bootstrap.push import queue_of
from bot.bootstrap.sources import is_simulated, missing_credentials
from bot.bootstrap.subscriptions import (
    RegionStatus,
    open_amazon,
    regions_of,
    send_test,
    subscribe_region,
)
from bot.cli.output import AsJson, complain, examples, group, tell
from bot.cli.push_state import queue_trouble, read_push
from bot.cli.start import begin, finish
from bot.core.clocks import utc_now
from bot.core.marketplaces import REGIONS
from bot.core.push_policy import bridge_commands, policy_for
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import SubscriptionState
from bot.core.text import one_line
from bot.core.views.lists import counted
from bot.core.when import ago
from bot.features.watchlist.models.push import PushState
from bot.settings import PREFIX, Settings

app = group("Hear of changes from Amazon at once.", "push setup", "push status", "push test")

WHY = 200
PAGE = "'Hear of changes at once' in docs/running.md"
NO_QUEUE = f"Create a queue first and set {PREFIX}PUSH_QUEUE_URL: see {PAGE}."
NO_ACCOUNT = "Set {names} in .env first (see 'Connect Amazon' in the README)."

NO_SANDBOX = (
    "Only Amazon's sandbox sends test notifications. "
    f"Set {PREFIX}AMAZON_ENDPOINT to https://sandbox.sellingpartnerapi-na.amazon.com for this."
)


class PushReport(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands, for machines."""

    queue: str
    queue_error: str
    arrivals: PushState
    regions: dict[str, dict[str, str]]
    """By region and kind, what is true of it."""


@app.command(epilog=examples("push status", "push status --json"))
def status(as_json: AsJson = False) -> None:
    """Show which notifications come, and when the last one came.

    Exit code 1: some do not, or the queue cannot be read.
    """
    settings = begin("error")
    queue = _queue(settings)
    regions, state = finish(read_push(settings, queue))
    trouble = finish(queue_trouble(settings))
    if as_json:
        tell(
            PushReport(
                queue=queue.arn,
                queue_error=trouble,
                arrivals=state,
                regions={
                    each.region: {kind.kind.type: kind.state.value for kind in each.kinds}
                    for each in regions
                },
            )
        )
    else:
        typer.echo(f"Queue: {queue.arn}")
        for region in regions:
            _show(region)
        typer.echo(f"Last notification: {ago(state.heard_at, utc_now())}")
        if state.unreadable:
            typer.echo(f"{counted(state.unreadable, 'message')} could not be read.")
        if trouble:
            complain(trouble)
    here = all(each.of(SubscriptionState.HERE) == [k.kind for k in each.kinds] for each in regions)
    raise typer.Exit(0 if here and not trouble else 1)


@app.command(epilog=examples("push setup", "push setup --yes"))
def setup(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before subscribing.")] = False,
) -> None:
    """Have Amazon send notifications to your queue.

    Shows the access policy that the queue needs, and asks before it subscribes. Run it again
    whenever you like: what is subscribed stays as it is.

    Exit code 1: some notifications do not come to the queue.
    """
    settings = begin("error")
    queue = _queue(settings)
    regions, _ = finish(read_push(settings, queue))
    for region in regions:
        _show(region)
    missing = sum(len(each.of(SubscriptionState.MISSING)) for each in regions)
    if missing:
        typer.echo(f"\nGive the queue this access policy, if it has none yet:\n{policy_for(queue)}")
        wanted = yes or typer.confirm(f"Subscribe to {counted(missing, 'notification')}?")
        if not wanted:
            typer.echo("Nothing was changed.")
            raise typer.Exit(1)
        regions = finish(_subscribe(settings, queue, regions))
        for region in regions:
            _show(region)
    _say_bridges(queue, regions)
    done = all(len(each.of(SubscriptionState.HERE)) == len(each.kinds) for each in regions)
    raise typer.Exit(0 if done else 1)


@app.command(epilog=examples("push test"))
def test() -> None:
    """Have Amazon's sandbox send a made-up notification.

    It shows that the queue works, and says nothing about your subscriptions.
    """
    settings = begin("error")
    queue = _queue(settings)
    if "sandbox" not in settings.amazon_endpoint and not is_simulated(settings):
        complain(NO_SANDBOX)
        raise typer.Exit(2)
    finish(_test(settings, queue))
    typer.echo("Sent. It comes to the queue within a minute.")


def _queue(settings: Settings) -> QueueAddress:
    """Return the queue; exits where it is not set, or Amazon cannot be asked."""
    queue, missing = queue_of(settings), missing_credentials(settings)
    if queue is None:
        complain(NO_QUEUE)
        raise typer.Exit(2)
    if missing:
        complain(NO_ACCOUNT.format(names=", ".join(missing)))
        raise typer.Exit(2)
    return queue


async def _subscribe(
    settings: Settings, queue: QueueAddress, regions: list[RegionStatus]
) -> list[RegionStatus]:
    source = open_amazon(settings)
    try:
        return [await subscribe_region(source, queue, region) for region in regions]
    finally:
        await source.aclose()


async def _test(settings: Settings, queue: QueueAddress) -> None:
    source = open_amazon(settings)
    try:
        await send_test(source, queue, *regions_of(settings, ())[:1])
    finally:
        await source.aclose()


def _show(region: RegionStatus) -> None:
    typer.echo(f"\n{REGIONS[region.region]}")
    for each in region.kinds:
        typer.echo(f"  {each.kind.type:<30} {each.state.value}")
    if region.why:
        complain(one_line(region.why, WHY))
    if elsewhere := region.of(SubscriptionState.ELSEWHERE):
        complain(
            f"Amazon sends {counted(len(elsewhere), 'notification')} to another destination of "
            "your app, and allows only one. Delete that subscription where it was made."
        )


def _say_bridges(queue: QueueAddress, regions: list[RegionStatus]) -> None:
    """Say once how events come from EventBridge into the queue."""
    found = {each.bridge.source: each.bridge for each in regions if each.bridge}
    for bridge in found.values():
        typer.echo("\nLead the events from EventBridge into the queue, once:")
        for command in bridge_commands(bridge, queue):
            typer.echo(command)
