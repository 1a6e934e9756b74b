"""Every way in which a person gives words and files to the bot in a chat, and all that it shows."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

from tests.contracts.chat.discord_rig import DiscordRig
from tests.contracts.chat.rig import Answer, Rig
from tests.contracts.chat.slack_rig import SlackRig
from tests.files import File
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Channel
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage
from tests.unit.adapters.discord.team import DiscordTeam
from tests.unit.adapters.discord.team import working as working_in_discord
from tests.unit.adapters.slack.team import ALERTS, SlackTeam
from tests.unit.adapters.slack.team import working as working_in_slack
from tests.unit.conftest import Team

Answers = dict[str, Answer]


class Doors(ABC):
    """Ana's ways in; her chat is behind the real SDK."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig

    async def types(self, command: str) -> str:
        """Type a command, and return what she alone is told; nothing if a form opens."""
        before = len(self.rig.private)
        await self.rig.types(command)
        await self.until(lambda: self.rig.form or len(self.rig.private) > before)
        return self.rig.private[-1].text if len(self.rig.private) > before else ""

    async def sends(self, answers: Answers) -> None:
        """Answer the open form, and wait until it is taken, or another one is there."""
        before, form = self.rig.private, self.rig.form
        await self.rig.fills_in(answers)
        await self.rig.hands_in()
        await self.until(lambda: self.rig.form != form or self.rig.private != before)

    async def hears(self, words: str) -> None:
        """Wait until the bot told her so, where she alone reads it or in the thread."""
        await self.until(lambda: words in self.told())

    async def until(self, condition: Callable[[], object]) -> None:
        await self.rig.until(condition)

    @abstractmethod
    async def presses(self, button: str) -> None:
        """Press a button of the newest message that has it, and wait for the form or the words."""

    @abstractmethod
    async def closes(self) -> None:
        """Close the open form without sending it."""

    @abstractmethod
    async def goes_back(self) -> None:
        """Leave the open form for the one before it."""

    @abstractmethod
    async def calls(self, words: str, *files: File) -> None:
        """Write to the bot by its name in the case's thread."""

    @abstractmethod
    async def drops(self, words: str, *files: File) -> None:
        """Put files into the case's thread, as this chat lets people do that."""

    @abstractmethod
    async def chooses(self, words: str, *files: File) -> None:
        """Choose 'Add to case' in the menu of a message that somebody else wrote."""

    @abstractmethod
    def told(self) -> str:
        """Return what the bot told her last, where she alone reads it or in the thread."""

    @abstractmethod
    def shown(self) -> bytes:
        """Return all that messages of the bot hold now, by which name their files are, too."""

    @abstractmethod
    def pictures(self) -> list[bytes]:
        """Return the photos that the bot shows."""


class SlackDoors(Doors):
    def __init__(self, at_work: SlackTeam) -> None:
        super().__init__(SlackRig(at_work))
        self._at, self._fake, self._ana = at_work, at_work.fake, at_work.ana
        self._eve = self._fake.person("UEVE", "Eve")
        self._at.channel.members.add(self._eve.id)
        self._fake.reads_messages = True

    async def presses(self, button: str) -> None:
        before = self.rig.private
        messages = [*self._at.channel.history, *self._ana.ephemerals]
        message = next(m for m in reversed(messages) if button in seen_in_slack(m).buttons)
        assert (await self._ana.press(message, button)).acked
        await self.until(lambda: self.rig.form or self.rig.private != before)

    async def closes(self) -> None:
        await self._ana.close_modal()

    async def goes_back(self) -> None:
        form = self.rig.form
        assert self._ana.modal
        assert (await self._ana.press(self._ana.modal, "Back")).acked
        await self.until(lambda: self.rig.form != form)

    async def calls(self, words: str, *files: File) -> None:
        before = len(self._ana.ephemerals)
        await self._ana.mention(ALERTS, f"note {words}", self._thread, files)
        await self.until(lambda: len(self._ana.ephemerals) > before)

    async def drops(self, words: str, *files: File) -> None:
        before = len(self._ana.ephemerals)
        await self._ana.post(ALERTS, words, self._thread, files)
        await self.until(lambda: len(self._ana.ephemerals) > before)

    async def chooses(self, words: str, *files: File) -> None:
        before = len(self._ana.ephemerals)
        said = await self._eve.post(ALERTS, words, files=files)
        assert (await self._ana.shortcut("add-to-case", said)).acked
        await self.until(lambda: self._ana.modal or len(self._ana.ephemerals) > before)

    def told(self) -> str:
        return seen_in_slack(self._ana.ephemerals[-1]).text

    def shown(self) -> bytes:
        return "\n".join(self._held()).encode()

    def pictures(self) -> list[bytes]:
        files = [file for file in self._fake.files.values() if file.user == self._fake.bot_user]
        return [file.data or b"" for file in files if file.name.endswith(".jpg")]

    @property
    def _thread(self) -> str:
        return next(m.ts for m in self._at.channel.messages if "Add a note" in _buttons(m))

    def _held(self) -> Iterator[str]:
        bot = self._fake.bot_user
        everywhere = [m for place in self._fake.channels.values() for m in place.history]
        for message in everywhere:
            if message.author == bot:
                parts = (message.text, message.blocks, message.attachments, message.metadata)
                names = [(file.name, file.title, file.alt) for file in message.files]
                yield json.dumps((*parts, names), ensure_ascii=False)


