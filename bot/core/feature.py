"""What a feature brings: what can be typed and pressed, asked, kept, done later and drawn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

import msgspec

from bot.core.browse.table import BrowseTable
from bot.core.calendar_file import Due
from bot.core.cards import Card
from bot.core.charts import Chart
from bot.core.context import AppContext
from bot.core.events import Listener, Query, Responder
from bot.core.files import Hold, Upload
from bot.core.flows.flow import Flow
from bot.core.forms import Option
from bot.core.job_handlers import JobHandler
from bot.core.permissions import Person
from bot.core.redactable import Redactable
from bot.core.request import ClickSpec, CommandSpec
from bot.core.scheduler import Work
from bot.core.store import Collection, Migration, Transaction
from bot.errors import UserError

DUE = timedelta(seconds=20)
"""How often a feature looks whether anything of its own is due by the clock."""


class Ticking(Protocol):
    """Does what is due. Nothing about it is stored: it finds what is left to do after a restart."""

    async def tick(self, key: str = "", /) -> None:
        """Do all that is due, and let other work have its turn meanwhile."""
        ...


@dataclass(frozen=True)
class PeriodicTask:
    """Work that begins in every period, never twice at once."""

    work: Work
    make: Callable[[AppContext], Ticking]
    period: timedelta


class TodoItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that waits, in a line, and the button that leads to it."""

    says: str
    label: str
    command: str
    """What the button does: a command without its slash, or what the action below refers to."""
    action: str = "run"
    """The button's action, where it is not to run a command."""


T = TypeVar("T")
A = TypeVar("A")

TodoProvider = Callable[[AppContext, Transaction, Person], Awaitable[Sequence[TodoItem]]]
"""Tells what waits for the person who asks, and for the team."""

DueProvider = Callable[[AppContext, Transaction], Awaitable[Sequence[Due]]]
"""Tells what of the feature is due, and when, for the team's calendar."""

ChartBuilder = Callable[[AppContext, str], Awaitable[tuple[Card, tuple[Chart, ...]]]]
"""Returns what is told and drawn about a subject; the charts' numbers are added to the card's body.

The subject is empty where there is only one.
"""

Moved = Callable[[AppContext, str], Awaitable[None]]
"""Posts in the chat's new channel what goes on; a restart goes on where it was."""

Ingest = Callable[[AppContext, Hold, str, bytes], Awaitable[Upload]]
"""Looks at a file that a person hands in, and has held what is to be kept. Raises UserError."""

Suggest = Callable[[AppContext, str, str], Awaitable[list[Option]]]
"""Offers what may be meant by what is typed so far; None of its kinds: an empty list."""

JobHandlers = Callable[[AppContext], Mapping[str, JobHandler]]
"""Makes what does the feature's jobs, by their kind."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A feature's own list of what it brings. Nothing is listed anywhere else."""

    name: str
    collections: tuple[Collection[Any], ...] = ()
    migrations: tuple[Migration, ...] = ()
    commands: tuple[CommandSpec, ...] = ()
    buttons: tuple[ClickSpec, ...] = ()
    flows: tuple[Flow[Any, Any], ...] = ()
    jobs: JobHandlers | None = None
    periodic: tuple[PeriodicTask, ...] = ()
    charts: Mapping[str, ChartBuilder] = field(default_factory=dict)
    """What can be drawn for the channel, by name."""
    todo: tuple[TodoProvider, ...] = ()
    due: tuple[DueProvider, ...] = ()
    moved: Moved | None = None
    ingest: Ingest | None = None
    suggest: Suggest | None = None
    redactable: tuple[Redactable, ...] = ()
    """What of it has words of people that an admin can have removed."""
    on: tuple[Listener, ...] = ()
    """What it does when something happens in a feature before it."""
    answers: tuple[Responder, ...] = ()
    """What it tells the cards of features before it."""
    tables: tuple[BrowseTable, ...] = ()
    """Tables that people look through."""


