"""Answering interactions: at once, or later if the work takes longer than Discord waits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import discord
import structlog

from adapters.discord import render
from adapters.discord.chat import DiscordChat
from adapters.discord.commands import CHOICE, CHOICES, wanted
from adapters.discord.forms import CONTINUE, continue_message, crowded, modal
from adapters.discord.incoming import Incoming
from adapters.discord.render import Json
from bot.app.front import Front
from bot.errors import BrandwardenError
from bot.ui.cards import Tone
from bot.ui.interactions import Ask, Notice, Post, Reply, Update

log = structlog.get_logger(__name__)

PATIENCE = 1.5
"""Seconds after which Discord is told that it takes longer; it waits for 3."""
MESSAGE, LATER, UNCHANGED, CHANGED, CHOICES_SHOWN, MODAL = 4, 5, 6, 7, 8, 9
"""Discord's kinds of first answers."""
EPHEMERAL = 64
UNKNOWN = 10062


class Answers:
    """Passes interactions on and shows what comes back."""

    def __init__(self, front: Front, chat: DiscordChat, incoming: Incoming) -> None:
        """Answer through the chat."""
        self._front = front
        self._chat = chat
        self._incoming = incoming

    async def answer(self, i: discord.Interaction) -> None:
        """Answer one interaction, whatever it is. What it wrote stays if Discord is gone."""
        try:
            if i.type is discord.InteractionType.autocomplete:
                await self._complete(i)
            elif i.type is not discord.InteractionType.ping:
                await self._work(i)
        except discord.HTTPException as error:
            log.info("answer not taken", status=error.status, code=error.code)
        except (BrandwardenError, OSError) as error:
            log.warning("answer not sent", error=str(error))

    async def _complete(self, i: discord.Interaction) -> None:
        data: Json = dict(i.data or {})
        kind, typed = wanted(
            self._front.commands, str(data.get("name", "")), data.get("options", [])
        )
        found = (await self._front.suggest(kind, typed))[:CHOICES]
        choices = [{"name": each.label[:CHOICE], "value": each.value[:CHOICE]} for each in found]
        await self._respond(i, CHOICES_SHOWN, {"choices": choices})

    async def _work(self, i: discord.Interaction) -> None:
        work = asyncio.ensure_future(self._replies(i))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if not done:
            await self._respond(i, LATER, {"flags": EPHEMERAL})
        replies = await work
        if replies is None:
            return
        if done:
            await self._first(i, replies)
        else:
            await self._afterwards(i, replies)

    async def _replies(self, i: discord.Interaction) -> Sequence[Reply] | None:
        """Return the replies; None if this interaction was answered before."""
        try:
            asked = await self._incoming.read(i)
            return await self._front.handle(asked) if asked else ()
        except BrandwardenError as error:
            return (Notice(str(error), Tone.WARNING),)

    async def _first(self, i: discord.Interaction, replies: Sequence[Reply]) -> None:
        leads = _leads_on(i)
        if not replies:
            kind, data = _nothing(i, leads=leads)
        elif isinstance(replies[0], Ask) and _may_open(i, replies[0], leads=leads):
            kind, data = MODAL, modal(replies[0])
        else:
            # What led to the form has done its duty, and the answer takes its place.
            changed = isinstance(replies[0], Update) or leads
            kind, data = (CHANGED if changed else MESSAGE), _private(replies[0])
        await self._respond(i, kind, data)
        await self._more(i, replies[1:])

    async def _afterwards(self, i: discord.Interaction, replies: Sequence[Reply]) -> None:
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        where = {"webhook_id": i.application_id, "webhook_token": i.token}
        if not replies:
            await self._chat.call("DELETE", path, **where)
            return
        await self._chat.call("PATCH", path, _shown(replies[0]), **where)
        await self._more(i, replies[1:])

    async def _more(self, i: discord.Interaction, replies: Sequence[Reply]) -> None:
        path = "/webhooks/{webhook_id}/{webhook_token}"
        where = {"webhook_id": i.application_id, "webhook_token": i.token}
        for reply in replies:
            await self._chat.call("POST", path, _private(reply), **where)

    async def _respond(self, i: discord.Interaction, kind: int, data: Json | None) -> None:
        path = "/interactions/{id}/{webhook_token}/callback"
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        await self._chat.call("POST", path, body, id=i.id, webhook_token=i.token)


def _may_open(i: discord.Interaction, ask: Ask, *, leads: bool) -> bool:
    """Tell whether the form may open at once: no modal answers a modal, and some need words."""
    answers_modal = i.type is discord.InteractionType.modal_submit
    return not answers_modal and (leads or not crowded(ask.form))


def _leads_on(i: discord.Interaction) -> bool:
    """Tell whether it began on a message that does nothing but lead to a form."""
    rows = i.message.components if i.message else []
    parts = [part for row in rows for part in getattr(row, "children", ())]
    return any(str(getattr(part, "custom_id", "")).startswith(f"{CONTINUE}:") for part in parts)


def _nothing(i: discord.Interaction, *, leads: bool) -> tuple[int, Json | None]:
    done = render.notice("Done.", Tone.GOOD)
    if leads:
        return CHANGED, done
    return (UNCHANGED, None) if i.message else (MESSAGE, {**done, "flags": EPHEMERAL})


def _private(reply: Reply) -> Json:
    return {**_shown(reply), "flags": EPHEMERAL}


def _shown(reply: Reply) -> Json:
    match reply:
        case Post(card=card) | Update(card=card):
            return render.message(card)
        case Notice(text=text, tone=tone):
            return render.notice(text, tone)
        case Ask():
            return continue_message(reply)
