"""What Slack tells of people, as the application knows it."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import msgspec
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.forms import read_answers
from adapters.slack.people import People
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
from bot.ui.text import clip

CHAT = "slack"
BRAND = "brand"
"""The one command that does everything, where the others' names are taken."""
AT_ONCE, HANDED_IN = 1.0, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
LOST = "Not every file arrived, so nothing was added. Files have at most 10 MB: hand them in again."
HOOKS = "hooks.slack.com"

_MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*")
_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody acted, as far as an answer needs it. A form carries it with it."""

    user: str = ""
    channel: str = ""
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

    def __init__(self, front: Front, client: AsyncWebClient, own: str) -> None:
        """Ask Slack through the client who people are; ``own`` is our own user id."""
        self._front = front
        self._people = People(client)
        self._uploads = Uploads(front, client)
        self._own = own
        self._hosts = (HOOKS, urlsplit(client.base_url).hostname)

    def origin(self, body: Json) -> Origin:
        """Say where it happened."""
        view = body.get("view") or {}
        if body.get("type") == "view_submission":
            return msgspec.structs.replace(
                _carried(view), user=_user(body), trigger=body.get("trigger_id", "")
            )
        event = body.get("event") or {}
        container = body.get("container") or {}
        message = body.get("message") or {}
        head = container.get("thread_ts") or message.get("thread_ts") or event.get("thread_ts")
        in_thread = head if head != (message.get("ts") or container.get("message_ts")) else ""
        shown = Audience.ALL if message and not container.get("is_ephemeral") else Audience.ONE
        return Origin(
            user=_user(body),
            channel=_channel(body),
            thread=in_thread or "",
            audience=shown if body.get("type") == "block_actions" else Audience.NOBODY,
            response_url=self._trusted(body.get("response_url", "")),
            trigger=body.get("trigger_id", ""),
            view=view.get("id", "") if view.get("type") == "modal" else "",
            home=view.get("type") == "home" or event.get("type") == "app_home_opened",
        )

    async def read(self, body: Json, origin: Origin) -> AnyInteraction | None:
        """Return what somebody did; None if it is nothing for us."""
        known = await self._people.who(origin.user)
        common: Json = {
            "id": f"{CHAT}:{body.get('trigger_id') or body.get('event_id')}",
            "who": known.person,
            "role": self._front.role(origin.user, known.natural),
            "where": _place(body, origin, known.workspace),
            "at": self._front.desk.clock(),
            "audience": origin.audience,
        }
        if "command" in body:
            name = str(body["command"]).lstrip("/")
            return _typed(common, _words(body.get("text", "")), "" if name == BRAND else name)
        match body.get("type"):
            case "block_actions":
                action, ref = parse_button_id(str(body["actions"][0].get("action_id", "")))
                return Click(**common, action=action, ref=ref)
            case "view_submission":
                return await self._submission(body, origin, common)
            case "message_action":
                return Command(
                    **common, name=body["callback_id"], quote=await self._quote(body["message"])
                )
            case "event_callback":
                return self._event(body["event"], common)
        return None

    def _event(self, event: Json, common: Json) -> AnyInteraction | None:
        match event.get("type"):
            case "app_mention":
                return _typed(common, _words(_MENTION.sub("", event.get("text", ""))), "")
            case "app_home_opened":
                return Command(**common, name="todo")
            case "member_joined_channel" if event.get("user") == self._own:
                return Arrival(**common)
        return None

    async def _submission(self, body: Json, origin: Origin, common: Json) -> Submission:
        answers, files = read_answers(body["view"].get("state", {}).get("values"))
        for name, sent in files.items():
            if sent and common["role"] is Role.VIEWER:
                raise NotAllowed
            answers[name], lost = await self._uploads.take(sent, HANDED_IN)
            if lost:
                raise UserError(LOST)
        return Submission(**common, session=origin.session, step=origin.step, answers=answers)

    async def _quote(self, message: Json) -> Quote:
        author = await self._people.who(str(message.get("user", "")))
        kept, lost = await self._uploads.take(message.get("files", []), AT_ONCE)
        text = clip(_words(str(message.get("text", ""))), forms.PARAGRAPH)
        return Quote(text=text, author=author.person.name, files=kept, lost=lost)

    def _trusted(self, url: str) -> str:
        return url if urlsplit(url).hostname in self._hosts else ""


def _carried(view: Json) -> Origin:
    try:
        return msgspec.json.decode(view.get("private_metadata", ""), type=Origin)
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
    event = body.get("event") or {}
    user = body.get("user") or {}
    inviter = event.get("inviter") if event.get("type") == "member_joined_channel" else ""
    return str(inviter or event.get("user") or body.get("user_id") or user.get("id", ""))


def _channel(body: Json) -> str:
    channel = body.get("channel") or {}
    event = body.get("event") or {}
    return str(body.get("channel_id") or channel.get("id") or event.get("channel") or "")


def _place(body: Json, origin: Origin, workspace: str) -> Place:
    channel = body.get("channel") or {}
    return Place(
        chat=CHAT,
        workspace=workspace,
        channel=origin.channel,
        name=str(body.get("channel_name") or channel.get("name") or ""),
        thread=origin.thread,
        private=origin.home or not origin.channel or origin.channel.startswith("D"),
    )
