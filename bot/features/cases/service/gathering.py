"""Where a case opens, and the message that gathers those that open there within minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.routes import channels_for
from bot.core.store import Transaction
from bot.core.views.context import ViewContext
from bot.features.cases.models.alert_groups import NOW, AlertGroup
from bot.features.cases.models.cases import Case
from bot.features.cases.service.calling import called_on_rise
from bot.features.cases.views.lists import alert_group_card


async def routed_to(app: AppContext, tx: Transaction, case: Case) -> Mapping[str, str]:
    """Return the channels, by chat, in which a case opens elsewhere than where alerts go."""
    routes = (await app.team(tx)).routes
    return channels_for(routes, case.severity, case.marketplace)


def group_of(routed: Mapping[str, str]) -> str:
    """Return the name of the group that gathers what goes to the same channels."""
    if not routed:
        return NOW
    places = msgspec.json.encode(sorted(routed.items()))
    return f"{NOW}-{hashlib.blake2b(places, digest_size=6).hexdigest()}"


async def tell_alert_group(
    app: AppContext,
    tx: Transaction,
    group: AlertGroup,
    view: ViewContext,
    routed: Mapping[str, str],
) -> None:
    """Gather the case under one message, whose card counts them all."""
    urgent = group.worst is Severity.CRITICAL
    card = alert_group_card(group, view)
    if not group.begins:
        await app.outbox.edit(tx, group.message, card, urgent=urgent, routed=routed)
        return
    app.outbox.post(
        tx,
        group.message,
        card,
        ping=urgent,
        quiet=not urgent,
        mentions=await called_on_rise(app, tx, group.worst),
        routed=routed,
    )
