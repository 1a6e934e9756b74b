"""Replies of the router, turned into what the browser shows."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.web import render
from adapters.web.render import Origin, Shown
from bot.core.cards import Card
from bot.core.interactions import AnyInteraction, Ask, Notice, Post, Reply, Update


def show(asked: AnyInteraction, origin: Origin, replies: Sequence[Reply], most: int) -> list[Shown]:
    """Return what the browser shows, in order. ``most`` is the largest file, in bytes."""
    return [
        _one(reply, origin, f"{asked.id}-{number}", most) for number, reply in enumerate(replies)
    ]


def _one(reply: Reply, origin: Origin, key: str, most: int) -> Shown:
    match reply:
        case Notice(text=text, tone=tone):
            return Shown("notice", render.notice(text, tone))
        case Ask():
            return Shown("ask", render.form(reply, origin, most))
        case Update(card=card):
            html = render.private(card, origin.message, origin.thread)
            return Shown("update", html, origin.message)
        case Post(card=card):
            return _private(card, origin, key)


def _private(card: Card, origin: Origin, key: str) -> Shown:
    id = f"private-{key}"
    return Shown("private", render.private(card, id, origin.thread), id)
