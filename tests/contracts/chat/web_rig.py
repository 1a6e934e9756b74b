"""The local page: the real aiohttp application, driven over HTTP as its script does."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, CookieJar, FormData

from adapters.storage.tinydb import TinyStore
from adapters.web.auth import KEY_HEADER
from adapters.web.connection import address_of, create_app, serve
from adapters.web.messages import COLLECTIONS
from adapters.web.outbound import WebChat
from adapters.web.site import Site
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.collections import AUDIT, COUNTERS, PAGE_ACCOUNTS, PAGE_SESSIONS
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.gateway import ChatGateway
from bot.core.outbox import Outbox
from bot.core.page_links import PageLinks
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Role, Roster
from bot.errors import ChatError
from tests.contracts.chat.markup import Node, parse
from tests.contracts.chat.page_forms import label_of, option_value, untouched
from tests.contracts.chat.rig import NAMES, Answer, File, Rig, Shown, ShownForm
from tests.fakes import FakeChat
from tests.unit.conftest import ANA, BEN, PLACE, VIK, Team

_JSON = {"Accept": "application/json"}


class Unsure:
    """The page's chat, whose next post may be refused or go unconfirmed: it has no network."""

    def __init__(self, chat: WebChat) -> None:
        self._chat = chat
        self.loses = self.refuses = False
        self.called: list[str] = []

    async def post(self, message: Outgoing) -> MessageRef:
        if self.refuses:
            self.refuses = False
            raise ChatError("refused", 7)
        posted = await self._chat.post(message)
        self.called += [each.name for each in message.mentions]
        if self.loses:
            self.loses = False
            raise ChatError("the answer was lost")
        return posted

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        await self._chat.edit(ref, card, plain=plain)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        return await self._chat.find(messages)

    async def close_thread(self, head: MessageRef) -> None:
        await self._chat.close_thread(head)


class WebRig(Rig):
    """A team that works on the local page."""

    name = "web"
    channel = PLACE.channel
    nowhere = "0" * 20
    workspaces = strangers = False

    def __init__(self, team: Team, chat: Unsure, client: ClientSession) -> None:
        super().__init__(team, chat, OutboxDispatcher(team.app, self.name, chat))
        self._unsure = chat
        self._client = client
        self._form: Node | None = None
        self._given: dict[str, str] = {}
        self._files: list[tuple[str, File]] = []
        self._private: dict[Role, dict[str, Node]] = {role: {} for role in Role}

    async def become(self, role: Role) -> None:
        await super().become(role)
        async with self._client.post("/persona", data={"persona": NAMES[role].lower()}) as answer:
            assert answer.status == 200

    async def types(self, command: str) -> None:
        await self._sends("/commands", {"text": f"/{command}", "interaction": _id()})

    async def presses(self, label: str, on: MessageRef | None = None) -> None:
        await self._sends("/clicks", await self._click(label, on))

    async def presses_twice(self, label: str, on: MessageRef) -> None:
        click = await self._click(label, on)
        await self._sends("/clicks", click)
        await self._sends("/clicks", click)

    async def fills_in(self, answers: Mapping[str, Answer]) -> None:
        assert self._form is not None
        inputs = {label_of(each): each for each in self._form.all("div", css="input")}
        for label, answer in answers.items():
            [control, *_] = inputs[label].all("input", "textarea", "select")
            name = control.attrs["name"]
            if isinstance(answer, str):
                self._given[name] = option_value(inputs[label], answer)
            else:
                self._files += [(name, file) for file in answer]

    async def hands_in(self) -> None:
        assert self._form is not None
        data = FormData(quote_fields=False, default_to_multipart=True)
        for name, value in {"interaction": _id(), **untouched(self._form), **self._given}.items():
            data.add_field(name, value)
        for name, (filename, kind, content) in self._files:
            data.add_field(name, content, filename=filename, content_type=kind)
        await self._sends("/submissions", data)

    async def gives_up(self) -> None:
        self._form = None

    @property
    def form(self) -> ShownForm | None:
        if self._form is None:
            return None
        errors = {
            label_of(each): error.text
            for each in self._form.all("div", css="input")
            for error in each.all("p", css="error")
            if error.text
        }
        return ShownForm(self._form.text, errors)

    @property
    def private(self) -> list[Shown]:
        return [_shown(each) for each in self._private[self.role].values()]

    async def messages(self) -> list[Shown]:
        page = await self._page("/")
        return [await self._read(each) for each in page.all("li", css="message")]

    async def replies(self, head: MessageRef) -> list[Shown]:
        page = await self._page(f"/threads/{head.id}")
        [pane] = page.all("aside", "section", **{"data-thread": head.id})
        shown = [each for each in pane.all("li", css="message") if _message_id(each) != head.id]
        return [await self._read(each) for each in shown]

    def loses_an_answer(self) -> None:
        self._unsure.loses = True

    def refuses_once(self) -> None:
        self._unsure.refuses = True

    def broken_rules(self) -> list[str]:
        return []

    def answer_of(self, role: Role) -> str:
        return NAMES[role]

    def called(self) -> list[str]:
        return list(self._unsure.called)

    def calls(self, role: Role) -> str:
        return NAMES[role]

    async def until(self, condition: Callable[[], object]) -> None:
        assert condition()

    async def _click(self, label: str, on: MessageRef | None) -> dict[str, str]:
        if on is None:
            message = list(self._private[self.role].values())[-1]
        else:
            [message] = (await self._page("/")).all("li", **{"data-message": on.id})
        [button] = [each for each in message.all("button", name="button") if each.text == label]
        fields = {each.attrs["name"]: each.attrs.get("value", "") for each in message.all("input")}
        del fields["key"]
        return {**fields, "button": button.attrs["value"], "interaction": _id()}

    async def _sends(self, path: str, data: Mapping[str, str] | FormData) -> None:
        async with self._client.post(path, data=data, headers=_JSON) as answer:
            assert answer.status == 200
            replies = (await answer.json())["replies"]
        if path == "/submissions":
            self._form = None
        for reply in replies:
            shown = parse(reply["html"])
            if reply["kind"] == "ask":
                [self._form] = shown.all("form")
                self._given, self._files = {}, []
            else:
                self._private[self.role][reply.get("message") or _id()] = shown

    async def _page(self, path: str) -> Node:
        async with self._client.get(path) as answer:
            assert answer.status == 200
            return parse(await answer.text())

    async def _read(self, message: Node) -> Shown:
        files, alts = {}, {}
        for each in (one for part in message.all("ul", css="files") for one in part.all("li")):
            [link], [name] = each.all("a"), each.all("bdi")
            async with self._client.get(link.attrs["href"]) as answer:
                files[name.text] = await answer.read()
            alts[name.text] = "".join(picture.attrs["alt"] for picture in each.all("img"))
        return dataclasses.replace(_shown(message), files=files, alts=alts)


