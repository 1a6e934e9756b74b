"""Test alerts: sent, acknowledged and deleted. None of it is a case."""

from __future__ import annotations

import msgspec

from bot.core.collections import OUTBOX
from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.interface import speak, tr
from bot.core.mentions import Mention
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.service.calling import called_on_rise
from bot.features.setup.collections import FIRST_RUNS, TRIAL_ALERTS
from bot.features.setup.models import FIRST, LASTS, TrialAlert
from bot.features.setup.service.steps import show_steps
from bot.features.setup.views.trial import trial_card, trial_deleted_card, trial_thread_card

SHOWN = 5
"""So many test alerts may be shown at once."""


async def send_trial(
    app: AppContext, tx: Transaction, who: Person, *, call: bool
) -> tuple[Mention, ...]:
    """Post a test alert with its thread, and return whom it calls: no one, unless ``call``.

    Raises:
        UserError: there are enough of them already.
    """
    if len(await tx.find(TRIAL_ALERTS, "open", value=True, limit=SHOWN)) >= SHOWN:
        message = tr("There are {count} test alerts already. Delete one first.", count=SHOWN)
        raise UserError(message)
    now, team = app.clock(), await app.team(tx)
    alert = TrialAlert(id=f"{now:%Y%m%d%H%M%S%f}", sent_at=now, sent_by=who)
    mentions = await called_on_rise(app, tx, Severity.CRITICAL) if call else ()
    tx.create(TRIAL_ALERTS, alert)
    with speak(team.language):
        card, below = trial_card(alert, team), trial_thread_card(mentions)
    app.outbox.post(tx, alert.message, card, mentions=mentions)
    app.outbox.post(tx, f"{alert.message}/thread", below, thread=alert.message)
    first = await tx.get(FIRST_RUNS, FIRST)
    if first is not None and not first.tried:
        await show_steps(app, tx, msgspec.structs.replace(first, tried=True))
    return mentions


async def acknowledge_trial(app: AppContext, tx: Transaction, id: str, who: Person) -> None:
    """Note who saw the alert first.

    Raises:
        UserError: it is deleted, or another person was first.
    """
    alert = await _found(tx, id)
    if alert.seen_by is not None:
        message = tr("{name} already acknowledged this.", name=alert.seen_by.name)
        raise UserError(message)
    seen, team = (
        msgspec.structs.replace(alert, seen_by=who, seen_at=app.clock()),
        await app.team(tx),
    )
    tx.put(TRIAL_ALERTS, seen)
    with speak(team.language):
        await app.outbox.edit(tx, seen.message, trial_card(seen, team))


async def delete_trial(app: AppContext, tx: Transaction, id: str) -> None:
    """Take a test alert back, and fold its thread away. Raises UserError: it is deleted."""
    await _delete(app, tx, await _found(tx, id))


async def delete_old_trials(app: AppContext, tx: Transaction) -> None:
    """Delete those that were not deleted for a day."""
    now = app.clock()
    for alert in await tx.find(TRIAL_ALERTS, "open", value=True, limit=SHOWN):
        if now - alert.sent_at >= LASTS:
            await _delete(app, tx, alert)


async def _delete(app: AppContext, tx: Transaction, alert: TrialAlert) -> None:
    tx.delete(TRIAL_ALERTS, alert.id)
    await app.outbox.withdraw(tx, f"{alert.message}/thread")
    with speak((await app.team(tx)).language):
        card = trial_deleted_card()
    await app.outbox.withdraw(tx, alert.message)
    # A chat that was not asked to post it yet is not to hear of it now.
    waiting = await tx.find(OUTBOX, "message", alert.message, limit=SHOWN)
    app.outbox.redact(tx, alert.message, card, thread="", waiting=waiting)
    app.outbox.close(tx, alert.message, card)


async def _found(tx: Transaction, id: str) -> TrialAlert:
    alert = await tx.get(TRIAL_ALERTS, id)
    if alert is None:
        message = tr("This test alert was deleted.")
        raise UserError(message)
    return alert
