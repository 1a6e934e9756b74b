"""Whether Amazon can be asked at all: one pause for all products, and one probe after it. Pure."""

from __future__ import annotations

from bot.errors import AccessRefused, LoginError, QuotaExceeded, SourceError, is_login_refused
from bot.features.watchlist.models.health import ACCOUNT

# A refused login is the account's; all other scopes are regions.
FIRST_PAUSE = 15.0
"""Seconds before the first probe; each one that fails doubles the pause."""
LONGEST_PAUSE = {ACCOUNT: 900.0}
LONGEST = 300.0
"""The same for a region, which mostly comes back without anybody's help."""
STRIKES = 3
"""Requests in a row that fail as a whole before a region counts as out."""


class SourceBreaker:
    """The state of one scope. Seconds are the caller's, of a clock that only grows."""

    def __init__(self, scope: str) -> None:
        """Begin with all well."""
        self.why = ""
        """What is wrong, for people; empty while all is well."""
        self._scope = scope
        self._strikes = 0
        self._pause = 0.0
        self._probe_at = 0.0
        self._probing = False

    @property
    def open(self) -> bool:
        """Tell whether nothing but probes may be sent."""
        return bool(self.why)

    def resume(self, why: str, now: float) -> None:
        """Take up what was wrong before a stop; the first probe is due at once."""
        self.why = why
        self._probe_at = now

    def may_probe(self, now: float) -> bool:
        """Tell whether a probe is due and none is under way."""
        return not self._probing and now >= self._probe_at

    def probe(self) -> None:
        """A probe is sent."""
        self._probing = True

    def wait(self, now: float) -> float:
        """Return the seconds until the next probe."""
        return max(0.0, self._probe_at - now)

    def failed(
        self, why: str, now: float, *, probe: bool, retry_after: float | None = None
    ) -> None:
        """A request failed as a whole; ``probe``: it was sent as one.

        ``retry_after`` are the seconds before which nothing would be sent anyway, where that is
        settled already.
        """
        if self.open and not probe:
            return  # It was sent before all stopped, and tells nothing new.
        self._probing = False
        self._strikes += 1
        if self.open or self._strikes >= (1 if self._scope == ACCOUNT else STRIKES):
            longest = LONGEST_PAUSE.get(self._scope, LONGEST)
            self._pause = min(max(2 * self._pause, FIRST_PAUSE), longest)
            self._probe_at = now + (self._pause if retry_after is None else retry_after)
            self.why = why

    def undecided(self) -> None:
        """A probe ended without a word about Amazon; another may follow."""
        self._probing = False

    def worked(self) -> None:
        """Amazon answered: all is well."""
        self.why = ""
        self._strikes = 0
        self._pause = 0.0
        self._probing = False


class Breakers:
    """All scopes of one account, as far as one kind of question is concerned."""

    def __init__(self, account: SourceBreaker | None = None) -> None:
        """Begin with all well.

        Kinds of questions share the breaker of the ``account``, and may share nothing else.
        """
        self._all: dict[str, SourceBreaker] = {ACCOUNT: account or SourceBreaker(ACCOUNT)}

    def of(self, scope: str) -> SourceBreaker:
        """Return the breaker of a scope."""
        return self._all.setdefault(scope, SourceBreaker(scope))

    def out(self, region: str) -> list[SourceBreaker]:
        """Return what keeps the region from being asked; nothing where all is well."""
        return [each for each in (self.of(ACCOUNT), self.of(region)) if each.open]

    def faults(self) -> dict[str, str]:
        """Return what is wrong, by scope."""
        return {scope: each.why for scope, each in self._all.items() if each.open}

    def worked(self, region: str) -> None:
        """Amazon answered there."""
        for scope in (ACCOUNT, region):
            self.of(scope).worked()

    def may_probe(self, region: str, now: float) -> bool:
        """Tell whether a probe may be sent there, where something is out."""
        return all(breaker.may_probe(now) for breaker in self.out(region))

    def probe(self, region: str) -> None:
        """A probe is sent there."""
        for breaker in self.out(region):
            breaker.probe()

    def undecided(self, region: str) -> None:
        """A probe there ended; if it told nothing about Amazon, another may follow."""
        for breaker in self.out(region):
            breaker.undecided()

    def failed(self, region: str, error: SourceError, now: float, *, probe: bool) -> bool:
        """A request failed as a whole. Return whether that is the fault of the whole scope."""
        account, there = self.of(ACCOUNT), self.of(region)
        if isinstance(error, AccessRefused | QuotaExceeded):
            account.worked()  # It was refused behind the login.
        if isinstance(error, LoginError) and is_login_refused(error):
            account.failed(str(error), now, probe=probe, retry_after=error.retry_after)
            if there.open:
                there.failed(there.why, now, probe=probe)
        else:
            there.failed(str(error), now, probe=probe)
            if account.open:
                account.failed(account.why, now, probe=probe)
        return account.open or there.open
