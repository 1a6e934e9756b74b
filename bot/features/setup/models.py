"""What is known of the first run, as far as nothing else that is kept says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.permissions import Person

FIRST = "first run"
"""The name of the one document."""
LASTS = timedelta(days=1)
"""A test alert that was not deleted goes by itself after that."""

Done = tuple[bool, bool, bool, bool]
"""Which of the four steps are done: connect, choose products, invite the team, try an alert."""


class LoginCheck(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of asking Amazon where the account sells."""

    marketplaces: tuple[str, ...] = ()
    """By their codes; none: Amazon did not tell."""
    why: str = ""
    """Why the login gives no access, in a sentence; empty: Amazon accepted it."""


class FirstRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far the team is, and the message that shows it."""

    name: str = FIRST
    message: str
    """The name of the message that shows the steps."""
    chats: tuple[str, ...] = ()
    """The chats that have the message; none named: all."""
    login: LoginCheck | None = None
    """None: Amazon was not asked yet."""
    alone: bool = False
    """An admin said that the team works on the local page, without another chat."""
    tried: bool = False
    """A test alert was sent."""
    shown: Done = (False, False, False, False)
    """What the message shows as done."""
    over: bool = False
    """All is done, or an admin hid it: the message changes no more."""

    @property
    def only(self) -> tuple[str, ...] | None:
        """The chats that have the message; None: all."""
        return self.chats or None


class TrialAlert(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert that a person sent to see whether alerts arrive. It is no case."""

    id: str
    sent_at: datetime
    sent_by: Person
    seen_at: datetime | None = None
    seen_by: Person | None = None
    """Who acknowledged it."""
    open: bool = True
    """It is shown; a deleted one is not kept."""

    @property
    def message(self) -> str:
        """The name of its message."""
        return f"test-alert-{self.id}"