def _buttons(message: SlackMessage) -> Sequence[str]:
    return seen_in_slack(message).buttons


class DiscordDoors(Doors):
    def __init__(self, at_work: DiscordTeam) -> None:
        super().__init__(DiscordRig(at_work))
        self._at, self._fake = at_work, at_work.fake
        self._ana, self._eve = at_work.person(), at_work.fake.person("Eve")

    async def presses(self, button: str) -> None:
        before = self.rig.private
        messages = [*self._messages(), *self._ana.ephemerals]
        message = next(m for m in reversed(messages) if button in seen_in_discord(m).buttons)
        assert (await self._ana.press(message, button)).answered
        await self.until(lambda: self.rig.form or self.rig.private != before)

    async def closes(self) -> None:
        await self._ana.close_modal()

    async def goes_back(self) -> None:
        await self.closes()
        await self.presses("Back")

    async def calls(self, words: str, *files: File) -> None:
        """Write with files: to words alone the bot does not listen there."""
        await self.drops(f"note {words}", *files)

    async def drops(self, words: str, *files: File) -> None:
        before = len(self._told())
        said = f"<@{self._fake.guild.bot.id}> {words}"
        await self._ana.post(self._thread, said, files)
        await self.until(lambda: len(self._told()) > before)

    async def chooses(self, words: str, *files: File) -> None:
        before = len(self._ana.ephemerals)
        said = await self._eve.post(self._at.channel, words, files)
        await self._ana.context_menu("Add to case", said)
        await self.until(lambda: self._ana.modal or len(self._ana.ephemerals) > before)

    def told(self) -> str:
        return "\n".join(seen_in_discord(self._told()[-1]).lines)

    def shown(self) -> bytes:
        return "\n".join(self._held()).encode()

    def pictures(self) -> list[bytes]:
        bot = self._fake.guild.bot
        files = [f for m in self._messages() if m.author is bot for f in m.attachments]
        return [file.content for file in files if file.name.endswith(".jpg")]

    @property
    def _thread(self) -> Channel:
        [thread] = [m.thread for m in self._at.channel.messages if m.thread]
        return thread

    def _told(self) -> list[DiscordMessage]:
        bot = self._fake.guild.bot
        answers = [m for m in self._messages() if m.author is bot and m.content]
        return sorted((*answers, *self._ana.ephemerals), key=lambda message: message.id)

    def _messages(self) -> list[DiscordMessage]:
        return [m for place in self._fake.guild.channels.values() for m in place.messages]

    def _held(self) -> Iterator[str]:
        bot = self._fake.guild.bot
        names = [thread.name for thread in self._fake.guild.channels.values()]
        yield json.dumps(names, ensure_ascii=False)
        for message in self._messages():
            if message.author is bot:
                parts = (message.content, message.embeds, message.components)
                files = [(each.name, each.description) for each in message.attachments]
                yield json.dumps((*parts, files), ensure_ascii=False)


@asynccontextmanager
async def in_slack(team: Team) -> AsyncIterator[Doors]:
    """Let the team work in Slack as long as the block lasts."""
    async with FakeSlack() as fake, working_in_slack(team, fake) as at_work:
        yield SlackDoors(at_work)


@asynccontextmanager
async def in_discord(team: Team) -> AsyncIterator[Doors]:
    """Let the team work in Discord as long as the block lasts."""
    async with FakeDiscord() as fake, working_in_discord(team, fake) as at_work:
        yield DiscordDoors(at_work)


DOORS = {"slack": in_slack, "discord": in_discord}
