"""Saying whose doing a change of a page was: ours, or not."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.findings import page_key
from bot.core.interface import noted, tr, tr_data
from bot.core.labeled import AttackKind
from bot.core.listing import Watch
from bot.core.permissions import Permission, Person
from bot.core.store import Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Act, Image
from bot.errors import UserError
from bot.features.cases.collections import AFFECTED
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.settling import settle_own_change
from bot.features.cases.service.working import ShownCase, note_words, show_case
from bot.features.cases.views.page_changes import name_of_changes
from bot.features.checklists.service.posting import begin_playbook
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import FIELD_NAMES, GuardedPage
from bot.features.pages.rules import own_change
from bot.features.pages.service.approving import require_page
from bot.features.pages.service.asking import moved
from bot.features.watchlist.collections import WATCHES


async def accept_changes(
    app: AppContext, tx: Transaction, who: Person, key: str, shown: str = ""
) -> ShownCase:
    """Make what a case's page says now its baseline: the team changed it itself.

    ``shown`` names the changes that the person saw; empty: it is not known which.

    Raises:
        UserError: the case is closed, its page says what was approved, or changed again.
    """
    case, page = await _changed(tx, key)
    on = await tx.get(AFFECTED, Affected.key_of(case.key, page.baseline.asin))
    if shown and page.changes and on is not None and name_of_changes([on]) != shown:
        raise UserError(tr("The page changed again. Check the card, then press the button again."))
    now = app.clock()
    after = own_change(page, who, now)
    tx.put(GUARDED_PAGES, after)
    await moved(tx, page, after.state)
    await settle_own_change(app, tx, who, case, page.baseline.asin, now)
    watch = await tx.get(WATCHES, page.key)
    name = watch.name if watch else page.baseline.asin
    act = Act(
        title=tr("{who} approved a change of a page.", who=who.name),
        body=tr(
            "{name}: what the page says now is its approved version. Changed: {parts}.",
            name=name,
            parts=", ".join(tr_data(FIELD_NAMES[each.field]).lower() for each in page.changes),
        ),
        permission=Permission.WORK_CASES,
        images=(Image.of(GUARDED_PAGES, page, after),),
        instead=tr("Correct the page at Amazon. That raises an alert, which you can approve."),
    )
    await announce(app, tx, who, now, act)
    return await show_case(app, tx, case.key)


async def refuse_changes(app: AppContext, tx: Transaction, who: Person, key: str) -> Case:
    """Say that a change was not ours: the playbook begins in the case's thread.

    Raises:
        UserError: the case is closed, or its page says what was approved.
    """
    case, page = await _changed(tx, key)
    if not page.changes:
        raise UserError(tr("The page says what you approved. Nothing is left to decide."))
    case = await note_words(app, tx, case, who, noted("This was not our change."))
    await begin_playbook(app, tx, case, AttackKind.TAKEOVER)
    return case


async def _changed(tx: Transaction, key: str) -> tuple[Case, GuardedPage]:
    """Return an open case and the page that it is about. Raises UserError."""
    case = await require_case(tx, key)
    case.require_open()
    asin = case.asins[0] if case.asins else ""
    if case.fingerprint != page_key(case.marketplace, asin):
        raise UserError(tr("{case} is not about a page.", case=case.label))
    return case, await require_page(tx, Watch.key_of(case.marketplace, asin))
