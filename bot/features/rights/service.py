"""The brand's register: what is entered into it and what is taken out."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec

from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.store import Collection, Transaction
from bot.errors import UserError
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import BrandRight, RightsDocument
from bot.features.rights.rules import PaperInput, RightInput

T = TypeVar("T", bound=msgspec.Struct)


async def add_right(tx: Transaction, who: Person, wanted: RightInput, now: datetime) -> BrandRight:
    """Enter the right. Raises UserError."""
    right = wanted.right(await next_number(tx, "rights"), who, now)
    tx.put(BRAND_RIGHTS, right)
    return right


async def add_paper(
    tx: Transaction, who: Person, wanted: PaperInput, now: datetime
) -> RightsDocument:
    """Enter the paper. Raises UserError."""
    paper = wanted.paper(await next_number(tx, "papers"), who, now)
    tx.put(RIGHTS_DOCUMENTS, paper)
    return paper


async def remove_right(tx: Transaction, number: str) -> BrandRight:
    """Take the right with that number out of the register.

    Raises:
        UserError: there is none.
    """
    missing = f"There is no right {number[:10]}. Type /rights to see them."
    return await _remove(tx, BRAND_RIGHTS, number, missing)


async def remove_paper(tx: Transaction, number: str) -> RightsDocument:
    """Take the paper with that number out of the register.

    Raises:
        UserError: there is none.
    """
    missing = f"There is no paper {number[:10]}. Type /papers to see them."
    return await _remove(tx, RIGHTS_DOCUMENTS, number, missing)


async def _remove(tx: Transaction, collection: Collection[T], number: str, missing: str) -> T:
    digits = number.lstrip("#")
    if not (digits.isascii() and digits.isdigit()):
        message = f"{number[:10]!r} is not a number. It stands before each line of the list."
        raise UserError(message)
    key = f"{int(digits[:6]):06d}"
    found = await tx.get(collection, key)
    if found is None:
        raise UserError(missing)
    tx.delete(collection, key)
    return found
