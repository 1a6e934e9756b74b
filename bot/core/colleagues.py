"""The people who act here: who works with it, who can get work and be called."""

from __future__ import annotations

from bot.core.collections import COLLEAGUES, MEMBERS, Member
from bot.core.interactions import AnyInteraction, Chosen
from bot.core.mentions import Colleague
from bot.core.permissions import Role
from bot.core.store import Transaction


async def remember(tx: Transaction, interaction: AnyInteraction) -> None:
    """Remember who works here: once there are two, a report needs a second person."""
    who, role = interaction.who, interaction.role
    member = Member(who.id, interaction.where.chat, who.name, int(role))
    known = await tx.get(MEMBERS, member.id)
    # Who works here no more is still one of those who did.
    if known != member and (known is not None or role >= Role.MEMBER):
        tx.put(MEMBERS, member)
    await know(tx, interaction.where.chat, Chosen(interaction.who, interaction.role))


async def know(tx: Transaction, chat: str, known: Chosen) -> None:
    """Remember who can be assigned work and be called, and who no longer can."""
    person = known.person
    before = await tx.get(COLLEAGUES, person.id)
    if known.role < Role.MEMBER:
        if before is not None:
            tx.delete(COLLEAGUES, person.id)
        return
    after = Colleague(id=person.id, name=person.name, chat=chat)
    if before != after:
        tx.put(COLLEAGUES, after)
