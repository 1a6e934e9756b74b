"""Routes: which alerts go to another channel than the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from bot.core.findings import Severity

ROUTE = "route"
"""The setting's name."""
HERE, REMOVE = "here", "remove"
"""What may follow it: the channel in which it is typed, and the route that ends."""
MOST_ROUTES = 10


class AlertRoute(msgspec.Struct, frozen=True, kw_only=True):
    """Alerts that match all of its conditions go to a channel; a condition may be left open."""

    chat: str
    channel: str
    """The chat's own id of the channel."""
    name: str = ""
    """What people call the channel."""
    severity: Severity | None = None
    """Alerts of at least this severity; None: of any."""
    marketplace: str = ""
    """The code of the marketplace, for example ``DE``; empty: any."""

    @property
    def shown(self) -> str:
        """The channel as people write it."""
        return f"#{self.name or self.channel}"

    @property
    def conditions(self) -> tuple[str, Severity | None, str]:
        """The chat and what has to hold there; two routes of a team never have the same."""
        return self.chat, self.severity, self.marketplace

    def takes(self, severity: Severity, marketplace: str) -> bool:
        """Tell whether an alert goes there."""
        bad_enough = self.severity is None or severity >= self.severity
        return bad_enough and self.marketplace in ("", marketplace)


def ends_here(command: str, text: str) -> bool:
    """Tell whether a command sends alerts to the channel in which it is typed; it is checked."""
    first, *rest = text.lower().split() or [""]
    return command.lower() == "settings" and first in ("channel", ROUTE) and rest[-1:] == [HERE]


def channels_for(
    routes: Iterable[AlertRoute], severity: Severity, marketplace: str
) -> Mapping[str, str]:
    """Return the channel by chat: the first match counts. A chat without one is left out."""
    found: dict[str, str] = {}
    for route in routes:
        if route.takes(severity, marketplace):
            found.setdefault(route.chat, route.channel)
    return found
