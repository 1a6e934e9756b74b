"""Discord: the real discord.py against the Discord on this machine."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from bot.core.cards import Tone
from bot.core.chat import MessageRef
from bot.core.permissions import Role, Roster
from tests.contracts.chat.rig import NAMES, Answer, Rig, Shown, ShownForm
from tests.platforms.discord.modals import OpenModal
from tests.platforms.discord.people import Person
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Channel, Message
from tests.platforms.discord.wire import Json
from tests.unit.adapters.discord.markdown import meanings, shown
from tests.unit.adapters.discord.team import DiscordTeam, working
from tests.unit.conftest import Team

_POST = "POST /channels/*/messages"
_ON = ("Continue", "Correct it", "继续", "更正")
"""The buttons that open a form where a form was handed in, as no modal may follow another."""


class DiscordRig(Rig):
    """A team that works in Discord."""

    name = "discord"
    nowhere = "1"

    def __init__(self, at_work: DiscordTeam) -> None:
        super().__init__(at_work.team, at_work.discord.chat, at_work.dispatcher)
        self._fake = at_work.fake
        self.channel = str(at_work.channel.id)
        self._complaint = ""

    async def types(self, command: str) -> None:
        name, _, text = command.partition(" ")
        wanted = self._acting.options_of(name)
        given = text.split(maxsplit=max(len(wanted) - 1, 0))
        options = dict(zip(wanted, given, strict=False))
        place = self._place(self.typing_in or self.channel)
        assert (await self._acting.command(name, options, place)).answered

    async def presses(self, label: str, on: MessageRef | None = None) -> None:
        message = self._message(on) if on else self._acting.ephemerals[-1]
        assert (await self._acting.press(message, label)).answered

    async def presses_twice(self, label: str, on: MessageRef) -> None:
        self._fake.faults.replay_on_resume()
        await self.presses(label, on)
        await self._fake.faults.reconnect()
        await self.until(lambda: self._fake.injected["replay"])
        await self.until(lambda: self._fake.connected)
        # It comes behind the replay, so the replay is answered when this is.
        await self._acting.complete("check", {"product": "Pan"}, "product")

    async def fills_in(self, answers: Mapping[str, Answer]) -> None:
        await self._acting.fill_in(answers)

    async def hands_in(self) -> None:
        assert (await self._acting.submit()).answered
        last = self._acting.ephemerals[-1]
        self._complaint = shown(last.content)
        for label in set(_ON) & set(seen(last).buttons):
            await self._acting.press(last, label)

    async def gives_up(self) -> None:
        opener = self._acting.modal.opened_by.source if self._acting.modal else None
        await self._acting.close_modal()
        # The edit that lets the same thing be chosen again follows the form, and nobody waits.
        await self.until(lambda: not (opener and opener.chosen))

    @property
    def form(self) -> ShownForm | None:
        modal = self._acting.modal
        return ShownForm(shown(modal.title), self._errors(modal)) if modal else None

    @property
    def private(self) -> list[Shown]:
        return [_shown(each) for each in self._acting.ephemerals]

    def adds_channel(self) -> str:
        return str(self._fake.add_channel("brand-us", private=True).id)

    def loses_channel(self, channel: str) -> None:
        self._place(channel).writable = False

    async def messages(self) -> list[Shown]:
        return [_shown(each) for each in self._place(self.channel).messages]

    async def replies(self, head: MessageRef) -> list[Shown]:
        thread = self._fake.thread_of(self._message(head))
        return [_shown(each) for each in thread.messages] if thread else []

    def loses_an_answer(self) -> None:
        self._fake.faults.lose_answer(_POST)

    def refuses_once(self) -> None:
        self._fake.faults.refuse(_POST, 429, 20028)

    def broken_rules(self) -> list[str]:
        return [*self._fake.violations, *self.uncalled_for(self._fake.pings)]

    async def looks_at(self, alert: MessageRef) -> bool:
        await self._acting.react(self._message(alert), "👀")
        return True

    def answer_of(self, role: Role) -> str:
        return self._person(role).id

    def called(self) -> list[str]:
        return list(self._fake.pings)

    def calls(self, role: Role) -> str:
        return f"<@{self._person(role).id}>"

    async def until(self, condition: Callable[[], object]) -> None:
        await self._fake.until(condition)

    @property
    def _acting(self) -> Person:
        return self._person(self.role)

    def _person(self, role: Role) -> Person:
        admin, team = role is Role.ADMIN, role is not Role.NOBODY
        return self._fake.person(NAMES[role], administrator=admin, team=team)

    def _place(self, id: str) -> Channel:
        return self._fake.guild.channels[int(id)]

    def _errors(self, modal: OpenModal) -> dict[str, str]:
        labels = [each for each in modal.components if each.get("label")]
        told = {each["label"]: each.get("description") or "" for each in labels}
        return {label: text for label, text in told.items() if text.startswith(Tone.WARNING.symbol)}

    def _message(self, ref: MessageRef) -> Message:
        found = self._place(ref.channel).message(int(ref.id))
        assert found is not None
        return found


_LINKS = re.compile(
    r"\[((?:\\.|[^\[\]\\])+)\]\(<https?://(?:www\.amazon\.|127\.0\.0\.1)[^\s<>]+>\)"
)
_MOMENT = re.compile(r" ?<t:\d+:f>$")


def _shown(message: Message) -> Shown:
    read = seen(message)
    content = re.sub(r"\*\*(.*?)\*\*", r"\1", message.content)
    content = re.sub(r"\n-# ref \w{8}$", "", content)  # what a plain message is known by
    content = re.sub(r"^<@&?\d+>\n?", "", content, flags=re.MULTILINE)  # who is called stands alone
    content = re.sub(r"\[(C-\d+)\]\(<https://discord\.com/channels/[\d/]+>\)", r"\1", content)
    assert meanings(content) == []
    text = "\n".join([shown(content), *map(_embed, message.embeds)])
    files = {each.name: each.content for each in message.attachments}
    alts = {each.name: each.description for each in message.attachments}
    return Shown(text, read.colour, read.buttons, files, alts)


def _embed(embed: Json) -> str:
    """Return what is read in an embed; its footer knows no escapes and no format.

    Our own markup is read first: the last line's links, and the moment that ends a value.
    """
    texts = [_LINKS.sub(r"\1", embed.get("description") or "")]
    fields = [(each["name"], _MOMENT.sub("", each["value"])) for each in embed.get("fields", ())]
    texts += [text for pair in fields for text in pair]
    assert [meaning for text in texts for meaning in meanings(text)] == []
    footer = (embed.get("footer") or {}).get("text") or ""
    return "\n".join([*map(shown, texts), footer])


@asynccontextmanager
async def discord_rig(team: Team, _: Path) -> AsyncIterator[Rig]:
    """Let the team work in Discord, where the owner's list alone makes somebody a viewer."""
    async with FakeDiscord() as fake:
        vik = fake.person(NAMES[Role.VIEWER])
        roster = Roster(viewers=frozenset({vik.id}))
        with patch("tests.unit.adapters.discord.team.Roster", return_value=roster):
            async with working(team, fake) as at_work:
                yield DiscordRig(at_work)
