"""How far a person came in a flow: it survives restarts, and anyone may resume it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from bot.core.forms import Answers


class FlowSession(msgspec.Struct, frozen=True, kw_only=True):
    """How far somebody came in a flow."""

    id: str
    flow: str = msgspec.field(name="wizard")
    version: int
    started_at: datetime
    started_by: str
    subject: str = ""
    """What it is about, for example a case's key."""
    facts: dict[str, Any] = {}
    """What was known at the start, by the names of the form's fields, and is not asked first."""
    step: str = ""
    path: tuple[str, ...] = ()
    """The steps answered so far, in order."""
    answers: dict[str, Answers] = {}
    """Answers by step; a step that was left by going back keeps its answers as a draft."""
    errors: dict[str, str] = {}
    """What was wrong with the answers to the present step when they were last sent."""

    @property
    def key(self) -> str:
        """The session's name in the store."""
        return self.id

    @property
    def given(self) -> dict[str, object]:
        """Return the facts, and the answers of all steps on the path."""
        merged: dict[str, object] = {"subject": self.subject, **self.facts}
        for step in self.path:
            merged.update(self.answers.get(step, {}))
        return merged
