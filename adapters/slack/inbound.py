"""What people do in Slack, as the application knows it. Files are taken over as they come."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.buttons import MENU
from adapters.slack.channel_access import Rooms
from adapters.slack.forms import BACK, people_in, read_answers
from adapters.slack.markup import called, first_word, known, named, worded
from adapters.slack.membership import Membership
from adapters.slack.origin import NAME, Origin, concerns, is_direct, part
from adapters.slack.people import Known, People, Workspace
from adapters.slack.quotes import EMAIL, WORDLESS, bots_name, emails_of, files_of, is_bots, text_of
from adapters.slack.targets import Targets
from adapters.slack.uploads import Uploads
from bot.core import forms
from bot.core.cards import parse_button_id
from bot.core.gateway import ChatGateway
from bot.core.intake import Intake
from bot.core.interactions import (
    SEEN,
    AnyInteraction,
    Arrival,
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
from bot.core.offered_commands import BRAND
from bot.core.permissions import Permission, Role
from bot.core.routes import ends_here
from bot.core.text import clip, one_line
from bot.errors import NotAllowed, UserError

AT_ONCE, HANDED_IN = 1.0, 60.0
"""Seconds for the files of a message, behind which a form opens, and for those handed in."""
LONGEST_MARK = 40
LONGEST = 40_000
"""Characters that a message of Slack's may have."""
STRANGE = "I could not read what Slack sent. Try again."
UNNAMED = ("", "directmessage", "privategroup")
"""What Slack calls channels whose name it does not tell at once."""

_NOTE = re.compile(r"^\s*note\b[\s,:;.-]*", re.IGNORECASE)


