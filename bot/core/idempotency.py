"""Telling a delivery that comes twice, while the process runs; HANDLED does it across restarts."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 2000


class RecentDeliveries:
    """Remembers the latest names."""

    def __init__(self, most: int = REMEMBERED) -> None:
        """Forget the oldest when there are more than ``most``."""
        self._most = most
        self._known: OrderedDict[str, None] = OrderedDict()

    def first(self, name: str) -> bool:
        """Tell whether the name comes for the first time."""
        if name in self._known:
            return False
        self._known[name] = None
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return True
