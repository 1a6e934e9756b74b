"""What of a card a person may press, and who else may."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from bot.core.cards import Button, Card
from bot.core.collections import MEMBERS
from bot.core.permissions import Permission, Role
from bot.core.scanning import each
from bot.core.store import Store

NAMED = 3
"""At most so many people are named who may do it."""

Needs = Callable[[Button], Permission]
"""Tells what a person needs to press a button."""


def pressable_by(role: Role, card: Card, needs: Needs) -> Card:
    """Return the card without what the role may not press; a link may be opened by everybody."""
    menu = card.menu
    if menu is not None:
        items = _allowed(role, menu.items, needs)
        menu = msgspec.structs.replace(menu, items=items) if items else None
    buttons = _allowed(role, card.buttons, needs)
    if (buttons, menu) == (card.buttons, card.menu):
        return card
    return msgspec.structs.replace(card, buttons=buttons, menu=menu)


def reasons(role: Role, card: Card, needs: Needs) -> tuple[str, ...]:
    """Say, each thing once, why the role may not press all of the card."""
    left_out = (role.barred(needs(each)) for each in card.pressable if not each.url)
    return tuple(dict.fromkeys(filter(None, left_out)))


def _allowed(role: Role, buttons: Sequence[Button], needs: Needs) -> tuple[Button, ...]:
    return tuple(each for each in buttons if each.url or role.can(needs(each)))


async def who_may(store: Store, permission: Permission) -> list[str]:
    """Name some of those who may, of those who have acted here."""
    names: dict[str, None] = {}
    async for member in each(store, MEMBERS):
        if member.name and Role(member.role).can(permission):
            names.setdefault(member.name)
    return list(names)[:NAMED]
