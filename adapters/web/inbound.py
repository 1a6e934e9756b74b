"""What people do on the page: commands, clicks, forms, and who they are."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from aiohttp import web

from adapters.web import CHAT
from adapters.web.answers import answer, below, notice, show
from adapters.web.auth import KEY, SESSION, VIEWER, require_key
from adapters.web.forms import Sent, in_time, read_form
from adapters.web.outbound import WebChat
from adapters.web.render import KEY_FIELD, Origin, Viewer
from adapters.web.site import BeginIntake, Handle, Site
from adapters.web.uploads import Expected
from bot.core.browse.models import PAGE_ROWS, ROWS_APART
from bot.core.cards import Tone, parse_button_id
from bot.core.clocks import Clock
from bot.core.forms import File
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Audience,
    Click,
    Command,
    Notice,
    Place,
    Submission,
)
from bot.core.interface import speak
from bot.core.permissions import Person, Role
from bot.errors import UserError

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_NO_FILE = "You cannot add files to this form now. Close it and press its button again."
_NO_ROW = "Select at least one row, then press the button again."
_NO_COMMAND = "Commands start with a slash. Type / to see all of them."

NONE_REFUSED: Final[Mapping[str, str]] = {}
"""All files were taken."""


class _Asking(NamedTuple):
    """Who asks, from where, when; ``id`` is the same when the browser sends it again."""

    id: str
    who: Person
    role: Role
    where: Place
    at: datetime
    audience: Audience
    origin: Origin


class Actions:
    """Passes what people do to the gateway and shows what comes back."""

    def __init__(
        self, site: Site, chat: WebChat, handle: Handle, intake: BeginIntake, now: Clock
    ) -> None:
        """Ask ``handle``, take files in with ``intake``, and stamp interactions with the time."""
        self._site = site
        self._chat = chat
        self._handle = handle
        self._intake = intake
        self._now = now
        self._expected = Expected()

    async def command(self, request: web.Request) -> web.StreamResponse:
        """Take a command as it was typed."""
        fields = await self._fields(request)
        asking = await self._asking(request, fields)
        text = fields.get("text", "").strip()
        name, _, rest = text.removeprefix("/").partition(" ")
        if not text.startswith("/") or not name:
            return answer(request, request[KEY], asking.origin, [notice(_NO_COMMAND, Tone.INFO)])
        command = Command(
            id=asking.id,
            who=asking.who,
            role=asking.role,
            where=asking.where,
            at=asking.at,
            audience=asking.audience,
            name=name.lower(),
            text=rest.strip(),
        )
        return await self._do(request, command, asking.origin, self._intake())

    async def click(self, request: web.Request) -> web.StreamResponse:
        """Take the press of a button."""
        fields = await self._fields(request)
        asking = await self._asking(request, fields)
        action, ref = parse_button_id(fields.get("button", ""))
        return await self._press(request, asking, action, ref)

    async def rows(self, request: web.Request) -> web.StreamResponse:
        """Take the press of a button for the chosen rows of a table."""
        fields, chosen = await self._chosen(request)
        asking = await self._asking(request, fields)
        if not chosen:
            return answer(request, request[KEY], asking.origin, [notice(_NO_ROW, Tone.INFO)])
        ref = ROWS_APART.join(chosen[:PAGE_ROWS])
        return await self._press(request, asking, fields.get("action", ""), ref)

    async def _press(
        self, request: web.Request, asking: _Asking, action: str, ref: str
    ) -> web.StreamResponse:
        click = Click(
            id=asking.id,
            who=asking.who,
            role=asking.role,
            where=asking.where,
            at=asking.at,
            audience=asking.audience,
            action=action,
            ref=ref,
        )
        return await self._do(request, click, asking.origin, self._intake())

    async def submission(self, request: web.Request) -> web.StreamResponse:
        """Take a form, and its files."""
        viewer = request[VIEWER]

        def admit(sent: Sent, name: str) -> File:
            require_key(request, sent.fields.get(KEY_FIELD, ""))
            return self._wanted(viewer, sent, name)

        files = self._intake()
        try:
            sent = await read_form(request, files, self._site.limits, admit)
            require_key(request, sent.fields.get(KEY_FIELD, ""))
        except UserError as error:
            return answer(request, request[KEY], Origin(), [notice(str(error), Tone.WARNING)])
        asking = await self._asking(request, sent.fields)
        submission = Submission(
            id=asking.id,
            who=asking.who,
            role=asking.role,
            where=asking.where,
            at=asking.at,
            audience=asking.audience,
            session=sent.fields.get("session", ""),
            step=sent.fields.get("step", ""),
            answers=sent.answers,
            back=bool(sent.fields.get("back")),
        )
        return await self._do(request, submission, asking.origin, files, sent.refused)

    def _wanted(self, viewer: Viewer, sent: Sent, name: str) -> File:
        """Return the input that a file is for.

        Raises:
            UserError: nobody asked this person for such a file.
        """
        session = sent.fields.get("session", "")
        step = sent.fields.get("step", "")
        asked = self._expected.file(viewer.person.id, session, step, name)
        if viewer.role < Role.MEMBER or asked is None:
            raise UserError(_NO_FILE)
        return asked

    async def persona(self, request: web.Request) -> web.StreamResponse:
        """Let the reader be somebody else of the team."""
        chosen = (await self._fields(request)).get("persona", "")
        if chosen not in self._site.people:
            raise web.HTTPBadRequest
        await self._site.sessions.act_as(request[SESSION], *self._site.people[chosen])
        return web.Response(status=303, headers={"Location": "/"})

    async def _fields(self, request: web.Request) -> dict[str, str]:
        return (await self._chosen(request))[0]

    async def _chosen(self, request: web.Request) -> tuple[dict[str, str], list[str]]:
        """Return the fields, and the rows that were chosen."""
        try:
            async with in_time(self._site.limits):
                sent = await request.post()
        except (ValueError, LookupError) as error:
            # A character set that is none is a LookupError.
            raise web.HTTPBadRequest from error
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        require_key(request, fields.get(KEY_FIELD, ""))
        return fields, [row for row in sent.getall("row", []) if isinstance(row, str) and row]

    async def _asking(self, request: web.Request, fields: Mapping[str, str]) -> _Asking:
        viewer = request[VIEWER]
        given = fields.get("interaction", "")
        # Without script the browser brings no id; then every press counts as a new one.
        id = given if _ID.fullmatch(given) else secrets.token_hex(16)
        origin = Origin(message=fields.get("message", ""), thread=fields.get("thread", ""))
        return _Asking(
            id=f"{viewer.person.id}-{id}",
            who=viewer.person,
            role=viewer.role,
            where=Place(chat=CHAT, channel=self._site.channel, thread=origin.thread),
            at=self._now(),
            audience=await self._audience(origin.message),
            origin=origin,
        )

    async def _audience(self, message: str) -> Audience:
        """Tell who sees the message on which somebody acts.

        The browser names the message, so one that all see is never shown changed by an answer.
        """
        if not message:
            return Audience.NOBODY
        known = await self._chat.message(message)
        return Audience.ONE if known is None else Audience.ALL

    async def _do(
        self,
        request: web.Request,
        asked: AnyInteraction,
        origin: Origin,
        files: Intake,
        refused: Mapping[str, str] = NONE_REFUSED,
    ) -> web.StreamResponse:
        # A form that is sent again gets its first answer, though its files are not wanted any more.
        why = "\n".join(refused)
        response = await self._handle(asked, why, files)
        if not (response.repeated or refused):
            self._expected.note(asked, response.replies)
        with speak(await self._site.language()):
            zone = await self._site.zone()
            shown = show(asked, origin, response.replies, self._site.limits.file, zone)
            if refused and response.replies == [Notice(why, Tone.WARNING)]:
                shown = [below(next(iter(refused.values())), why, shown[0])]
            return answer(request, request[KEY], origin, shown)
