"""What a person did, as the application knows it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import discord
import msgspec

from adapters.discord import CHAT
from adapters.discord.channel_access import lacks
from adapters.discord.forms import parse_form_id, people_in, read_answers
from adapters.discord.manifest import MENU, innermost, text_of
from adapters.discord.markup import NameOf, names_in, worded
from adapters.discord.membership import Membership, reach_of
from adapters.discord.quotes import WORDLESS, files_of, mentions_of, words_of
from adapters.discord.render import SELECT, Json
from adapters.discord.targets import find_target, member_of
from adapters.discord.uploads import take
from bot.core import forms
from bot.core.cards import parse_button_id
from bot.core.gateway import ChatGateway
from bot.core.intake import Intake
from bot.core.interactions import (
    SEEN,
    AnyInteraction,
    Audience,
    Chosen,
    Click,
    Command,
    Place,
    Quote,
    Submission,
)
from bot.core.membership import Access, Reach
from bot.core.mentions import target_in
from bot.core.permissions import Permission, Person, Role
from bot.core.text import one_line
from bot.errors import UserError

AT_ONCE, IN_TIME = 1.2, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
_NOTE = re.compile(r"\s*note\b", re.IGNORECASE)
THERE = "Type your command in a channel of your team's server."
EYES = "\N{EYES}"
AGAIN = "Some files did not arrive, so nothing was added. Attach them again."


@dataclass(frozen=True)
class Reader:
    """Reads interactions, and takes their files over while they can be had."""

    gateway: ChatGateway
    membership: Membership

    async def read(self, asked: discord.Interaction, server: str, files: Intake) -> AnyInteraction:
        """Return the interaction. Files come into ``files``, of those who work in our ``server``.

        Raises:
            UserError: files got lost on the way.
        """
        data: Json = dict(asked.data or {})
        where = _place(asked.channel, asked.channel_id, asked.guild_id)
        open_ = reach_of(asked.channel) is Reach.OPEN
        where = msgspec.structs.replace(where, lacks=_lacks(asked), open=open_)
        common = await self._common(asked, asked.user, where, server)
        if asked.message:
            common["audience"] = Audience.ONE if asked.message.flags.ephemeral else Audience.ALL
        takes = _takes(common, server)
        name, id = str(data.get("name")), str(data.get("custom_id"))
        match asked.type:
            case discord.InteractionType.component:
                action, ref = parse_button_id(_chosen(data) if id == SELECT else id)
                return Click(**common, action=action, ref=ref)
            case discord.InteractionType.modal_submit:
                session, step = parse_form_id(id) or ("", "")
                answers = await self._answers(data, files, takes=takes)
                people = await self._people(data, asked.guild, server)
                sent: Json = {"session": session, "step": step, "answers": answers}
                return Submission(**common, **sent, people=people)
        if name == MENU:
            [message] = data["resolved"]["messages"].values()
            quote = await self._quote(message, asked.guild, files, takes=takes)
            return Command(**common, name="add-to-case", quote=quote)
        name, options = innermost(name, data.get("options", []))
        typed = text_of(self.gateway.commands, name, options)
        text = worded(typed, _names(asked.guild, data.get("resolved")))
        named = None
        if (target := target_in(name, typed)) and common["role"].can(Permission.CONFIGURE):
            named = await find_target(asked.guild, target)
        return Command(**common, name=name, text=text, named=named)

    async def read_message(self, said: discord.Message, server: str, files: Intake) -> Command:
        """Return the note that a message with files in a case's thread is; see ``is_dropped``."""
        author, guild = said.author, said.guild
        where = _place(said.channel, said.channel.id, guild.id if guild else None)
        common = await self._common(said, author, where, server)
        sent: list[Json] = [{**each.to_dict()} for each in said.attachments]
        taken = await take(sent if _takes(common, server) else [], IN_TIME, files)
        named = [{"id": str(each.id), "name": each.display_name} for each in said.mentions]
        quote = Quote(
            text=worded(_words(said), _names(guild, None, named)),
            author=common["who"].name,
            files=taken.files,
            lost=taken.refused,
            dropped=True,
        )
        return Command(**common, name="note", quote=quote)

    async def read_sign(self, put: discord.RawReactionActionEvent, server: str) -> Click:
        """Return what a reaction stands for; see ``is_sign``."""
        who = put.member
        if who is None:
            raise UserError(AGAIN)
        channel = who.guild.get_channel_or_thread(put.channel_id)
        where = _place(channel, put.channel_id, put.guild_id)
        access = await self.access(who, where.workspace, server)
        return Click(
            # Discord gives a reaction no id; one that is told twice finds nothing left to do.
            id=f"{CHAT}:{put.message_id}:{secrets.token_hex(8)}",
            who=_person(who),
            role=access.role,
            barred=access.barred,
            where=msgspec.structs.replace(where, thread=str(put.message_id)),
            at=self.gateway.app.clock(),
            audience=Audience.ALL,
            action=SEEN,
            # A message of a thread is kept by the thread's id, which is no room of the team's.
            ref=f"{put.channel_id} {put.message_id}",
        )

    async def access(
        self, who: discord.User | discord.Member, workspace: str, server: str
    ) -> Access:
        """Say what somebody may do; of those of other servers nothing is asked."""
        if workspace != server:
            return Access(Role.NOBODY)
        affiliation = self.membership.affiliation(who, await self.gateway.channel(CHAT))
        return await self.gateway.access(CHAT, str(who.id), affiliation)

    async def _common(
        self,
        asked: discord.Interaction | discord.Message,
        who: discord.User | discord.Member,
        where: Place,
        server: str,
    ) -> Json:
        """Return what all kinds share."""
        access = await self.access(who, where.workspace, server)
        return {
            "id": f"{CHAT}:{asked.id}",
            "who": _person(who),
            "role": access.role,
            "barred": access.barred,
            "where": where,
            "at": asked.created_at,
        }

    async def _answers(self, data: Json, files: Intake, *, takes: bool) -> forms.Answers:
        answers, handed_in = read_answers(data)
        sent = data.get("resolved", {}).get("attachments", {})
        for name, ids in handed_in.items():
            wanted = [sent[id] for id in ids if id in sent] if takes else []
            if takes and len(wanted) < len(ids):
                raise UserError(AGAIN)
            answers[name] = (await take(wanted, IN_TIME, files)).require_all()
        return answers

    async def _people(
        self, data: Json, guild: discord.Guild | None, server: str
    ) -> tuple[Chosen, ...]:
        """Return the people chosen, each with their role here; bots have none."""
        found = []
        for id in people_in(data) if guild else ():
            who = await member_of(guild, id) if guild else None
            if who is not None and guild is not None:
                able = not who.bot
                role = (await self.access(who, str(guild.id), server)).role if able else Role.NOBODY
                found.append(Chosen(_person(who), role))
        return tuple(found)

    async def _quote(
        self, message: Json, guild: discord.Guild | None, files: Intake, *, takes: bool
    ) -> Quote:
        author = message["author"]
        taken = await take(files_of(message) if takes else [], AT_ONCE, files)
        text = worded(words_of(message), _names(guild, None, mentions_of(message)))
        if not (text or taken.files or taken.refused):
            text = WORDLESS
        name = one_line(author.get("global_name") or author["username"], 80)
        return Quote(text=text, author=name, files=taken.files, lost=taken.refused)


