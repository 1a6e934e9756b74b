"""Adding and removing routes: announced and undone like other settings."""

from __future__ import annotations

import msgspec

from bot.core.collections import CHANNEL_BINDINGS, TEAMS
from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.interactions import Place
from bot.core.interface import speak, tr
from bot.core.permissions import Person
from bot.core.routes import MOST_ROUTES, AlertRoute
from bot.core.routing import forget_unrouted
from bot.core.store import Transaction
from bot.core.team import Team
from bot.core.undo.announcing import announce
from bot.core.undo.models import Act, Image, Undone
from bot.errors import UserError
from bot.features.overview.views.routes import route_added_act, route_removed_act


async def add_route(
    app: AppContext,
    tx: Transaction,
    who: Person,
    where: Place,
    *,
    severity: Severity | None,
    marketplace: str,
) -> Team:
    """Let alerts go to a channel from now on; it takes the place of one of the same conditions.

    Routes with more conditions come first, so that the more exact one counts.

    Raises:
        UserError: alerts go there anyhow, none are posted in this chat, or there are too many.
    """
    room = await tx.get(CHANNEL_BINDINGS, where.chat)
    if room is None or not room.channel:
        message = tr("No channel is set for alerts yet. Type /settings channel here first.")
        raise UserError(message)
    if where.channel == room.channel:
        message = tr("Alerts already go to this channel.")
        raise UserError(message)
    route = AlertRoute(
        chat=where.chat,
        channel=where.channel,
        name=where.name,
        severity=severity,
        marketplace=marketplace,
    )
    before = await app.team(tx)
    others = [each for each in before.routes if each.conditions != route.conditions]
    if len(others) >= MOST_ROUTES:
        message = tr("At most {most} routes are possible. Remove one first.", most=MOST_ROUTES)
        raise UserError(message)
    routes = sorted([*others, route], key=_exactness)
    tx.put(CHANNEL_BINDINGS, room.with_route(route.channel))
    after = msgspec.structs.replace(before, routes=tuple(routes))
    return await _change(
        app, tx, who, before, after, route_added_act(who, route, is_open=where.open)
    )


async def remove_route(app: AppContext, tx: Transaction, who: Person, typed: str) -> Team:
    """Remove the route of that number. Raises UserError where there is none."""
    before = await app.team(tx)
    numbered = {str(number): each for number, each in enumerate(before.routes, 1)}
    gone = numbered.get(typed.strip())
    if gone is None:
        message = tr("Type the number of a route, as /settings route shows it.")
        raise UserError(message)
    left = tuple(each for each in before.routes if each is not gone)
    after = msgspec.structs.replace(before, routes=left)
    return await _change(app, tx, who, before, after, route_removed_act(who, gone))


def _exactness(route: AlertRoute) -> tuple[bool, int]:
    """Sort the more exact route first: one of a marketplace, then one of a higher severity."""
    return not route.marketplace, -1 if route.severity is None else -int(route.severity)


async def _change(
    app: AppContext, tx: Transaction, who: Person, before: Team, after: Team, act: Act
) -> Team:
    if after != before:
        tx.put(TEAMS, after)
        await _forget(app, tx)
        with speak(after.language):
            image = Image.of(TEAMS, before, after)
            await announce(app, tx, who, app.clock(), msgspec.structs.replace(act, images=(image,)))
    return after


async def follow_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """A route may be gone with what was undone: nobody has to mend its channel."""
    if any(True for _ in event.images(TEAMS)):
        await _forget(app, tx)


async def _forget(app: AppContext, tx: Transaction) -> None:
    for chat in app.outbox.chats:
        await forget_unrouted(app, tx, chat)