class Features:
    """What all features bring together, in the order in which they stand."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Derive everything that the core looks up.

        Raises:
            ValueError: something of a kind, such as a command or a button, stands twice.
        """
        self.collections = tuple(each for feature in features for each in feature.collections)
        steps = [each for feature in features for each in feature.migrations]
        self.migrations = tuple(sorted(steps, key=lambda each: each.version))
        commands = [each for feature in features for each in feature.commands]
        self.commands = tuple(sorted(commands, key=lambda spec: spec.rank))
        buttons = [each for feature in features for each in feature.buttons]
        flows = [each for feature in features for each in feature.flows]
        charts = [each for feature in features for each in feature.charts.items()]
        self.buttons = _by_name("button", [(each.action, each) for each in buttons])
        self.flows = _by_name("flow", [(each.id, each) for each in flows])
        self.charts = _by_name("chart", charts)
        tables = [each for feature in features for each in feature.tables]
        self.tables = tuple(_by_name("table", [(each.name, each) for each in tables]).values())
        self.todo = tuple(each for feature in features for each in feature.todo)
        self.due = tuple(each for feature in features for each in feature.due)
        self._moved = tuple(each.moved for each in features if each.moved is not None)
        self._ingest = next((each.ingest for each in features if each.ingest is not None), None)
        self._suggest = next((each.suggest for each in features if each.suggest is not None), None)
        # The last first: an entry of a case is named by any two words that are no other's label.
        self.redactable = tuple(
            each for feature in reversed(features) for each in feature.redactable
        )
        self._listeners = tuple(each for feature in features for each in feature.on)
        answers = [each for feature in features for each in feature.answers]
        self._answers = _by_name("answer", [(each.query.__name__, each) for each in answers])
        self.periodic = tuple(each for feature in features for each in feature.periodic)
        self._jobs = tuple(feature.jobs for feature in features if feature.jobs is not None)
        _by_name("periodic task", [(each.work, each) for each in self.periodic])
        _by_name("command", [(each.name, each) for each in commands])
        _by_name("collection", [(each.name, each) for each in self.collections])

    async def tell(self, app: AppContext, tx: Transaction, event: object) -> None:
        """Let everybody hear of the event, in the order of the features."""
        for listener in self._listeners:
            if isinstance(event, listener.event):
                await listener.hear(app, tx, event)

    async def ask(self, app: AppContext, tx: Transaction, query: Query[A]) -> A | None:
        """Return the answer to the query; None where no feature knows one."""
        responder = self._answers.get(type(query).__name__)
        return cast("A | None", await responder.answer(app, tx, query) if responder else None)

    async def moved(self, app: AppContext, chat: str) -> None:
        """Post in the chat's new channel what goes on."""
        for post_again in self._moved:
            await post_again(app, chat)

    async def ingest(self, app: AppContext, hold: Hold, name: str, content: bytes) -> Upload:
        """Look at a file that a person hands in, and have held what is to be kept.

        Raises:
            UserError: it is not taken; the sentence has its name.
        """
        if self._ingest is None:
            message = f"{name}: files are not accepted here."
            raise UserError(message)
        return await self._ingest(app, hold, name, content)

    async def suggest(self, app: AppContext, kind: str, typed: str) -> list[Option]:
        """Offer what may be meant by what is typed so far."""
        return await self._suggest(app, kind, typed) if self._suggest is not None else []

    def jobs(self, app: AppContext) -> dict[str, JobHandler]:
        """Return what does the jobs, by their kind.

        Raises:
            ValueError: two features do jobs of one kind.
        """
        return _by_name("job", [each for jobs in self._jobs for each in jobs(app).items()])


def _by_name(kind: str, named: Sequence[tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for name, each in named:
        if name in found:
            message = f"Two features have a {kind} {name!r}."
            raise ValueError(message)
        found[name] = each
    return found