def _person(who: discord.User | discord.Member) -> Person:
    return Person(str(who.id), one_line(who.display_name, 80))


def _chosen(data: Json) -> object:
    """Return which item of a menu was chosen; None unless it is one, which the router refuses."""
    match data.get("values"):
        case [value]:
            return value
    return None


def elsewhere(asked: discord.Interaction) -> str:
    """Say where the bot works, when a person uses it in a direct message or another server."""
    if asked.guild_id is None:
        group = asked.context.private_channel or isinstance(asked.channel, discord.GroupChannel)
        return f"I do not work in {'group chats' if group else 'direct messages'}. {THERE}"
    if asked.is_user_integration() and not asked.is_guild_integration():
        return f"You added me to your account, but I am not in this server. {THERE}"
    return ""


def _lacks(asked: discord.Interaction) -> str:
    """Return why no alert can be posted in this place; empty in private places, which get none."""
    return lacks(asked.channel, asked.app_permissions) if asked.guild_id else ""


def _names(guild: discord.Guild | None, resolved: object, mentions: Sequence[Json] = ()) -> NameOf:
    """Return the names that came along, and those of what the server has."""
    known = names_in(resolved, mentions)

    def name_of(sign: str, id: str) -> str:
        if (sign, id) in known or guild is None:
            return known.get((sign, id), "")
        found: object
        match sign:
            case "#":
                found = guild.get_channel_or_thread(int(id))
            case "@&":
                found = guild.get_role(int(id))
            case _:
                found = guild.get_member(int(id))
        return str(getattr(found, "display_name", None) or getattr(found, "name", ""))

    return name_of


def is_sign(
    put: discord.RawReactionActionEvent, own: discord.abc.Snowflake | None, server: str
) -> bool:
    """Tell whether this is an eyes reaction on one of the app's own messages."""
    ours = own is not None and put.message_author_id == own.id and put.user_id != own.id
    human = put.member is not None and not put.member.bot
    return ours and human and str(put.guild_id) == server and put.emoji.name == EYES


def is_dropped(said: discord.Message, own: discord.abc.Snowflake | None) -> bool:
    """Tell whether somebody calls us by name, with files, in a thread that we opened.

    Of messages that do not call us, Discord tells no content and no files.
    """
    thread = said.channel
    if own is None or said.author.bot or not isinstance(thread, discord.Thread):
        return False
    called = any(each.id == own.id for each in said.mentions)
    return thread.owner_id == own.id and called and bool(said.attachments)


def _takes(common: Json, server: str) -> bool:
    """Tell whether files are taken over: of those who may work, in our server."""
    return bool(common["role"] > Role.VIEWER and common["where"].workspace == server)


def _words(said: discord.Message) -> str:
    """Return a message's words, without our name and the command's."""
    own = said.guild.me.id if said.guild else 0
    words = re.sub(rf"<@!?{own}>", "", said.content, count=1)
    return words[found.end() :].strip() if (found := _NOTE.match(words)) else words.strip()


def _place(channel: object, channel_id: int | None, guild_id: int | None) -> Place:
    """Return where it happens; a thread has the id of the message that it began with."""
    within = channel if isinstance(channel, discord.Thread) else None
    above = within.parent if within else channel
    return Place(
        chat=CHAT,
        workspace=str(guild_id or ""),
        channel=str(within.parent_id if within else channel_id or ""),
        name=str(getattr(above, "name", "")),
        thread=str(within.id) if within else "",
        private=guild_id is None,
    )
