"""The brand's register: what is entered into it and what is taken out."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.scanning import each
from bot.core.store import Collection, Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image
from bot.errors import UserError
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import BrandRight, RightsDocument
from bot.features.rights.rules import PaperInput, RightInput
from bot.features.rights.views import added_act, removed_act
from bot.features.watchlist.models.events import TrustChanged

T = TypeVar("T", bound=msgspec.Struct)


async def add_right(
    app: AppContext, tx: Transaction, who: Person, wanted: RightInput
) -> BrandRight:
    """Enter the right, and announce it. Raises UserError, also where it was entered before."""
    wanted.require_new(await entered_rights(app))
    now = app.clock()
    right = wanted.right(await next_number(tx, "rights"), who, now)
    tx.put(BRAND_RIGHTS, right)
    image = Image.of(BRAND_RIGHTS, None, right)
    await announce(app, tx, who, now, added_act(who, right.label, image))
    return right


async def entered_rights(app: AppContext) -> dict[tuple[str, str, str], str]:
    """Return the labels of all rights of the register, by what nobody enters twice."""
    return {right.identity: right.label async for right in each(app.store, BRAND_RIGHTS)}


async def add_paper(
    app: AppContext, tx: Transaction, who: Person, wanted: PaperInput
) -> RightsDocument:
    """Enter the paper, and announce it. Raises UserError."""
    now = app.clock()
    paper = wanted.paper(await next_number(tx, "papers"), who, now)
    tx.put(RIGHTS_DOCUMENTS, paper)
    image = Image.of(RIGHTS_DOCUMENTS, None, paper)
    await announce(app, tx, who, now, added_act(who, paper.label, image))
    await app.tell(tx, TrustChanged(paper.party))
    return paper


async def remove_right(app: AppContext, tx: Transaction, who: Person, number: str) -> BrandRight:
    """Take the right with that number out of the register, and announce it.

    Raises:
        UserError: there is none.
    """
    missing = f"There is no right {number[:10]}. Type /rights to list your rights."
    right = await _remove(tx, BRAND_RIGHTS, number, missing)
    act = removed_act(who, right.label, Image.of(BRAND_RIGHTS, right, None))
    await announce(app, tx, who, app.clock(), act)
    return right


async def remove_paper(
    app: AppContext, tx: Transaction, who: Person, number: str
) -> RightsDocument:
    """Take the paper with that number out of the register, and announce it.

    Raises:
        UserError: there is none.
    """
    missing = f"There is no document {number[:10]}. Type /papers to list your documents."
    paper = await _remove(tx, RIGHTS_DOCUMENTS, number, missing)
    act = removed_act(who, paper.label, Image.of(RIGHTS_DOCUMENTS, paper, None))
    await announce(app, tx, who, app.clock(), act)
    await app.tell(tx, TrustChanged(paper.party))
    return paper


async def _remove(tx: Transaction, collection: Collection[T], number: str, missing: str) -> T:
    digits = number.lstrip("#")
    if not (digits.isascii() and digits.isdigit()):
        message = f"{number[:10]!r} is not a number. Use a number from the list."
        raise UserError(message)
    key = f"{int(digits[:6]):06d}"
    found = await tx.get(collection, key)
    if found is None:
        raise UserError(missing)
    tx.delete(collection, key)
    return found
