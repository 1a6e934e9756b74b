"""What people do in Slack, as the application knows it. Files are kept as they come."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import msgspec

from adapters.slack.forms import read_answers
from adapters.slack.origin import Origin, concerns, is_direct
from adapters.slack.people import Known, People
from adapters.slack.shapes import Json
from adapters.slack.uploads import Uploads
from bot.app.front import Front
from bot.domain.people import Role
from bot.errors import NotAllowed
from bot.ui import forms
from bot.ui.cards import parse_button_id
from bot.ui.interactions import AnyInteraction, Arrival, Click, Command, Place, Quote, Submission
from bot.ui.text import clip

CHAT = "slack"
BRAND = "brand"
"""The one command that does everything, where the others' names are taken."""
AT_ONCE, HANDED_IN = 1.0, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
UNNAMED = ("", "directmessage", "privategroup")
"""What Slack calls channels whose name it does not tell at once."""

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


@dataclass
class Incoming:
    """Reads what Slack sends."""

    front: Front
    people: People
    uploads: Uploads
    own: str = ""
    """Our own user id."""
    team: str = ""
    """The workspace whose people are listened to."""

    async def read(self, body: Json, origin: Origin) -> AnyInteraction | None:
        """Return what somebody did; None if it is nothing for us.

        Raises:
            UserError: it is not complete, or not allowed.
        """
        if not concerns(body, self.own):
            return None
        common = await self._common(body, origin)
        asked: AnyInteraction | None = None
        match body:
            case {"command": command}:
                name = str(command).lstrip("/")
                asked = _typed(common, _words(body.get("text", "")), "" if name == BRAND else name)
            case {"type": "block_actions", "actions": [pressed, *_]}:
                action, ref = parse_button_id(str(pressed.get("action_id", "")))
                asked = Click(**common, action=action, ref=ref)
            case {"type": "view_submission", "view": view}:
                answers = await self._answers(view, common)
                session, step = origin.session, origin.step
                asked = Submission(**common, session=session, step=step, answers=answers)
            case {"type": "message_action", "message": message, "callback_id": name}:
                quote = await self._quote(message, AT_ONCE, common)
                asked = Command(**common, name=str(name), quote=quote)
            case {"event": event}:
                asked = await self._read_event(event, common)
        return asked

    async def _read_event(self, event: Json, common: Json) -> AnyInteraction | None:
        match event:
            case {"type": "app_home_opened"}:
                return Command(**common, name="todo")
            case {"type": "member_joined_channel"}:
                return Arrival(**common)
            case {"type": "app_mention", "files": [_, *_], "thread_ts": _}:
                return await self._dropped(event, common)
            case {"type": "app_mention"}:
                return _typed(common, _words(self._uncalled(event)), "")
        # It called nobody: of who may not hand in files it is none of our business.
        return await self._dropped(event, common) if self._takes(common) else None

    async def _common(self, body: Json, origin: Origin) -> Json:
        """Return what all kinds share."""
        known = await self.people.who(origin.user)
        return {
            "id": f"{CHAT}:{body.get('trigger_id') or body.get('event_id')}",
            "who": known.person,
            "role": self.front.role(origin.user, known.natural),
            "where": await self._place(origin, known),
            "at": self.front.desk.clock(),
            "audience": origin.audience,
        }

    async def _place(self, origin: Origin, known: Known) -> Place:
        """Say where it is. What Slack says of a person counts before what came along."""
        ours = self.team in known.teams
        private, name = is_direct(origin.channel), origin.name
        if name in UNNAMED and not private:
            name = await self.people.channel(origin.channel)
        return Place(
            chat=CHAT,
            workspace=self.team if ours else next(iter(known.teams), origin.team),
            channel=origin.channel,
            name=name,
            thread=origin.thread,
            private=origin.home or private,
        )

    def _takes(self, common: Json) -> bool:
        """Tell whether files are taken over: of those of our own who may work."""
        return bool(common["role"] > Role.VIEWER and common["where"].workspace == self.team)

    async def _answers(self, view: Json, common: Json) -> forms.Answers:
        answers, files = read_answers(view.get("state", {}).get("values"))
        for name, sent in files.items():
            if sent and not self._takes(common):
                raise NotAllowed
            answers[name] = (await self.uploads.take(sent, HANDED_IN)).demand_all()
        return answers

    async def _quote(self, message: Json, seconds: float, common: Json) -> Quote:
        author = await self.people.who(str(message.get("user", "")))
        sent = message.get("files", []) if self._takes(common) else []
        taken = await self.uploads.take(sent, seconds)
        text = clip(_words(str(message.get("text", ""))), forms.PARAGRAPH)
        return Quote(text=text, author=author.person.name, files=taken.files, lost=taken.refused)

    async def _dropped(self, event: Json, common: Json) -> Command:
        """Return the note that a message with files in a thread is; its first word may say so."""
        said = re.sub(r"^\s*note\b", "", self._uncalled(event), count=1, flags=re.IGNORECASE)
        quote = await self._quote({**event, "text": said.strip()}, HANDED_IN, common)
        return Command(**common, name="note", quote=msgspec.structs.replace(quote, dropped=True))

    def _uncalled(self, event: Json) -> str:
        """Return a message's text without our name."""
        mention = rf"<@{re.escape(self.own)}(?:\|[^>]*)?>"
        return re.sub(mention, " ", str(event.get("text", "")), count=1)


def _typed(common: Json, text: str, name: str) -> Command:
    """Return a command; without a name it is the text's first word."""
    if not name:
        name, _, text = text.strip().partition(" ")
    return Command(**common, name=name or "help", text=text.strip())


def _words(text: str) -> str:
    return html.unescape(_LINK.sub(r"\1", text))
