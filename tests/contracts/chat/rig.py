"""What the suite needs of a chat: what people do there, and what they read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.chat import Chat, MessageRef
from bot.core.collections import POSTED, PostedMessage
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.permissions import Role
from tests.unit.conftest import OWN, THIEF, Team, offer

File = tuple[str, str, bytes]
"""Name, media type, content."""

Answer = str | Sequence[File]

NAMES = {Role.ADMIN: "Ana", Role.MEMBER: "Ben", Role.VIEWER: "Vik", Role.NOBODY: "Eve"}


@dataclass(frozen=True)
class Shown:
    """A message as a person reads it; ``colour`` is whatever tells its tone at a glance."""

    text: str
    colour: str = ""
    buttons: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    """What those are told who do not see the pictures, by the file's name."""


@dataclass(frozen=True)
class ShownForm:
    """A form that is open; ``errors`` are what stands beside inputs, by their labels."""

    text: str
    errors: Mapping[str, str] = field(default_factory=dict)


class Rig(ABC):
    """A team at work in one chat, over its real SDK and real sockets."""

    name: str
    channel: str
    nowhere: str
    """The id of a message that is not there."""
    workspaces = True
    """Others than the team can have the bot there, too, in a workspace of their own."""
    strangers = True
    """People can reach the bot who do not belong to the team."""

    def __init__(self, team: Team, chat: Chat, dispatcher: OutboxDispatcher) -> None:
        self.team = team
        self.chat = chat
        self.dispatcher = dispatcher
        self.expected: set[str] = set()
        self.typing_in = ""
        """The channel in which is typed from now on; empty: the one for alerts."""
        self.role = Role.ADMIN
        """Who acts now: Ana the admin, Ben the member, Vik the viewer or Eve, who is no one."""

    def expects_a_call_of(self, role: Role) -> None:
        """Let this person be called, which nobody else may be."""
        self.expected.add(self.answer_of(role))

    def uncalled_for(self, calls: Sequence[str]) -> list[str]:
        """Return the calls of those who should not be called."""
        return [each for each in calls if not any(id in each for id in self.expected)]

    async def become(self, role: Role) -> None:
        """Let another person of the team act from now on."""
        self.role = role

    @abstractmethod
    async def types(self, command: str) -> None:
        """Type a command and its text."""

    @abstractmethod
    async def presses(self, label: str, on: MessageRef | None = None) -> None:
        """Press a button of a message in the channel, or of the last one that only she sees.

        What is in the message's menu is pressed by its label, too.
        """

    @abstractmethod
    async def presses_twice(self, label: str, on: MessageRef) -> None:
        """Press a button, and let the chat deliver the press twice."""

    @abstractmethod
    async def fills_in(self, answers: Mapping[str, Answer]) -> None:
        """Answer inputs of the open form, by their labels."""

    @abstractmethod
    async def hands_in(self) -> None:
        """Send the form, and go on to the form that follows if there is one."""

    @abstractmethod
    async def gives_up(self) -> None:
        """Close the open form without sending it."""

    @property
    @abstractmethod
    def form(self) -> ShownForm | None:
        """The form that is open."""

    @property
    @abstractmethod
    def private(self) -> list[Shown]:
        """What only the person who acts sees, the latest last."""

    @abstractmethod
    async def messages(self) -> list[Shown]:
        """Read the channel."""

    @abstractmethod
    async def replies(self, head: MessageRef) -> list[Shown]:
        """Read a thread, without the message that heads it."""

    @abstractmethod
    def loses_an_answer(self) -> None:
        """Let the next post take effect, and its answer get lost."""

    @abstractmethod
    def refuses_once(self) -> None:
        """Let the next post be refused."""

    @abstractmethod
    def broken_rules(self) -> list[str]:
        """Return the platform's rules that were broken, and everybody who was called."""

    def adds_channel(self) -> str:
        """Make a second channel of the team's, with the bot in it; empty: the chat has one only."""
        return ""

    def loses_channel(self, channel: str) -> None:
        """Let nobody post in that channel, one of ``adds_channel``, any more."""
        raise AssertionError(channel)

    async def looks_at(self, alert: MessageRef) -> bool:
        """Put the sign for 'I look at it' on an alert; tell whether the chat has such signs."""
        return False

    @abstractmethod
    def answer_of(self, role: Role) -> str:
        """Return what is chosen in a form to name this person."""

    @abstractmethod
    def called(self) -> list[str]:
        """Return everybody who was really called, in the chat's own words."""

    @abstractmethod
    def calls(self, role: Role) -> str:
        """Return what calls this person, as ``called`` has it."""

    @abstractmethod
    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until it holds."""

    async def sends(self) -> None:
        """Send what waits, and what had to wait for another try."""
        self.team.clock.advance(minutes=6)
        await self.dispatcher.deliver()

    async def moves_in(self) -> None:
        """Let alerts come to the channel: there is a first command."""
        await self.types("watches")
        await self.sends()

    async def is_attacked(self) -> None:
        """Let a stranger sell the product, and try once to tell the team."""
        await self.team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
        await self.sends()

    async def alert(self) -> MessageRef:
        """Let a stranger sell the product, and return the alert."""
        await self.moves_in()
        await self.is_attacked()
        return await self.head()

    async def head(self) -> MessageRef:
        """Return the message of the first case."""
        posted = await self.team.app.store.get(POSTED, PostedMessage.key_of(self.name, "C-1"))
        assert posted is not None
        return posted.ref

    async def alerts(self) -> list[Shown]:
        """Read the alerts in the channel."""
        return [each for each in await self.messages() if "Add a note" in each.buttons]
