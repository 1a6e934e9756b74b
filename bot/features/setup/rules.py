"""Which of the four steps are done, and which one is next."""

from __future__ import annotations

import msgspec

from bot.features.setup.models import Done, LoginCheck

CONNECT, CHOOSE, INVITE, TRY = range(4)
"""The steps, by their places."""


class SetupFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the steps are derived from."""

    simulated: bool = False
    account: bool = True
    """There is a selling account that can be asked; a file of snapshots has none."""
    sellers: bool = True
    """Our own seller IDs are set."""
    login: LoginCheck | None = None
    refused: bool = False
    """Amazon refuses the login now, whatever it said before."""
    watching: bool = False
    channels: tuple[str, ...] = ()
    """The channels of other chats to which alerts go, by their names."""
    alone: bool = False
    tried: bool = False

    @property
    def connected(self) -> bool:
        """Tell whether products can be asked about, and our own offers are known."""
        if not self.account:
            return True
        accepted = self.login is not None and not self.login.why
        return self.sellers and accepted and not self.refused


def done_of(facts: SetupFacts) -> Done:
    """Return which steps are done."""
    team = bool(facts.channels) or facts.alone
    return facts.connected, facts.watching, team, facts.tried


def next_of(done: Done) -> int | None:
    """Return the place of the next step; None where all are done."""
    return next((place for place, is_done in enumerate(done) if not is_done), None)
