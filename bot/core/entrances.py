"""Entrances: what a command, a button or a form runs, and which role it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from bot.core.cards import Button
from bot.core.channel_bindings import greet
from bot.core.choices import SHOWN, nearest
from bot.core.feature import Features
from bot.core.flows.answering import resumed, returned, submitted
from bot.core.free_text import FreeTextDoor
from bot.core.interactions import AnyInteraction, Arrival, Click, Command, Quote, Submission
from bot.core.interface import together, tr
from bot.core.offered_commands import heads, meant
from bot.core.permissions import Permission
from bot.core.request import Run
from bot.core.text import bare, one_line
from bot.errors import UserError

SHOW = "run"
"""The action of a button that equals a typed command; its reference is the command."""

CONTINUE = "continue"
"""The action of a button that opens a form again where it stands; its reference is the session."""

BACK = "back"
"""The action of a button that opens the form before it; its reference is the session."""

ALIASES: Mapping[str, str] = {
    "status": "health",
    "add-to-case": "note",
    "authorise": "authorize",
}
"""Other names of commands: what people try, and what chats call them."""


@dataclass(frozen=True)
class Entrance:
    """What an interaction runs."""

    permission: Permission
    run: Run
    name: str = ""
    """What it is called in the audit record; a form is called by its flow."""
    text: str = ""
    quote: Quote | None = None
    typed: bool = False
    """The text is what a person wrote, or stands for it."""
    confirmed: str = ""


class Entrances:
    """Finds what an interaction runs."""

    def __init__(self, features: Features, door: FreeTextDoor) -> None:
        """Know what the features know; forms are sent through ``door``."""
        self.commands = features.commands
        self._by_name = {spec.name: spec for spec in self.commands}
        self._buttons = features.buttons
        self._heads = heads(self.commands)
        self._door = door

    def meant(self, typed: Command) -> Command:
        """Return the command that is typed below the one that has all of them, or by itself."""
        name, text = meant(_word(typed.name), typed.text, self._heads)
        return msgspec.structs.replace(typed, name=name, text=text)

    def needs(self, button: Button) -> Permission:
        """Return what a person needs to press a button; an unknown one says so when pressed."""
        if button.needs is not None:
            return button.needs
        if button.action == SHOW:
            name = button.ref.partition(" ")[0]
            command = self._by_name.get(ALIASES.get(name, name))
            return command.permission if command else Permission.READ
        spec = self._buttons.get(button.action)
        return spec.permission if spec else Permission.READ

    def called(self, interaction: AnyInteraction) -> str:
        """Return what the audit record calls it; whoever is refused may have typed anything."""
        try:
            return self.of(interaction).name
        except UserError:
            return "unknown"

    def of(self, interaction: AnyInteraction) -> Entrance:
        """Return what is to be run.

        Raises:
            UserError: it is not known; says what may be meant.
        """
        match interaction:
            case Arrival():
                return Entrance(Permission.READ, greet, "arrival")
            case Command(name=name, text=text, quote=quote, prefix=prefix):
                return self._command(name, text, quote, prefix)
            case Click(action=action, ref=ref) if action in (CONTINUE, BACK):
                again = partial(resumed, door=self._door) if action == CONTINUE else returned
                return Entrance(Permission.READ, again, action, ref)
            case Click(action=action, ref=ref) if action == SHOW:
                name, _, text = ref.partition(" ")
                return self._command(name, text)
            case Click(action=action, ref=ref):
                spec = self._buttons.get(action)
                if spec is None:
                    message = tr("This button is from an older version. Type /cases to continue.")
                    raise UserError(message)
                return Entrance(
                    spec.permission, spec.run, action, ref, confirmed=interaction.confirmed
                )
            case Submission():
                return Entrance(
                    Permission.READ, lambda ctx: submitted(ctx, interaction, self._door)
                )

    def _command(
        self, name: str, text: str, quote: Quote | None = None, prefix: str = "/"
    ) -> Entrance:
        """Find what is typed; what a case's buttons do can be typed too, with its number."""
        name = _word(name)
        name = ALIASES.get(name, name)
        spec = self._by_name.get(name) or self._buttons.get(name)
        if spec is None:
            raise UserError(self._unknown(name, prefix))
        return Entrance(spec.permission, spec.run, name, text, quote, typed=True)

    def _unknown(self, name: str, prefix: str) -> str:
        """Say what is not known, and which command may be meant; nothing runs by itself."""
        near = nearest(name, [*self._by_name, *ALIASES, *self._buttons])
        typed = f"{prefix}{one_line(name, SHOWN)}"
        return together(
            tr("Unknown command '{typed}'.", typed=typed),
            tr("Did you mean '{near}'?", near=f"{prefix}{near}") if near else "",
            "" if near == "help" else tr("Try '{command}'.", command=f"{prefix}help"),
        )


def _word(name: str) -> str:
    """Return a command's name without what people type around it."""
    return bare(name).rstrip(".:!?").lower().removeprefix("/")
