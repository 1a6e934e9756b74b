"""Replies of the router, turned into what the browser shows; public ones are posted."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web import render
from adapters.web.chat import WebChat
from adapters.web.render import Origin, Shown
from adapters.web.site import Site
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from bot.ui.interactions import AnyInteraction, Ask, Notice, Post, Reply, Update


class Replies:
    """Shows replies to the person who asked, and posts those that are for all."""

    def __init__(self, chat: WebChat, site: Site) -> None:
        """Post to the chat; look as the site says."""
        self._chat = chat
        self._site = site

    async def show(
        self, asked: AnyInteraction, origin: Origin, replies: Sequence[Reply]
    ) -> list[Shown]:
        """Return what the browser shows, in order.

        Raises:
            ChatError: a public card could not be posted.
        """
        shown: list[Shown] = []
        for number, reply in enumerate(replies):
            shown += await self._one(reply, origin, f"{asked.id}-{number}")
        return shown

    async def _one(self, reply: Reply, origin: Origin, key: str) -> list[Shown]:
        match reply:
            case Notice(text=text, tone=tone):
                return [Shown("notice", render.notice(text, tone))]
            case Ask():
                html = render.form(reply, origin, self._site.limits.file)
                return [Shown("ask", html)]
            case Update(card=card):
                return [await self._update(card, origin, key)]
            case Post(card=card, public=True):
                await self._post(card, origin, key)
                return []
            case Post(card=card):
                return [_private(card, origin, key)]

    async def _post(self, card: Card, origin: Origin, key: str) -> None:
        channel = self._site.channel()
        thread = MessageRef(channel, origin.thread) if origin.thread else None
        await self._chat.post(Outgoing(key=key, channel=channel, card=card, thread=thread))

    async def _update(self, card: Card, origin: Origin, key: str) -> Shown:
        stored = await self._chat.message(origin.message)
        if stored is not None:
            await self._chat.edit(MessageRef(stored.channel, stored.id), card)
            stored = await self._chat.message(origin.message)
        if stored is not None:
            html = render.message(stored, self._site.zone())
            return Shown("update", html, stored.id)
        if not origin.message:
            return _private(card, origin, key)
        return Shown("update", render.private(card, origin.message, origin.thread), origin.message)


def _private(card: Card, origin: Origin, key: str) -> Shown:
    id = f"private-{key}"
    return Shown("private", render.private(card, id, origin.thread), id)
