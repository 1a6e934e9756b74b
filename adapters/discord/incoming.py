"""What a person did, as the application knows it."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from adapters.discord.commands import MENU, text_of
from adapters.discord.forms import parse_form_id, read_answers
from adapters.discord.render import Json
from adapters.discord.uploads import Uploads
from bot.app.front import Front
from bot.domain.people import Person, Role
from bot.errors import UserError
from bot.ui import forms
from bot.ui.cards import parse_button_id
from bot.ui.interactions import AnyInteraction, Audience, Click, Command, Place, Quote, Submission
from bot.ui.text import one_line

CHAT = "discord"
AT_ONCE, IN_TIME = 1.2, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
AGAIN = "Files have at most 10 MB: send them again."


@dataclass(frozen=True)
class Reader:
    """Reads interactions, and takes their files over while they can be had."""

    front: Front
    uploads: Uploads

    async def read(self, asked: discord.Interaction, server: str) -> AnyInteraction:
        """Return the interaction. Files are kept only for those who work in our ``server``.

        Raises:
            UserError: files got lost on the way.
        """
        data: Json = dict(asked.data or {})
        common = self._common(asked)
        takes = common["role"] > Role.VIEWER and common["where"].workspace == server
        name, id = str(data.get("name")), str(data.get("custom_id"))
        match asked.type:
            case discord.InteractionType.component:
                action, ref = parse_button_id(id)
                return Click(**common, action=action, ref=ref)
            case discord.InteractionType.modal_submit:
                session, step = parse_form_id(id) or ("", "")
                answers = await self._answers(data, takes=takes)
                return Submission(**common, session=session, step=step, answers=answers)
        if name == MENU:
            [message] = data["resolved"]["messages"].values()
            quote = await self._quote(message, takes=takes)
            return Command(**common, name="add-to-case", quote=quote)
        text = text_of(self.front.commands, name, data.get("options", []))
        return Command(**common, name=name, text=text)

    def _common(self, asked: discord.Interaction) -> Json:
        leads = asked.permissions.administrator or asked.permissions.manage_guild
        id, audience = str(asked.user.id), Audience.NOBODY
        if asked.message:
            audience = Audience.ONE if asked.message.flags.ephemeral else Audience.ALL
        return {
            "id": f"{CHAT}:{asked.id}",
            "who": Person(id, one_line(asked.user.display_name, 80)),
            "role": self.front.role(id, Role.ADMIN if leads else Role.MEMBER),
            "where": _place(asked),
            "at": asked.created_at,
            "audience": audience,
        }

    async def _answers(self, data: Json, *, takes: bool) -> forms.Answers:
        answers, files = read_answers(data)
        sent = data.get("resolved", {}).get("attachments", {})
        for name, ids in files.items():
            wanted = [sent[id] for id in ids if id in sent] if takes else []
            answers[name] = kept = await self.uploads.take(wanted, IN_TIME)
            if takes and len(kept) < len(ids):
                message = f"{len(ids) - len(kept)} of your files did not arrive. {AGAIN}"
                raise UserError(message)
        return answers

    async def _quote(self, message: Json, *, takes: bool) -> Quote:
        author, sent = message["author"], message["attachments"]
        kept = await self.uploads.take(sent if takes else [], AT_ONCE)
        name = one_line(author.get("global_name") or author["username"], 80)
        return Quote(text=message["content"], author=name, files=kept, lost=len(sent) - len(kept))


def _place(asked: discord.Interaction) -> Place:
    """Return where it happens; a thread has the id of the message that it began with."""
    channel = asked.channel
    within = channel if isinstance(channel, discord.Thread) else None
    above = within.parent if within else channel
    return Place(
        chat=CHAT,
        workspace=str(asked.guild_id or ""),
        channel=str(within.parent_id if within else asked.channel_id or ""),
        name=str(getattr(above, "name", "")),
        thread=str(within.id) if within else "",
        private=asked.guild_id is None,
    )
