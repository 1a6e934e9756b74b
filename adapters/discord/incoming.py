"""Discord's interactions as the application knows them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import discord

from adapters.discord.commands import ADD_TO_CASE, text_of
from adapters.discord.forms import parse_form_id, read_answers
from adapters.discord.render import Json
from bot.app.front import Front
from bot.domain.files import Upload
from bot.domain.people import Person, Role
from bot.ui import forms
from bot.ui.cards import parse_button_id
from bot.ui.interactions import (
    AnyInteraction,
    Audience,
    Click,
    Command,
    Place,
    Quote,
    Submission,
)
from bot.ui.text import clip, one_line

CHAT = "discord"
IN_TIME = 1.5
"""Seconds in which a message's files must arrive: the person waits for a form."""
HOSTS = ("cdn.discordapp.com", "media.discordapp.net")
NAME = 150


class Incoming:
    """Reads interactions; their files are kept as they come."""

    def __init__(self, front: Front, client: discord.Client, host: str) -> None:
        """Fetch files from Discord, or from the ``host`` that stands in for it."""
        self._front = front
        self._client = client
        self._hosts = (*HOSTS, host)

    async def read(self, i: discord.Interaction) -> AnyInteraction | None:
        """Return the interaction; None if it is none that we know."""
        data: Json = dict(i.data or {})
        common = self._common(i)
        if i.type is discord.InteractionType.application_command:
            return await self._command(data, common)
        if i.type is discord.InteractionType.component:
            action, ref = parse_button_id(str(data.get("custom_id", "")))
            return Click(**common, action=action, ref=ref)
        found = parse_form_id(str(data.get("custom_id", "")))
        if found is None:
            return None
        answers, files = read_answers(data)
        attached = data.get("resolved", {}).get("attachments", {})
        for name, ids in files.items():
            sent = [attached[id] for id in ids if id in attached]
            allowed = common["role"] is not Role.VIEWER
            kept, _ = await self._keep(sent) if allowed else ((), 0)
            answers[name] = kept
        return Submission(**common, session=found[0], step=found[1], answers=answers)

    async def _command(self, data: Json, common: Json) -> Command:
        name = str(data.get("name", ""))
        if name == ADD_TO_CASE:
            quote = await self._quote(data)
            return Command(**common, name="add-to-case", quote=quote)
        spec = next((spec for spec in self._front.commands if spec.name == name), None)
        return Command(**common, name=name, text=text_of(spec, data.get("options", [])))

    def _common(self, i: discord.Interaction) -> Json:
        rights = i.permissions
        natural = Role.ADMIN if rights.administrator or rights.manage_guild else Role.MEMBER
        return {
            "id": f"{CHAT}:{i.id}",
            "who": Person(str(i.user.id), one_line(i.user.display_name, 80)),
            "role": self._front.role(str(i.user.id), natural),
            "where": place(i),
            "at": self._front.desk.clock(),
            "audience": audience(i),
        }

    async def _quote(self, data: Json) -> Quote:
        messages = data.get("resolved", {}).get("messages", {})
        found: Json = next(iter(messages.values()), {})
        attached = found.get("attachments", [])
        kept, lost = await self._keep(attached)
        author = found.get("author", {})
        return Quote(
            text=clip(str(found.get("content", "")), forms.PARAGRAPH),
            author=one_line(str(author.get("global_name") or author.get("username", "")), 80),
            files=kept,
            lost=lost,
        )

    async def _keep(self, attached: Iterable[Json]) -> tuple[tuple[Upload, ...], int]:
        """Keep what arrives in time; return the files, and how many did not."""
        wanted = list(attached)
        tasks = [asyncio.ensure_future(self._fetch(each)) for each in wanted[: forms.FILES]]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=IN_TIME)
            for task in late:
                task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept = tuple(each for each in results if isinstance(each, Upload))
        return kept, len(wanted) - len(kept)

    async def _fetch(self, attached: Json) -> Upload | None:
        url = str(attached.get("url", ""))
        size = int(attached.get("size", 0))
        if urlsplit(url).hostname not in self._hosts or size > forms.FILE_BYTES:
            return None
        try:
            content = await self._client.http.get_from_cdn(url)
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            return None
        kind = one_line(str(attached.get("content_type") or "application/octet-stream"), 100)
        digest = await self._front.keep(content, "upload")
        name = one_line(str(attached.get("filename", "")), NAME) or "file"
        return Upload(name=name, kind=kind, size=len(content), content=digest)


def place(i: discord.Interaction) -> Place:
    """Say where it happens; a thread hangs on the message that has its id."""
    channel: Any = i.channel
    thread = isinstance(channel, discord.Thread)
    parent = channel.parent if thread else channel
    return Place(
        chat=CHAT,
        workspace=str(i.guild_id or ""),
        channel=str(channel.parent_id if thread else i.channel_id or ""),
        name=str(getattr(parent, "name", "") or ""),
        thread=str(i.channel_id) if thread else "",
        private=i.guild_id is None,
    )


def audience(i: discord.Interaction) -> Audience:
    """Say who sees the message on which somebody acts."""
    if i.message is None:
        return Audience.NOBODY
    return Audience.ONE if i.message.flags.ephemeral else Audience.ALL
