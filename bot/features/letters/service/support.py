"""Requests to Amazon's support: drafted from what a person and the case say, and kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.marketplaces import Marketplace
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.store import Transaction
from bot.core.templates import ENGLISH
from bot.features.cases.collections import CASES
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.evidence import items_of
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter, LetterKind
from bot.features.letters.models.support_requests import (
    Request,
    SupportDraft,
    SupportInput,
    SupportMatter,
)
from bot.features.letters.service.keeping import LetterKept, keep_letter
from bot.features.letters.service.letters import find_letter
from bot.features.letters.texts.writing import support_request

EVIDENCE = 6
"""Pieces that a request names."""


async def draft_request(app: AppContext, tx: Transaction, asked: SupportInput) -> SupportDraft:
    """Draft a request from what was answered and what its case knows."""
    case = await tx.get(CASES, asked.case) if asked.case else None
    items = [item for item in await items_of(tx, case.key) if item.here] if case else []
    market = Marketplace.named(case.marketplace if case else app.brand.home)
    request = Request(
        brand=app.brand.name,
        need=asked.need,
        about=asked.about,
        since=asked.since,
        happened=tuple(asked.happened.splitlines()),
        steps=asked.steps,
        done=tuple(asked.done.splitlines()),
        wish=tuple(asked.wish.splitlines()),
        site=f"amazon.{market.domain}",
        earlier=asked.earlier,
        merchant=asked.merchant,
        complaint=asked.complaint,
        complainant=asked.complainant,
        seller=case.seller if case else "",
        evidence=tuple(items[:EVIDENCE]),
    )
    return SupportDraft(
        text=support_request(request, asked.language),
        language=asked.language,
        grounds=_grounds(items),
        need=asked.need,
        case=case.key if case else "",
        english=support_request(request, ENGLISH) if asked.language != ENGLISH else "",
    )


async def open_request(tx: Transaction, letter: Letter) -> SupportDraft:
    """Return the request as it is, to be changed. Raises UserError: it was sent or dropped."""
    steps.require_ready(letter)
    items = await items_of(tx, letter.case) if letter.case else ()
    return SupportDraft(
        text=letter.text,
        language=letter.language,
        grounds=_grounds(items),
        need=SupportMatter(letter.situation),
        case=letter.case,
        english=letter.english,
    )


async def write_request(
    app: AppContext, tx: Transaction, who: Person, request: SupportDraft, letter: str = ""
) -> LetterKept:
    """Keep the request, ready to be sent by a person: in place of the ``letter``, if one is named.

    Raises:
        UserError: the letter was sent or dropped.
    """
    if letter:
        changed = steps.edit(await find_letter(tx, letter), request.text)
        return await keep_letter(app, tx, who, changed, f"{who.name} edited {changed.label}.")
    written = Letter(
        number=await next_number(tx, "letters"),
        kind=LetterKind.SUPPORT,
        situation=request.need.value,
        text=request.text,
        language=request.language,
        english=request.english,
        case=request.case,
        written_by=who,
        written_at=app.clock(),
    )
    says = f"{who.name} wrote {written.label} to Amazon's support: {written.about.lower()}."
    return await keep_letter(app, tx, who, written, says)


def _grounds(items: Sequence[EvidenceItem]) -> bool:
    """Tell whether there is a test buy, or photos of theirs and of ours."""
    kinds = {item.kind for item in items if item.here}
    return EvidenceKind.TEST_BUY in kinds or {EvidenceKind.RECEIVED, EvidenceKind.GENUINE} <= kinds
