"""The button Undo: what the act wrote becomes as it was, unless it was changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.core.audit.entries import AuditEntry, place_name
from bot.core.cards import Tone
from bot.core.collections import AUDIT, UNDOABLES
from bot.core.interactions import Notice, Reply, Update
from bot.core.interface import together, tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each
from bot.core.store import Collection, Transaction
from bot.core.undo.announcing import act_card, show_act
from bot.core.undo.models import Image, Undoable, Undone
from bot.core.when import moment
from bot.errors import UserError


async def undo(ctx: RequestContext) -> Sequence[Reply]:
    """Undo an act.

    Raises:
        NotAllowed: the person lacks the permission that the act needed.
        UserError: it is undone, too late, or what it wrote was changed since.
    """
    act = await _act(ctx)
    collections = {known.name: known for known in ctx.app.features.collections}
    for image in act.images:
        if not await restore(ctx.tx, collections[image.collection], image):
            raise UserError(await _changed(ctx, act, image))
    now = ctx.app.clock()
    await ctx.app.tell(ctx.tx, Undone(who=ctx.who, at=now, of=act, checker=ctx.checker))
    done = msgspec.structs.replace(act, open=False, images=(), undone_by=ctx.who, undone_at=now)
    await show_act(ctx.app, ctx.tx, done)
    notice = Notice(tr("Undone. Everything is back as it was."), Tone.GOOD)
    if not act.told:
        return [notice]
    # Who did it may have pressed on a card that they alone see: it changes in its place.
    return [Update(act_card(done, await ctx.app.team(ctx.tx))), notice]


async def _act(ctx: RequestContext) -> Undoable:
    """Return the act that can be undone now by the person."""
    act = await ctx.tx.get(UNDOABLES, ctx.text)
    if act is None:
        message = tr("This can no longer be undone.")
        raise UserError(message)
    ctx.role.require(act.permission)
    team = await ctx.app.team(ctx.tx)
    if act.undone_by is not None and act.undone_at is not None:
        name, when = act.undone_by.name, moment(act.undone_at, team)
        raise UserError(tr("{name} already undid this ({when}).", name=name, when=when))
    if not act.open or ctx.app.clock() >= act.until:
        late = tr(
            "It is too late to undo this. Undo was available until {when}.",
            when=moment(act.until, team),
        )
        raise UserError(together(late, act.instead))
    return act


async def restore(tx: Transaction, collection: Collection[Any], image: Image) -> bool:
    """Make a document as it was before the act; tell whether that is possible.

    What others changed meanwhile in other fields of it stays.
    """
    now = await tx.get(collection, image.key)
    before, after = image.read(collection)
    if before is None or after is None:
        if now != after:
            return False
        if before is None:
            tx.delete(collection, image.key)
        else:
            tx.put(collection, before)
        return True
    changed = [
        name
        for name in collection.type.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    ]
    if now is None or any(getattr(now, name) != getattr(after, name) for name in changed):
        return False
    back = {name: getattr(before, name) for name in changed}
    tx.put(collection, msgspec.structs.replace(now, **back))
    return True


async def _changed(ctx: RequestContext, act: Undoable, image: Image) -> str:
    """Say who changed since then what the act wrote, and how, as far as that is known."""
    team = await ctx.app.team(ctx.tx)
    later = await _later_act(ctx, act, image)
    if later is not None:
        since = tr("Since then: {what} ({when})", what=later.title, when=moment(later.at, team))
        return together(since, act.instead)
    entry = await _later_entry(ctx, act, image)
    if entry is None:
        return together(tr("This has since changed."), act.instead)
    when = moment(entry.at, team)
    changed = tr("{name} has since changed this ({when}).", name=entry.name, when=when)
    return together(changed, act.instead)


async def _later_act(ctx: RequestContext, act: Undoable, image: Image) -> Undoable | None:
    """Return the newest act that can be undone itself and changed the same since."""
    async for other in each(ctx.app.store, UNDOABLES, newest=True):
        if other.at <= act.at:
            return None
        if image.place in {each.place for each in other.images}:
            return other
    return None


async def _later_entry(ctx: RequestContext, act: Undoable, image: Image) -> AuditEntry | None:
    """Return the newest entry that says that it changed what matters; else the newest one of it."""
    place, newest = place_name(image.place), None
    async for entry in each(ctx.app.store, AUDIT, newest=True):
        # The act itself was written down a moment after its own time.
        if entry.at <= act.at or act.key in entry.undoable:
            break
        if any(change.place == place for change in entry.changes):
            return entry
        if place in entry.written and newest is None:
            newest = entry
    return newest


CLICKS = (ClickSpec("undo", Permission.READ, undo),)
