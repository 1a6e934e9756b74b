"""Announcing an act in the transaction that does it, so that neither is there without the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from bot.core import cards
from bot.core.audit.recording import entry_key
from bot.core.audit.texts import forget_texts
from bot.core.cards import Button, Card, Tone
from bot.core.clock_watch import confirmed_time
from bot.core.collections import UNDOABLES
from bot.core.context import AppContext
from bot.core.forgetting import ask_compaction, release
from bot.core.interactions import Place, Post, Reply
from bot.core.interface import tr
from bot.core.naming import named
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import Team
from bot.core.text import clip, one_line
from bot.core.undo.models import UNDO_FOR, Act, Image, Undoable, UndoOver
from bot.core.when import moment

T = TypeVar("T", bound=msgspec.Struct)


async def announce(
    app: AppContext, tx: Transaction, who: Person, at: datetime, act: Act
) -> Undoable:
    """Post what was done where alerts go, without a ping, and offer to undo it.

    ``at`` is the moment with which the act marked what it changed.
    """
    undoable = _undoable(who, at, act)
    if undoable.open:
        tx.create(UNDOABLES, undoable)
    app.outbox.post(tx, undoable.message, act_card(undoable, await app.team(tx)))
    return undoable


def let_undo(tx: Transaction, who: Person, at: datetime, act: Act, told: str) -> Undoable:
    """Let an act be undone that a feature tells of itself, in the message ``told``.

    That message gets what ``with_undo`` adds, and loses it when the feature hears `UndoOver`.
    """
    undoable = _undoable(who, at, act, told)
    tx.create(UNDOABLES, undoable)
    return undoable


async def restore_too(tx: Transaction, act: Undoable | None, images: Sequence[Image]) -> None:
    """Let the undoing of an act of this transaction restore what followed from it, too."""
    known = await tx.get(UNDOABLES, act.key) if act and images else None
    if known is not None and known.open:
        more = (*known.images, *images)
        tx.put(UNDOABLES, msgspec.structs.replace(known, images=more))


def _undoable(who: Person, at: datetime, act: Act, told: str = "") -> Undoable:
    return Undoable(
        key=entry_key(at),
        who=who,
        at=at,
        until=at + act.lasts,
        title=act.title,
        body=act.body,
        permission=act.permission,
        images=act.images,
        instead=act.instead,
        tone=act.tone,
        open=bool(act.images),
        told=told,
    )


async def show_act(app: AppContext, tx: Transaction, act: Undoable) -> None:
    """Store the act as it is now, and have its message show it."""
    tx.put(UNDOABLES, act)
    if act.told:
        await app.tell(tx, UndoOver(act))
    else:
        await app.outbox.edit(tx, act.message, act_card(act, await app.team(tx)))


async def end_undo(app: AppContext) -> None:
    """Take the button off the messages of acts that can be undone no more."""

    async def end(tx: Transaction) -> None:
        now = app.clock()
        sure = min(now, await confirmed_time(tx))
        async for act in each_found(tx, UNDOABLES, "open", value=True):
            if now < act.until:
                continue
            # Files of what was removed, unless they are named elsewhere: they go for good, so a
            # clock that is ahead must not make it sooner.
            named_by = (name for image in act.images for name in named(image))
            names = [name for name in named_by if await app.evidence.kept_at(name)]
            if names and sure < act.until:
                continue
            await show_act(app, tx, msgspec.structs.replace(act, open=False, images=()))
            if names:
                await release(app, tx, names, act.message)
            removed = [(each.collection, each.key) for each in act.images if each.after is None]
            if removed:
                await forget_texts(app.store, tx, removed)
                ask_compaction(app, tx)

    if await app.store.count(UNDOABLES, "open", True):
        await run_in_transaction(app.store, end)


def act_card(act: Undoable, team: Team) -> Card:
    """Say who did what, and offer to undo it as long as that is possible."""
    body, tone, footer = act.body, act.tone, ""
    if act.undone_by is not None and act.undone_at is not None:
        time = f"{team.local(act.undone_at):%H:%M}"
        body = tr("{name} undid this at {time}.", name=act.undone_by.name, time=time)
        tone = Tone.QUIET
    elif act.open:
        footer = _until(act, team)
    return Card(
        title=one_line(act.title, cards.TITLE),
        body=clip(body, cards.BODY),
        tone=tone,
        buttons=(_button(act),) if act.open else (),
        footer=footer,
    )


def with_undo(card: Card, act: Undoable, team: Team) -> Card:
    """Return a card that tells of the act and offers to undo it."""
    footer = " · ".join(filter(None, (card.footer, _until(act, team))))
    return msgspec.structs.replace(
        card, buttons=(*card.buttons, _button(act)), footer=one_line(footer, cards.FOOTER)
    )


def offered_to(where: Place, act: Undoable | None, team: Team) -> list[Reply]:
    """Offer Undo to who did it alone, unless they are in the thread that tells of it."""
    return [] if act is None or where.thread else [Post(act_card(act, team))]


def _button(act: Undoable) -> Button:
    return Button(label=tr("Undo"), action="undo", ref=act.key, needs=act.permission)


def _until(act: Undoable, team: Team) -> str:
    local = team.local(act.until)
    soon = act.until - act.at <= UNDO_FOR
    end = f"{local:%H:%M}" if soon else moment(act.until, team)
    return tr("You can undo this until {time}.", time=end)
