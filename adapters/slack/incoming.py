"""What Slack tells of people, as the application knows it."""

from __future__ import annotations

import html
import re

import msgspec

from adapters.slack.concerns import concerns
from adapters.slack.forms import read_answers
from adapters.slack.people import NAME, Known, People
from adapters.slack.shapes import Json
from adapters.slack.uploads import Uploads
from bot.app.front import Front
from bot.domain.people import Role
from bot.errors import NotAllowed
from bot.ui import forms
from bot.ui.cards import parse_button_id
from bot.ui.interactions import (
    AnyInteraction,
    Arrival,
    Audience,
    Click,
    Command,
    Place,
    Quote,
    Submission,
)
from bot.ui.text import clip, one_line

CHAT = "slack"
BRAND = "brand"
"""The one command that does everything, where the others' names are taken."""
AT_ONCE, HANDED_IN = 1.0, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
UNNAMED = ("", "directmessage", "privategroup")
"""What Slack calls channels whose name it does not tell at once."""

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody acted, as far as an answer needs it. A modal carries it with it."""

    user: str = ""
    channel: str = ""
    name: str = ""
    """What people call the channel."""
    thread: str = ""
    audience: Audience = Audience.NOBODY
    response_url: str = ""
    trigger: str = ""
    view: str = ""
    """The modal on which it was; the answer changes it."""
    home: bool = False
    step: str = ""
    session: str = ""


class Incoming:
    """Reads what Slack sends; files are kept as they come."""

    def __init__(self, front: Front, people: People, uploads: Uploads) -> None:
        """Ask ``people`` who somebody is; ``uploads`` takes files over."""
        self.own = self.team = ""
        """Our own user id and workspace."""
        self._front = front
        self._people = people
        self._uploads = uploads

    def origin(self, body: Json) -> Origin:
        """Say where it happened."""
        view, event = body.get("view") or {}, body.get("event") or {}
        container, message = body.get("container") or {}, body.get("message") or {}
        place = body.get("channel") or {}
        known = _carried(view) if view.get("type") == "modal" else Origin()
        channel = body.get("channel_id") or place.get("id") or event.get("channel") or known.channel
        head = container.get("thread_ts") or message.get("thread_ts") or event.get("thread_ts")
        own = message.get("ts") or container.get("message_ts")
        url = str(body.get("response_url") or known.response_url)
        return msgspec.structs.replace(
            known,
            user=_user(body),
            channel=str(channel),
            name=one_line(str(body.get("channel_name") or place.get("name") or known.name), NAME),
            thread=str(head) if head and head != own else known.thread,
            audience=_audience(body) if body.get("type") == "block_actions" else known.audience,
            response_url=url if self._uploads.trusts(url) else "",
            trigger=str(body.get("trigger_id") or ""),
            view=str(view.get("id", "")) if view.get("type") == "modal" else "",
            home=view.get("type") == "home" or event.get("type") == "app_home_opened" or known.home,
        )

    async def read(self, body: Json, origin: Origin) -> AnyInteraction | None:
        """Return what somebody did; None if it is nothing for us.

        Raises:
            UserError: it is not complete, or not allowed.
        """
        if not concerns(body, self.own):
            return None
        known = await self._people.who(origin.user)
        where = await self._place(origin, self._workspace(known, body))
        role = self._front.role(origin.user, known.natural)
        common: Json = {
            "id": f"{CHAT}:{body.get('trigger_id') or body.get('event_id')}",
            "who": known.person,
            "role": role,
            "where": where,
            "at": self._front.desk.clock(),
            "audience": origin.audience,
        }
        takes = role > Role.VIEWER and where.workspace == self.team
        return await self._read(body, origin, common, takes=takes)

    async def _read(
        self, body: Json, origin: Origin, common: Json, *, takes: bool
    ) -> AnyInteraction | None:
        """Return it as what it is; files are taken over only if ``takes``."""
        asked: AnyInteraction | None = None
        match body:
            case {"command": command}:
                name = str(command).lstrip("/")
                asked = _typed(common, _words(body.get("text", "")), "" if name == BRAND else name)
            case {"type": "block_actions", "actions": [pressed, *_]}:
                action, ref = parse_button_id(str(pressed.get("action_id", "")))
                asked = Click(**common, action=action, ref=ref)
            case {"type": "view_submission", "view": view}:
                answers = await self._answers(view, takes=takes)
                session, step = origin.session, origin.step
                asked = Submission(**common, session=session, step=step, answers=answers)
            case {"type": "message_action", "message": message, "callback_id": name}:
                quote = await self._quote(message, AT_ONCE, takes=takes)
                asked = Command(**common, name=str(name), quote=quote)
            case {"event": event}:
                asked = await self._read_event(event, common, takes=takes)
        return asked

    async def _read_event(self, event: Json, common: Json, *, takes: bool) -> AnyInteraction | None:
        match event:
            case {"type": "app_home_opened"}:
                return Command(**common, name="todo")
            case {"type": "member_joined_channel"}:
                return Arrival(**common)
            case {"type": "app_mention", "files": [_, *_], "thread_ts": _}:
                return await self._dropped(event, common, takes=takes)
            case {"type": "app_mention"}:
                return _typed(common, _words(self._uncalled(event)), "")
        # It called nobody: of who may not hand in files it is none of our business.
        return await self._dropped(event, common, takes=takes) if takes else None

    async def _answers(self, view: Json, *, takes: bool) -> forms.Answers:
        answers, files = read_answers(view.get("state", {}).get("values"))
        for name, sent in files.items():
            if sent and not takes:
                raise NotAllowed
            answers[name] = (await self._uploads.take(sent, HANDED_IN)).demand_all()
        return answers

    async def _quote(self, message: Json, seconds: float, *, takes: bool) -> Quote:
        author = await self._people.who(str(message.get("user", "")))
        taken = await self._uploads.take(message.get("files", []) if takes else [], seconds)
        text = clip(_words(str(message.get("text", ""))), forms.PARAGRAPH)
        return Quote(text=text, author=author.person.name, files=taken.files, lost=taken.refused)

    async def _dropped(self, event: Json, common: Json, *, takes: bool) -> Command:
        """Return the note that a message with files in a thread is; its first word may say so."""
        said = re.sub(r"^\s*note\b", "", self._uncalled(event), count=1, flags=re.IGNORECASE)
        quote = await self._quote({**event, "text": said.strip()}, HANDED_IN, takes=takes)
        return Command(**common, name="note", quote=msgspec.structs.replace(quote, dropped=True))

    def _uncalled(self, event: Json) -> str:
        """Return a message's text without our name."""
        mention = rf"<@{re.escape(self.own)}(?:\|[^>]*)?>"
        return re.sub(mention, " ", str(event.get("text", "")), count=1)

    def _workspace(self, known: Known, body: Json) -> str:
        """Return where somebody belongs: what Slack says of them counts before what came along."""
        if self.team in known.teams:
            return self.team
        event, user = body.get("event") or {}, body.get("user") or {}
        told = event.get("user_team") or event.get("team") or user.get("team_id")
        return next(iter(known.teams), str(told or body.get("team_id", "")))

    async def _place(self, origin: Origin, workspace: str) -> Place:
        private, name = _direct(origin.channel), origin.name
        if name in UNNAMED and not private:
            name = await self._people.channel(origin.channel)
        return Place(
            chat=CHAT,
            workspace=workspace,
            channel=origin.channel,
            name=name,
            thread=origin.thread,
            private=origin.home or private,
        )


def _carried(view: Json) -> Origin:
    try:
        return msgspec.json.decode(str(view.get("private_metadata", "")), type=Origin)
    except ValueError:
        return Origin()


def _audience(body: Json) -> Audience:
    """Say who sees the card on which somebody pressed: in a conversation with us, only they."""
    container, channel = body.get("container") or {}, body.get("channel") or {}
    alone = container.get("is_ephemeral") or _direct(str(channel.get("id", "")))
    return Audience.ALL if body.get("message") and not alone else Audience.ONE


def _direct(channel: str) -> bool:
    """Tell whether it is the conversation with one person, or none at all."""
    return not channel or channel.startswith("D")


def _typed(common: Json, text: str, name: str) -> Command:
    """Return a command; without a name it is the text's first word."""
    if not name:
        name, _, text = text.strip().partition(" ")
    return Command(**common, name=name or "help", text=text.strip())


def _words(text: str) -> str:
    return html.unescape(_LINK.sub(r"\1", text))


def _user(body: Json) -> str:
    event, user = body.get("event") or {}, body.get("user") or {}
    inviter = event.get("inviter") if event.get("type") == "member_joined_channel" else ""
    return str(inviter or event.get("user") or body.get("user_id") or user.get("id", ""))