def _shown(message: Node) -> Shown:
    parts = [message, *message.all("li", "div")]
    tones = [css for each in parts for css in each.classes if css.startswith("tone-")]
    buttons = tuple(each.text for each in message.all("button", name="button"))
    return Shown(message.text, next(iter(tones), ""), buttons)


def _message_id(message: Node) -> str:
    return message.attrs["data-message"]


def _id() -> str:
    return uuid.uuid4().hex


@asynccontextmanager
async def web_rig(team: Team, folder: Path) -> AsyncIterator[Rig]:
    """Serve the page to the team as long as the block lasts."""
    async with served(team, folder) as (chat, links), _browser(links.new()) as client:
        yield WebRig(team, Unsure(chat), client)


@asynccontextmanager
async def served(team: Team, folder: Path) -> AsyncIterator[tuple[WebChat, PageLinks]]:
    """Serve the page to the team, and give its chat, and the links that let people in."""
    app = team.app
    object.__setattr__(app, "outbox", Outbox(team.clock, ("web",), simulated=True))
    # The team's own sender would look into the same outbox.
    team.dispatcher = OutboxDispatcher(app, "nobody", FakeChat())
    gateway = ChatGateway(app, team.router, Roster())
    collections = (*COLLECTIONS, PAGE_SESSIONS, PAGE_ACCOUNTS, COUNTERS, AUDIT)
    store = await TinyStore.open(folder / "page", collections)
    links = PageLinks()
    chat = WebChat(store, team.clock)
    site = Site(
        brand=app.brand.name,
        sessions=PageSessions(store, team.clock, links),
        people={person.id: (person, role) for person, role in (ANA, BEN, VIK)},
        commands=(),
        zone=gateway.zone,
        language=gateway.language,
        channel=PLACE.channel,
        simulated=True,
    )

    page = create_app(
        chat,
        gateway.handle,
        site,
        intake=gateway.intake,
        read=app.evidence.read,
        find=gateway.picture,
        now=team.clock,
    )
    server = await serve(page, 0)
    try:
        links.address = address_of(server)
        yield chat, links
    finally:
        await server.cleanup()
        await store.close()


@asynccontextmanager
async def _browser(address: str) -> AsyncIterator[ClientSession]:
    """Use a link, and show the page's key from then on, as its script does."""
    origin, _, token = address.partition("/?token=")
    jar = CookieJar(unsafe=True)
    async with ClientSession(origin, cookie_jar=jar, headers={"Origin": origin}) as client:
        async with client.post("/enter", data={"token": token}) as answer:
            [key] = parse(await answer.text()).all("meta", name="key")
        client.headers[KEY_HEADER] = key.attrs["content"]
        yield client
