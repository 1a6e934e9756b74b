"""What a person gets back: a first response within three seconds, and what follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

import discord
from discord.http import Route

from adapters.discord import render
from adapters.discord.forms import BACK, CONTINUE, continue_message, crowded, modal
from adapters.discord.render import SELECT, Json
from bot.core.cards import Tone
from bot.core.interactions import Ask, Notice, Reply, Update
from bot.core.interface import tr

PATIENCE = 1.5
"""Seconds before we ask for more time."""

EPHEMERAL = {"flags": 64}
FORM = 9
"""The type of the response that opens a form: the first one, or none."""
CLEARED: tuple[int, Json | None] = (7, None)
"""An edit that changes nothing. A menu goes on showing what was chosen, and Discord tells us of no
choice that is shown already; but an edit brings back what the message says (api-docs 3441)."""
COMPLETION = 4
"""The type of an interaction that asks what may be meant by what is typed so far."""

UNREADABLE = "I could not read what Discord sent. Try again."
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


@dataclass
class Talk:
    """The answer to one interaction."""

    client: discord.Client
    asked: discord.Interaction
    _deferral: asyncio.Task[None] | None = None

    async def answer(self, work: Awaitable[Sequence[Reply] | None]) -> None:
        """Show what comes of the work; nothing, if that was shown before."""
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._defer)
        try:
            replies = await work
        finally:
            timer.cancel()
        if self._deferral is not None:
            await self._deferral
        if replies is None:
            return
        if self._deferral is not None:
            replies = await self._fulfil(replies)
        elif self._clears(replies):
            await self.respond(*CLEARED)
        else:
            kind, data = self._first(replies[0] if replies else None)
            await self.respond(kind, data)
            replies = replies[1:]
            if kind == FORM and _is_menu(self.asked) and self.asked.message:
                await self._clear(self.asked.message)
        for reply in replies:
            await self._send("POST", _WEBHOOK, _shown(reply) | EPHEMERAL)

    async def respond(self, kind: int, data: Json | None = None) -> None:
        """Give the first response."""
        await _respond(self.client, self.asked.id, self.asked.token, kind, data or {})

    def _defer(self) -> None:
        kind, data = (6, None) if self.asked.message else (5, EPHEMERAL)
        if _is_menu(self.asked):
            kind, data = CLEARED
        self._deferral = asyncio.create_task(self.respond(kind, data))

    def _first(self, reply: Reply | None) -> tuple[int, Json | None]:
        if reply is None and self.asked.message and not _is_led(self.asked):
            return 6, None
        shown = reply or _done()
        if isinstance(shown, Ask) and self._opens(shown):
            return FORM, modal(shown)
        if self._replaces(shown):
            return 7, _shown(shown)
        return 4, _shown(shown) | EPHEMERAL

    def _clears(self, replies: Sequence[Reply]) -> bool:
        """Tell whether a choice has first to be cleared, so that it can be made again.

        A card that takes the old one's place clears it, and a form must open at once.
        """
        first = next(iter(replies), None)
        opens = isinstance(first, Ask) and self._opens(first)
        return _is_menu(self.asked) and not (opens or isinstance(first, Update))

    def _replaces(self, reply: Reply) -> bool:
        """Tell whether a reply takes the place of the message on which somebody acted.

        What comes of a form takes the place of the button that opened it. A warning leaves the
        button: the form can be tried again.
        """
        warns = isinstance(reply, Notice) and reply.tone is Tone.WARNING
        return isinstance(reply, Update) or (_is_led(self.asked) and not warns)

    def _opens(self, ask: Ask) -> bool:
        """Tell whether a form may open at once."""
        data: Json = dict(self.asked.data or {})
        told = _continues(data.get("custom_id"))
        return not _is_form(self.asked) and (told or not crowded(ask.form))

    async def _clear(self, message: discord.Message) -> None:
        """Let what was chosen be chosen again, though its form may be closed without being sent.

        The form took the place of the response that could do it: what stands there is sent again.
        """
        rows = [row.to_dict() for row in message.components]
        same = {"components": rows, "allowed_mentions": {"parse": []}}
        await self._send("PATCH", f"{_WEBHOOK}/messages/@original", same)

    async def _fulfil(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Show what a deferral promised, and return what is left."""
        promised = self.asked.message is None
        first = replies[0] if replies else _done()
        if not (promised or self._replaces(first)):
            return replies
        await self._send("PATCH", f"{_WEBHOOK}/messages/@original", _shown(first))
        return replies[1:]

    async def _send(self, method: str, path: str, body: Json) -> None:
        ids: Json = {"webhook_id": self.asked.application_id, "webhook_token": self.asked.token}
        await self.client.http.request(Route(method, path, **ids), json=body)


def _done() -> Notice:
    return Notice(tr("Done."), Tone.GOOD)


async def answer_unread(client: discord.Client, data: object) -> None:
    """Answer an interaction that discord.py cannot read: its id and its token are enough."""
    match data:
        case {"id": str(id), "token": str(token), "type": int(kind)} if id.isdecimal():
            shown = render.notice(UNREADABLE, Tone.WARNING) | EPHEMERAL
            reply = (8, {"choices": []}) if kind == COMPLETION else (4, shown)
            await _respond(client, int(id), token, *reply)


async def _respond(client: discord.Client, id: int, token: str, kind: int, data: Json) -> None:
    # Its parts are called as discord.py calls them, so that each token is limited on its own.
    ids: Json = {"webhook_id": id, "webhook_token": token}
    route = Route("POST", "/interactions/{webhook_id}/{webhook_token}/callback", **ids)
    await client.http.request(route, json={"type": kind, "data": data})


def _is_form(asked: discord.Interaction) -> bool:
    return asked.type is discord.InteractionType.modal_submit


def _is_menu(asked: discord.Interaction) -> bool:
    data: Json = dict(asked.data or {})
    return asked.type is discord.InteractionType.component and data.get("custom_id") == SELECT


def _is_led(asked: discord.Interaction) -> bool:
    """Tell whether a form was handed in that a 'Continue' opened."""
    if not (_is_form(asked) and asked.message and asked.message.flags.ephemeral):
        return False
    rows = [row for row in asked.message.components if isinstance(row, discord.ActionRow)]
    return any(_continues(each.custom_id) for row in rows for each in row.children)


def _continues(custom_id: object) -> bool:
    return str(custom_id).startswith((f"{CONTINUE}:", f"{BACK}:"))


def _shown(reply: Reply) -> Json:
    match reply:
        case Ask():
            return continue_message(reply)
        case Notice(text=text, tone=tone):
            return render.notice(text, tone)
        case _:
            return render.message(reply.card)
