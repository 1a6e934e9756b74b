"""What a handler gets, and what a command is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.channels import ChannelBinding
from bot.core.context import AppContext
from bot.core.interactions import Place, Quote, Reply
from bot.core.mentions import Mention
from bot.core.monitoring import Checker
from bot.core.permissions import Permission, Person, Role
from bot.core.store import Transaction
from bot.core.text import words


@dataclass(frozen=True)
class RequestContext:
    """One interaction being handled. Everything it writes goes into ``tx``."""

    app: AppContext
    tx: Transaction
    checker: Checker
    who: Person
    role: Role
    where: Place
    binding: ChannelBinding
    """The team's room in the chat where it happens."""
    text: str = ""
    """What follows the command's name, or the reference of the pressed button."""
    confirmed: str = ""
    """The mark of what the person was asked first and said yes to; empty: nothing was asked."""
    quote: Quote | None = None
    named: Mention | None = None
    """Whom the chat found by the text, where that names a person to be called."""
    commands: tuple[CommandSpec, ...] = ()
    """All that can be typed, for help."""
    last: list[Callable[[], Awaitable[Sequence[Reply]]]] = field(default_factory=list)
    """What answers outside the transaction; see ``outside``."""

    def outside(self, answer: Callable[[], Awaitable[Sequence[Reply]]]) -> Sequence[Reply]:
        """Answer once the transaction is over, for what takes long: nothing may wait for it.

        What the handler read may have changed by then, and ``tx`` is closed.
        """
        self.last.append(answer)
        return ()

    @property
    def words(self) -> list[str]:
        """The text, word by word, without quotes and marks around them."""
        return words(self.text)


Run = Callable[[RequestContext], Awaitable[Sequence[Reply]]]


@dataclass(frozen=True)
class Param:
    """One thing that may follow a command, for chats that ask for each by its name."""

    name: str
    """Lower-case letters and hyphens."""
    summary: str
    required: bool = False
    suggest: str = ""
    """What kind of thing to offer while it is typed; see ``suggestions`` of the overview."""
    options: tuple[str, ...] = ()
    """All that it may be, where that is known."""
    word: str = ""
    """Stands before it in the command's text, so that it is known by more than its place."""


class HelpGroup(StrEnum):
    """Where a command stands in the list of all; in this order."""

    WATCH = "Watch products"
    CASES = "Work on cases"
    REPORTS = "Report to Amazon"
    TRUST = "Manage trusted sellers"
    ATTACKS = "Answer attacks"
    SECURITY = "Keep the account safe"
    SETUP = "Set up"
    MORE = "More"

    @property
    def head(self) -> str:
        """The word that stands before its commands where a chat has room for few on one level."""
        return _HEADS.get(self, "")


_HEADS = {
    HelpGroup.REPORTS: "report",
    HelpGroup.TRUST: "trust",
    HelpGroup.ATTACKS: "respond",
    HelpGroup.SECURITY: "protect",
}
"""What is typed most has none."""


@dataclass(frozen=True)
class CommandSpec:
    """Something that can be typed. ``params`` joined by spaces are its text."""

    name: str
    usage: str
    summary: str
    permission: Permission
    run: Run
    params: tuple[Param, ...] = ()
    group: HelpGroup = HelpGroup.MORE
    rank: int = 9
    """Where it stands in lists of all: the lowest first. What a newcomer needs has less than 9."""
    alone: bool = False
    """A chat offers it under its own name too, beside the one command that has all of them."""


@dataclass(frozen=True)
class ClickSpec:
    """Something that can be pressed on a case's card."""

    action: str
    permission: Permission
    run: Run
