"""What Slack tells of people, as the application knows it."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
import msgspec
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.chat import TROUBLE
from adapters.slack.forms import read_answers
from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.domain.files import Upload
from bot.domain.people import Person, Role
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
KNOWN_FOR = 300.0
"""Seconds for which we remember who somebody is."""
PEOPLE = 5000
IN_TIME = 1.5
"""Seconds in which files must arrive: Slack waits for 3."""
HOST = "files.slack.com"
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


class _Known(NamedTuple):
    person: Person
    workspace: str
    natural: Role
    until: float


class Incoming:
    """Reads what Slack sends; files are kept as they come."""

    def __init__(self, front: Front, client: AsyncWebClient, own: str) -> None:
        """Ask Slack through the client who people are; ``own`` is our own user id."""
        self._front = front
        self._client = client
        self._own = own
        self._host = urlsplit(client.base_url).hostname or ""
        self._people: dict[str, _Known] = {}

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
        known = await self._who(origin.user)
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
            allowed = common["role"] is not Role.VIEWER
            answers[name] = (await self._keep(sent))[0] if allowed else ()
        return Submission(**common, session=origin.session, step=origin.step, answers=answers)

    async def _quote(self, message: Json) -> Quote:
        author = await self._who(str(message.get("user", "")))
        kept, lost = await self._keep(message.get("files", []))
        text = clip(_words(str(message.get("text", ""))), forms.PARAGRAPH)
        return Quote(text=text, author=author.person.name, files=kept, lost=lost)

    async def _who(self, user: str) -> _Known:
        """Return who somebody is; whom Slack does not tell of may look and nothing else."""
        known = self._people.get(user)
        now = time.monotonic()
        if known is not None and known.until > now:
            return known
        try:
            found = (await self._client.users_info(user=user))["user"]
        except TROUBLE:
            return _Known(Person(user, user or "somebody"), "", Role.VIEWER, now)
        profile = found.get("profile", {})
        name = profile.get("display_name") or found.get("real_name") or found.get("name") or user
        person = Person(user, one_line(str(name), 80))
        known = _Known(person, found.get("team_id", ""), _role(found), now + KNOWN_FOR)
        if len(self._people) >= PEOPLE:
            self._people.clear()
        self._people[user] = known
        return known

    async def _keep(self, sent: Iterable[Json]) -> tuple[tuple[Upload, ...], int]:
        """Keep what arrives in time; return the files, and how many did not."""
        wanted = list(sent)
        tasks = [asyncio.ensure_future(self._fetch(each)) for each in wanted[: forms.FILES]]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=IN_TIME)
            for task in late:
                task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept = tuple(each for each in results if isinstance(each, Upload))
        return kept, len(wanted) - len(kept)

    async def _fetch(self, sent: Json) -> Upload | None:
        url = str(sent.get("url_private_download") or sent.get("url_private") or "")
        if urlsplit(url).hostname not in (HOST, self._host):
            return None
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as answer:
            content = await answer.content.read(forms.FILE_BYTES + 1)
            while not answer.content.at_eof() and len(content) <= forms.FILE_BYTES:
                content += await answer.content.read(forms.FILE_BYTES + 1 - len(content))
            if answer.status != 200 or len(content) > forms.FILE_BYTES:  # noqa: PLR2004
                return None
        digest = await self._front.keep(content, "upload")
        kind = one_line(str(sent.get("mimetype") or "application/octet-stream"), 100)
        name = one_line(str(sent.get("name", "")), 150) or "file"
        return Upload(name=name, kind=kind, size=len(content), content=digest)

    def _trusted(self, url: str) -> str:
        return url if urlsplit(url).hostname in (HOOKS, self._host) else ""


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


def _role(found: Json) -> Role:
    if found.get("is_admin") or found.get("is_owner"):
        return Role.ADMIN
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    return Role.VIEWER if guest else Role.MEMBER
