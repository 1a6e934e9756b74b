"""Replies of the router, turned into what the browser shows; public ones are posted."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web import render
from adapters.web.chat import WebChat
from adapters.web.render import Origin, Shown
from adapters.web.site import Site
from bot.app.router import SHOW
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from bot.ui.interactions import AnyInteraction, Ask, Click, Notice, Post, Reply, Update


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
            shown += await self._one(asked, reply, origin, f"{asked.id}-{number}")
        return shown

    async def _one(
        self, asked: AnyInteraction, reply: Reply, origin: Origin, key: str
    ) -> list[Shown]:
        match reply:
            case Notice(text=text, tone=tone):
                return [Shown("notice", render.notice(text, tone))]
            case Ask():
                html = render.form(reply, origin, self._site.limits.file)
                return [Shown("ask", html)]
            case Update(card=card):
                return await self._update(asked, card, origin, key)
            case Post(card=card, public=True):
                await self._post(card, origin, key)
                return []
            case Post(card=card):
                return [_private(card, origin, key)]

    async def _post(self, card: Card, origin: Origin, key: str) -> None:
        channel = self._site.channel()
        thread = MessageRef(channel, origin.thread) if origin.thread else None
        await self._chat.post(Outgoing(key=key, channel=channel, card=card, thread=thread))

    async def _update(
        self, asked: AnyInteraction, card: Card, origin: Origin, key: str
    ) -> list[Shown]:
        # The client says on which message it pressed, so a public one is never written here: its
        # change is the core's to send, and reaches every open page in a moment.
        if await self._chat.message(origin.message) is None and origin.message:
            html = render.private(card, origin.message, origin.thread)
            return [Shown("update", html, origin.message)]
        if origin.message and not (isinstance(asked, Click) and asked.action == SHOW):
            return []
        return [_private(card, origin, key)]


def _private(card: Card, origin: Origin, key: str) -> Shown:
    id = f"private-{key}"
    return Shown("private", render.private(card, id, origin.thread), id)
