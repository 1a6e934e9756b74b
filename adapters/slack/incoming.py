"""What Slack tells of people, as the application knows it."""

from __future__ import annotations

import html
import re

import msgspec

from adapters.slack.forms import read_answers
from adapters.slack.people import NAME, People
from adapters.slack.shapes import Json
from adapters.slack.uploads import Uploads
from bot.app.front import Front
from bot.domain.people import Role
from bot.errors import NotAllowed, UserError
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
LOST = "Not every file arrived, so nothing was added. Files have at most 10 MB: hand them in again."
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
        self.own = ""
        """Our own user id."""
        self._front = front
        self._people = people
        self._uploads = uploads

    def origin(self, body: Json) -> Origin:
        """Say where it happened."""
        view, event = body.get("view") or {}, body.get("event") or {}
        container, message = body.get("container") or {}, body.get("message") or {}
        channel = body.get("channel") or {}
        known = _carried(view) if view.get("type") == "modal" else Origin()
        head = container.get("thread_ts") or message.get("thread_ts") or event.get("thread_ts")
        own = message.get("ts") or container.get("message_ts")
        pressed = body.get("type") == "block_actions"
        shown = Audience.ALL if message and not container.get("is_ephemeral") else Audience.ONE
        url = str(body.get("response_url") or known.response_url)
        return msgspec.structs.replace(
            known,
            user=_user(body),
            channel=str(
                body.get("channel_id") or channel.get("id") or event.get("channel") or known.channel
            ),
            name=one_line(str(body.get("channel_name") or channel.get("name") or known.name), NAME),
            thread=str(head) if head and head != own else known.thread,
            audience=shown if pressed else known.audience,
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
        if body.get("type") == "event_callback" and not self._concerns_us(body["event"]):
            return None
        known = await self._people.who(origin.user)
        common: Json = {
            "id": f"{CHAT}:{body.get('trigger_id') or body.get('event_id')}",
            "who": known.person,
            "role": self._front.role(origin.user, known.natural),
            "where": await self._place(origin, known.stranger or _workspace(body)),
            "at": self._front.desk.clock(),
            "audience": origin.audience,
        }
        return await self._read(body, origin, common)

    async def _read(self, body: Json, origin: Origin, common: Json) -> AnyInteraction | None:
        if "command" in body:
            name = str(body["command"]).lstrip("/")
            return _typed(common, _words(body.get("text", "")), "" if name == BRAND else name)
        match body.get("type"):
            case "block_actions":
                action, ref = parse_button_id(str(body["actions"][0].get("action_id", "")))
                asked: AnyInteraction = Click(**common, action=action, ref=ref)
            case "view_submission":
                asked = await self._submission(body, origin, common)
            case "message_action":
                quote = await self._quote(body["message"], common["role"])
                asked = Command(**common, name=str(body["callback_id"]), quote=quote)
            case "event_callback":
                asked = self._event(body["event"], common)
            case _:
                return None
        return asked

    def _concerns_us(self, event: Json) -> bool:
        match event.get("type"):
            case "app_mention":
                return not event.get("bot_id")
            case "app_home_opened":
                return event.get("tab") == "home"
            case "member_joined_channel":
                # Slack tells of everybody who joins, and not always who invited us.
                return event.get("user") == self.own and bool(event.get("inviter"))
        return False

    def _event(self, event: Json, common: Json) -> AnyInteraction:
        match event["type"]:
            case "app_home_opened":
                return Command(**common, name="todo")
            case "member_joined_channel":
                return Arrival(**common)
        mention = rf"<@{re.escape(self.own)}(?:\|[^>]*)?>"
        return _typed(common, _words(re.sub(mention, " ", event.get("text", ""), count=1)), "")

    async def _submission(self, body: Json, origin: Origin, common: Json) -> Submission:
        answers, files = read_answers(body["view"].get("state", {}).get("values"))
        for name, sent in files.items():
            if sent and common["role"] is Role.VIEWER:
                raise NotAllowed
            answers[name], lost = await self._uploads.take(sent, HANDED_IN)
            if lost:
                raise UserError(LOST)
        return Submission(**common, session=origin.session, step=origin.step, answers=answers)

    async def _quote(self, message: Json, role: Role) -> Quote:
        author = await self._people.who(str(message.get("user", "")))
        files = message.get("files", []) if role is not Role.VIEWER else []
        kept, lost = await self._uploads.take(files, AT_ONCE)
        text = clip(_words(str(message.get("text", ""))), forms.PARAGRAPH)
        return Quote(text=text, author=author.person.name, files=kept, lost=lost)

    async def _place(self, origin: Origin, workspace: str) -> Place:
        private = not origin.channel or origin.channel.startswith("D")
        name = origin.name
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


def _workspace(body: Json) -> str:
    event, user = body.get("event") or {}, body.get("user") or {}
    told = event.get("user_team") or event.get("team") or user.get("team_id")
    return str(told or body.get("team_id", ""))
