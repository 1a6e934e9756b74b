"""Parley: a server on this machine, over a real socket."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.parley.connection import Parley
from bot.core.chat import MessageRef
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.gateway import ChatGateway
from bot.core.outbox import Outbox
from bot.core.permissions import Role, Roster
from tests.contracts.chat.rig import NAMES, Answer, Rig, Shown, ShownForm
from tests.unit.conftest import Team

Json = dict[str, Any]

CHANNEL = "alerts"
TOKEN = "parley-token"
RANKS = {
    Role.ADMIN: "owner",
    Role.MEMBER: "member",
    Role.VIEWER: "guest",
    Role.NOBODY: "visitor",
}
PATIENCE = 20
"""Seconds that anything may take."""


@dataclass
class Desk:
    """What one person sees alone."""

    private: list[Json] = field(default_factory=list)
    form: Json | None = None
    origin: int | None = None
    """The place of the private message whose button opened the form."""
    given: Json = field(default_factory=dict)

    def keep(self, form: Json, given: Json) -> None:
        """Leave what was filled in where the same form is asked again."""
        if self.form is not None and self.form["step"] == form["step"]:
            self.given = given


class ParleyServer:
    """Keeps messages, tells the bot what people do, and shows them what it answers."""

    def __init__(self) -> None:
        self.messages: dict[str, Json] = {}
        self.desks = {role: Desk() for role in Role}
        self.acts: dict[str, tuple[Role, int | None]] = {}
        self.answered: list[str] = []
        self.loses = self.refuses = False
        self.port = 0
        self.writers: list[asyncio.StreamWriter] = []
        self.changed = asyncio.Condition()
        self._numbers = itertools.count(1)
        self._writer: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        hello = json.loads(await reader.readline())
        if hello == {"do": "hello", "token": TOKEN}:
            writer.write(b"welcome\n")
            self._writer = writer
            while line := await reader.readline():
                self._take(json.loads(line), writer)
                async with self.changed:
                    self.changed.notify_all()
        writer.close()

    async def act(self, role: Role, private: int | None = None, **event: object) -> None:
        """Tell the bot what a person does, and wait until it has answered."""
        await self.tell(f"i{next(self._numbers)}", role, private, **event)

    async def tell(self, id: str, role: Role, private: int | None, **event: object) -> None:
        person = NAMES[role]
        who = {"id": person.lower(), "name": person, "rank": RANKS[role]}
        self.acts[id] = role, private
        before = self.answered.count(id)
        assert self._writer is not None
        told = {"id": id, "who": who, "channel": CHANNEL, **event}
        self._writer.write(json.dumps(told).encode() + b"\n")
        await self.until(lambda: self.answered.count(id) > before)

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE), self.changed:
            await self.changed.wait_for(lambda: bool(condition()))

    def _take(self, told: Json, writer: asyncio.StreamWriter) -> None:
        if "answer" in told:
            for each in told["shown"]:
                self._show(*self.acts[told["answer"]], each)
            self.answered.append(told["answer"])
            return
        answer = self._do(told)
        if self.loses and told["do"] == "post":
            self.loses = False
            writer.close()
            return
        writer.write(json.dumps({"result": told["call"], **answer}).encode() + b"\n")

    def _do(self, told: Json) -> Json:
        match told["do"]:
            case "post":
                return self._post(told)
            case "edit" if told["message"] not in self.messages:
                return {"error": "gone"}
            case "edit":
                self.messages[told["message"]] |= {
                    name: told[name] for name in ("text", "tone", "buttons")
                }
                return {}
            case "find":
                keys = {each["key"]: id for id, each in self.messages.items()}
                return {"found": {key: keys[key] for key in told["keys"] if key in keys}}
            case "who":
                known = {name.lower(): name for name in NAMES.values()}
                return {"name": known.get(told["id"], "")}
        return {"error": "unknown"}

    def _post(self, told: Json) -> Json:
        if self.refuses:
            self.refuses = False
            return {"error": "too fast", "after": 7}
        if told["thread"] and told["thread"] not in self.messages:
            return {"error": "gone"}
        same = (id for id, each in self.messages.items() if each["key"] == told["key"])
        id = next(same, "") or str(len(self.messages) + 1)
        self.messages[id] = told
        return {"message": id}

    def _show(self, role: Role, private: int | None, shown: Json) -> None:
        desk = self.desks[role]
        if shown["as"] == "form":
            desk.form, desk.origin, desk.given = shown, private, {}
        elif shown["as"] == "update" and private is not None:
            desk.private[private] = shown
        else:
            desk.private.append(shown)


class ParleyRig(Rig):
    """A team that works on Parley."""

    name = "parley"
    channel = CHANNEL
    nowhere = "0"
    workspaces = False

    def __init__(self, team: Team, server: ParleyServer, parley: Parley) -> None:
        super().__init__(team, parley.chat, OutboxDispatcher(team.app, self.name, parley.chat))
        self._server = server

    async def types(self, command: str) -> None:
        name, _, text = command.partition(" ")
        await self._act(event="command", audience="nobody", name=name, text=text)

    async def presses(self, label: str, on: MessageRef | None = None) -> None:
        await self._act(**self._click(label, on))

    async def presses_twice(self, label: str, on: MessageRef) -> None:
        click = self._click(label, on)
        await self._server.tell("twice", self.role, None, **click)
        await self._server.tell("twice", self.role, None, **click)

    async def fills_in(self, answers: Mapping[str, Answer]) -> None:
        assert self._desk.form is not None
        inputs = {each["label"]: each for each in self._desk.form["inputs"]}
        for label, answer in answers.items():
            asked = inputs[label]
            self._desk.given[asked["name"]] = (
                _chosen(asked, answer)
                if isinstance(answer, str)
                else [
                    {"name": name, "type": kind, "content": base64.b64encode(content).decode()}
                    for name, kind, content in answer
                ]
            )

    async def hands_in(self) -> None:
        form, given, origin = self._desk.form, self._desk.given, self._desk.origin
        assert form is not None
        untouched = {each["name"]: each.get("initial", "") for each in form["inputs"]}
        self._desk.form = None
        await self._act(
            origin,
            event="form",
            audience="nobody" if origin is None else "one",
            session=form["session"],
            step=form["step"],
            answers={**untouched, **given},
        )
        self._server.desks[self.role].keep(form, given)

    async def gives_up(self) -> None:
        self._desk.form = None

    @property
    def form(self) -> ShownForm | None:
        form = self._desk.form
        if form is None:
            return None
        labels = {each["name"]: each["label"] for each in form["inputs"]}
        errors = {labels[name]: text for name, text in form["errors"].items()}
        return ShownForm(f"{form['title']}\n{form['text']}", errors)

    @property
    def private(self) -> list[Shown]:
        return [_shown(each) for each in self._desk.private]

    async def messages(self) -> list[Shown]:
        told = self._server.messages.values()
        return [_shown(m) for m in told if m["channel"] == CHANNEL and not m["thread"]]

    async def replies(self, head: MessageRef) -> list[Shown]:
        found = self._server.messages.values()
        return [_shown(each) for each in found if each["thread"] == head.id]

    def loses_an_answer(self) -> None:
        self._server.loses = True

    def refuses_once(self) -> None:
        self._server.refuses = True

    def broken_rules(self) -> list[str]:
        return self.uncalled_for(self.called())

    def answer_of(self, role: Role) -> str:
        return NAMES[role].lower()

    def called(self) -> list[str]:
        told = self._server.messages.values()
        return [id for each in told for id in each["calls"]]

    def calls(self, role: Role) -> str:
        return NAMES[role].lower()

    async def until(self, condition: Callable[[], object]) -> None:
        await self._server.until(condition)

    @property
    def _desk(self) -> Desk:
        return self._server.desks[self.role]

    async def _act(self, private: int | None = None, /, **event: object) -> None:
        if event.get("audience") == "one" and private is None:
            private = len(self._desk.private) - 1
        await self._server.act(self.role, private, **event)

    def _click(self, label: str, on: MessageRef | None) -> Json:
        message = self._server.messages[on.id] if on else self._desk.private[-1]
        [button] = [each["id"] for each in message["buttons"] if each["label"] == label]
        return {"event": "click", "audience": "all" if on else "one", "button": button}


def _chosen(asked: Json, answer: str) -> str:
    """Return what is sent for an answer: an option's value, or the words themselves."""
    values: dict[str, str] = {each["label"]: each["value"] for each in asked.get("options", ())}
    return values.get(answer, answer)


def _shown(message: Json) -> Shown:
    buttons = tuple(each["label"] for each in message["buttons"])
    files = message.get("files", ())
    contents = {each["name"]: base64.b64decode(each["content"]) for each in files}
    alts = {each["name"]: each["alt"] for each in files}
    return Shown(message["text"], message["tone"], buttons, contents, alts)


@asynccontextmanager
async def serving() -> AsyncIterator[ParleyServer]:
    """Let a server run as long as the block lasts."""
    fake = ParleyServer()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0, limit=1 << 24)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        for writer in fake.writers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


@asynccontextmanager
async def parley_rig(team: Team, _: Path) -> AsyncIterator[Rig]:
    """Let the team work on Parley as long as the block lasts."""
    object.__setattr__(team.app, "outbox", Outbox(team.clock, ("web", "parley"), simulated=True))
    gateway = ChatGateway(team.app, team.router, Roster())
    async with serving() as fake:
        parley = Parley("127.0.0.1", fake.port, TOKEN, team.app.evidence.read)
        async with parley.serve(gateway):
            yield ParleyRig(team, fake, parley)