@dataclass
class Incoming:
    """Reads what Slack sends."""

    gateway: ChatGateway
    people: People
    uploads: Uploads
    workspace: Workspace
    rooms: Rooms
    membership: Membership

    async def read(self, body: Json, origin: Origin, files: Intake) -> AnyInteraction | None:
        """Return what somebody did; None if it is nothing for us. Its files come into ``files``.

        Raises:
            UserError: it is not complete, or not allowed.
        """
        if not concerns(body, self.workspace.own):
            return None
        common = await self._common(body, origin)
        asked: AnyInteraction | None = None
        match body:
            case {"command": command}:
                text, name = await self._readable(body.get("text")), str(command).lstrip("/")
                said = f"{'' if name == BRAND else name} {text}"
                asked = _typed(common, said, f"/{BRAND} ")
            case {"type": "block_actions", "actions": [dict(pressed), *_]}:
                asked = _press(pressed, common, part(body, "view"), origin.step)
            case {"type": "view_submission", "view": view}:
                answers = await self._answers(view, common, files)
                session, step = origin.session, origin.step
                people = await self._people(view, common["where"])
                sent: Json = {"session": session, "step": step, "answers": answers}
                asked = Submission(**common, **sent, people=people)
            case {"type": "message_action", "message": dict(), "callback_id": name} | {
                "type": "shortcut",
                "callback_id": name,
            }:
                message = part(body, "message")
                quote = await self._quote(message, AT_ONCE, common, files) if message else None
                asked = Command(**common, name=str(name), quote=quote)
            case {"event": event}:
                return await self._read_event(event, common, files)
        if asked is None:
            raise UserError(STRANGE)
        return await self._settled(asked) if isinstance(asked, Command) else asked

    async def _read_event(self, event: Json, common: Json, files: Intake) -> AnyInteraction | None:
        match event:
            case {"type": "app_home_opened"}:
                return Command(**common, name="todo")
            case {"type": "member_joined_channel"}:
                return await self._arrived(Arrival(**common))
            case {"type": "reaction_added"}:
                return await self._sign(common)
            case {"type": "app_mention", "files": [_, *_], "thread_ts": _}:
                return await self._dropped(event, common, files)
            case {"type": "app_mention"}:
                asked = _typed(common, await self._readable(self._said(event)))
                return await self._looked_up(asked)
        # It called nobody: of who may not hand in files it is none of our business.
        return await self._dropped(event, common, files) if self._takes(common) else None

    async def _sign(self, common: Json) -> Click | None:
        """Return what a reaction stands for; those of apps, which react to all, for nothing."""
        if (await self.people.who(common["who"].id)).bot:
            return None
        # It is put on a card that everybody sees.
        return Click(**{**common, "audience": Audience.ALL}, action=SEEN)

    async def _common(self, body: Json, origin: Origin) -> Json:
        """Return what all kinds share."""
        known = await self.people.who(origin.user)
        where = await self._place(origin, known)
        access = await self._access(known, where)
        return {
            "id": f"{CHAT}:{body.get('trigger_id') or body.get('event_id')}",
            "who": known.person,
            "role": access.role,
            "barred": access.barred,
            "where": where,
            "at": self.gateway.app.clock(),
            "audience": origin.audience,
        }

    async def _access(self, known: Known, where: Place) -> Access:
        """Say what somebody may do; of those of other workspaces nothing is asked."""
        if where.workspace != self.workspace.id:
            return Access(Role.NOBODY)
        channel = await self.gateway.channel(CHAT)
        affiliation = await self.membership.affiliation(channel, known)
        return await self.gateway.access(CHAT, known.person.id, affiliation)

    async def _place(self, origin: Origin, known: Known) -> Place:
        """Say where it is. What Slack says of a person counts before what came along."""
        teams = known.teams or (origin.team,)
        ours = await self.workspace.includes(teams)
        private, name = is_direct(origin.channel), origin.name
        if name in UNNAMED and not private:
            name = await self.people.channel(origin.channel)
        return Place(
            chat=CHAT,
            workspace=self.workspace.id if ours else teams[0],
            channel=origin.channel,
            name=name,
            thread=origin.thread,
            private=origin.home or private,
        )

    def _takes(self, common: Json) -> bool:
        """Tell whether files are taken over: of those of our own who may work."""
        return bool(common["role"] > Role.VIEWER and common["where"].workspace == self.workspace.id)

    async def _answers(self, view: Json, common: Json, files: Intake) -> forms.Answers:
        answers, handed_in = read_answers((view.get("state") or {}).get("values"))
        for name, sent in handed_in.items():
            if sent and not self._takes(common):
                raise NotAllowed
            answers[name] = (await self.uploads.take(sent, HANDED_IN, files)).require_all()
        return answers

    async def _people(self, view: Json, where: Place) -> tuple[Chosen, ...]:
        """Return the people chosen, each with their role here; bots have none."""
        found = []
        for id in people_in((view.get("state") or {}).get("values")):
            known = await self.people.who(id)
            theirs = known.teams and await self.workspace.includes(known.teams)
            able = known.told and theirs and id != self.workspace.own and not known.bot
            access = await self._access(known, where) if able else Access(Role.NOBODY)
            found.append(Chosen(known.person, access.role))
        return tuple(found)

    async def _quote(self, message: Json, seconds: float, common: Json, into: Intake) -> Quote:
        sent = files_of(message) if self._takes(common) else []
        whole = await self.uploads.known(sent, seconds)
        files = [each for each in whole if each.get("mode") != EMAIL]
        taken = await self.uploads.take(files, seconds, into)
        said = [part for part in (text_of(message), *emails_of(whole)) if part.strip()]
        text = await self._readable("\n\n".join(said), labels=True)
        if not text.strip() and not sent:
            text = WORDLESS
        return Quote(
            text=clip(text, forms.PARAGRAPH),
            author=await self._author(message),
            files=taken.files,
            lost=taken.refused,
        )

    async def _author(self, message: Json) -> str:
        if (is_bots(message) and message.get("username")) or not message.get("user"):
            return one_line(bots_name(message), NAME)
        return (await self.people.who(str(message["user"]))).person.name

    async def _dropped(self, event: Json, common: Json, files: Intake) -> Command:
        """Return the note that a message with files in a thread is; its first word may say so."""
        said = _NOTE.sub("", self._said(event), count=1)
        words = {**event, "text": said.strip(), "blocks": []}
        quote = await self._quote(words, HANDED_IN, common, files)
        text = "" if quote.text == WORDLESS else quote.text
        quote = msgspec.structs.replace(quote, text=text, dropped=True)
        return Command(**common, name="note", quote=quote)

    def _said(self, event: Json) -> str:
        """Return what a message says to us."""
        names = known(self.gateway.names)
        return called(str(event.get("text") or ""), self.workspace.own, names)

    async def _readable(self, text: object, *, labels: bool = False) -> str:
        """Return text without Slack's markup."""
        written = text[:LONGEST] if isinstance(text, str) else ""
        names = await self.people.names(named(written))
        return worded(written, names, labels=labels)

    async def _looked_up(self, command: Command) -> Command:
        """Add the person whom the command puts on call, if it names one."""
        typed = target_in(command.name, command.text)
        if not typed or not command.role.can(Permission.CONFIGURE):
            return command
        named = await Targets(self.people.client, self.people, self.workspace).find(typed)
        return msgspec.structs.replace(command, named=named)

    async def _settled(self, command: Command) -> Command:
        """Say with the place why alerts cannot come there, if the command might move them there."""
        command = await self._looked_up(command)
        where = command.where
        moves = ends_here(command.name, command.text)
        if where.private or not (moves or not await self.gateway.channel(CHAT)):
            return command
        lacks = await self.rooms.lacks(where.channel, where.name) or ""
        place = msgspec.structs.replace(where, lacks=lacks, open=await self._is_open(where))
        return msgspec.structs.replace(command, where=place)

    async def _arrived(self, arrival: Arrival) -> Arrival:
        where = arrival.where
        place = msgspec.structs.replace(where, open=await self._is_open(where))
        return msgspec.structs.replace(arrival, where=place)

    async def _is_open(self, where: Place) -> bool:
        return (await self.membership.room(where.channel)).reach is Reach.OPEN


def _press(pressed: Json, common: Json, view: Json, step: str) -> Click | Submission:
    """Return the press of a button; of a form's Back, with what is typed there so far."""
    action, ref = parse_button_id(_pressed(pressed))
    if action == BACK and step:
        draft, _ = read_answers(part(view, "state").get("values"))
        return Submission(**common, session=ref, step=step, answers=draft, back=True)
    return Click(**common, action=action, ref=ref, confirmed=_confirmed(pressed))


def _pressed(action: Json) -> object:
    """Return what a button is known by, or the item of a menu; the router refuses anything else."""
    if action.get("action_id") != MENU:
        return action.get("action_id")
    chosen = action.get("selected_option")
    return chosen.get("value") if isinstance(chosen, dict) else None


def _confirmed(action: Json) -> str:
    """Return the mark of what Slack asked before; a menu has none, for it asks nothing."""
    mark = action.get("value")
    return mark[:LONGEST_MARK] if isinstance(mark, str) else ""


def _typed(common: Json, text: str, prefix: str = "") -> Command:
    """Return the command that a text's first word names, and what stands before such words."""
    name = first_word(text)
    rest = text.strip()[len(next(iter(text.split(maxsplit=1)), "")) :]
    return Command(**common, name=name or "help", text=rest.strip(), prefix=prefix)
