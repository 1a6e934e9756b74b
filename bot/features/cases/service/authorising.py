"""Authorizing a seller: what to ask before it, and doing it."""

from __future__ import annotations

import msgspec

from bot.core import forms
from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import ReportsOn
from bot.features.cases.rules.inputs import TrustInput
from bot.features.cases.service.affected import asins_of
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.settling import authorise_seller
from bot.features.cases.service.working import ShownCase, show_case
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from bot.features.rights.models import RightsDocument, RightsDocumentKind
from bot.features.watchlist.models.sellers import Trust

LOOKED_AT = 50
"""So many of a seller's newest cases are looked at for reports."""
NAMED = 5
"""So many of them are named."""
OFFERED = forms.OPTIONS - 1
"""Documents that are offered, beside none."""


class Authorised(msgspec.Struct, frozen=True):
    """Who is authorized, whether that changed anything, and the case where it was asked."""

    seller: str
    changed: bool
    shown: ShownCase | None = None


async def authorise_as_asked(
    app: AppContext, tx: Transaction, who: Person, asked: TrustInput
) -> Authorised:
    """Authorize the seller as it was written.

    Raises:
        UserError: it cannot be read, or the case was closed meanwhile.
    """
    case = await require_case(tx, asked.case) if asked.case else None
    if case is not None:
        case.require_open()
    paper = await tx.get(RIGHTS_DOCUMENTS, asked.document) if asked.document else None
    trust = Trust(
        seller=asked.seller,
        authorised=asked.asins or (await asins_of(tx, case) if case else ()),
        until=asked.until(await app.team(tx)),
        document=paper.key if paper else "",
        document_name=paper.label if paper else "",
    )
    changed = await authorise_seller(app, tx, who, trust)
    shown = await show_case(app, tx, case.key) if case else None
    return Authorised(asked.seller, changed, shown)


async def against_trust(
    app: AppContext, tx: Transaction, seller: str, asking: Case | None
) -> tuple[str, ...]:
    """Say what speaks against trusting the seller: reports on them, and their open cases."""
    known = await tx.find(CASES, "seller", seller, limit=LOOKED_AT, newest=True)
    reports = await app.ask(tx, ReportsOn(tuple(case.key for case in known))) or ()
    others = [case.label for case in known if case.open and case != asking]
    named = ", ".join(others[:NAMED]) + (" and more" if len(others) > NAMED else "")
    opened = (f"Open cases about this seller: {named}.",) if others else ()
    return (*reports, *opened)


async def papers_for(app: AppContext, seller: str) -> tuple[tuple[str, str], ...]:
    """Return the letters of authorization to choose from, the seller's own first."""
    letters = [
        paper
        async for paper in each(app.store, RIGHTS_DOCUMENTS)
        if paper.kind is RightsDocumentKind.AUTHORISATION
    ]
    letters.sort(key=lambda paper: paper.party != seller)
    return tuple((paper.key, _label(paper)) for paper in letters[:OFFERED])


def _label(paper: RightsDocument) -> str:
    return one_line(f"{paper.number} {paper.name} ({paper.party})", forms.OPTION)
