"""How commands are written in the chat where a text is read.

All texts name a command as ``/watches``, and are written once for all chats. Where a chat knows it
by another name, it is put in the place of that when the text is shown there: what is stored, and
what other chats show, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec

from bot.core.cards import Card
from bot.core.forms import HINT
from bot.core.interactions import Ask, Notice, Post, Reply, Update
from bot.errors import BudgetError

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True)
class CommandSpelling:
    """What people type in one chat."""

    written: Mapping[str, str]
    """By the command's name: ``/brand watches``. Those that are missing are written ``/name``."""

    @cached_property
    def _found(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, sorted(self.written, key=len, reverse=True)))
        # Only ASCII letters are part of a name: Chinese has no blank before a command.
        return re.compile(rf"(?<![A-Za-z0-9_/.:@-])/({names})(?![A-Za-z0-9_/-]|\.\w)")

    def text(self, text: str) -> str:
        """Return the text with its commands as they are typed here."""
        if not self.written or "/" not in text:
            return text
        return self._found.sub(lambda found: self.written[found[1]], text)

    def card(self, card: Card) -> Card:
        """Return the card as it is read here; what is to be copied stays as it is.

        Where the longer words find no room the card stays as it is: what it says is more than how.
        """
        changes: dict[str, object] = {
            name: said
            for name in ("title", "body", "footer")
            if (said := self.text(old := getattr(card, name))) != old
        }
        fields = tuple(
            msgspec.structs.replace(each, value=self.text(each.value)) for each in card.fields
        )
        if fields != card.fields:
            changes["fields"] = fields
        return _fitting(card, changes)

    def reply(self, reply: Reply) -> Reply:
        """Return the reply as it is read here."""
        match reply:
            case Notice(text=text):
                return _fitting(reply, {"text": self.text(text)})
            case Post(card=card) | Update(card=card):
                return _fitting(reply, {"card": self.card(card)})
            case Ask():
                return self._ask(reply)

    def _ask(self, ask: Ask) -> Ask:
        form = ask.form
        inputs = tuple(
            msgspec.structs.replace(each, hint=hint)
            if each.hint != (hint := self.text(each.hint)) and len(hint) <= HINT
            else each
            for each in form.inputs
        )
        errors = {name: self.text(text) for name, text in ask.errors.items()}
        form = _fitting(form, {"intro": self.text(form.intro), "inputs": inputs})
        return _fitting(ask, {"form": form, "errors": errors})


def _fitting(part: T, changes: Mapping[str, object]) -> T:
    """Return the part with what changes in it, or as it is where that finds no room."""
    try:
        return msgspec.structs.replace(part, **changes) if changes else part
    except BudgetError:
        return part


AS_WRITTEN = CommandSpelling({})
"""Every command is ``/name``."""
