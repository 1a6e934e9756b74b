"""Commands that are imported when they are run, or when their own help is shown."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.cli.output import examples


class LazyCommand(TyperCommand):
    """Stands in the list for a command whose module is not imported yet."""

    def __init__(self, name: str, target: str, help_: str, *lines: str) -> None:
        """Stand for ``target``, ``module:function`` or ``module:app``.

        ``help_`` is the first sentence of its own help, ``lines`` are examples of a function's use.
        """
        super().__init__(name, help=help_)
        self.target = target
        self._lines = lines

    def load(self) -> TyperCommand | TyperGroup:
        """Import the command."""
        module, _, attribute = self.target.partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(self.name, epilog=examples(*self._lines))(found)
            found = alone
        return cast(TyperCommand | TyperGroup, get_command(found))

    # typer does not publish the type of a context.
    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Begin the command itself: what follows no longer knows that it came late."""
        return self.load().make_context(info_name, args, parent, **extra)


class LazyGroup(TyperGroup):
    """Lists commands by what it knows of them; running one imports it alone."""

    lazy: Sequence[LazyCommand] = ()

    def __init__(self, **attributes: Any) -> None:
        """Add the commands of the class."""
        super().__init__(**attributes)
        for command in self.lazy:
            self.add_command(command)
