"""How much room the disk has left, and how much is needed."""

from __future__ import annotations

import msgspec

MB, GB = 1_000_000, 1_000_000_000
ROOM = GB
"""So much should be free for evidence, packets and the log; on a small disk a quarter of it."""
FLOOR = 200 * MB
"""What is left at the end is for alerts: no files of people are taken any more."""
TIMES_DATA = 2
"""The log of the data is written anew beside the old one, and grows meanwhile."""
ENOUGH = 1.2
"""So many times what is needed ends a warning, so that it does not come and go."""


class Space(msgspec.Struct, frozen=True):
    """Bytes of the disk that holds the data."""

    free: int
    total: int
    data: int = 0
    """What the log of the data takes."""

    @property
    def needed(self) -> int:
        """How much should be free."""
        return max(min(ROOM, self.total // 4), TIMES_DATA * self.data)

    @property
    def low(self) -> bool:
        """Tell whether people should make room, long before it is full."""
        return self.free < self.needed

    @property
    def enough(self) -> bool:
        """Tell whether there is room again after it was low."""
        return self.free >= ENOUGH * self.needed

    @property
    def at_floor(self) -> bool:
        """Tell whether only alerts may take what is left, and the log once beside itself."""
        return self.free < max(min(FLOOR, self.total // 20), self.data)


def sized(count: int) -> str:
    """Return a number of bytes for people: ``1.4 GB``, ``120 MB``."""
    return f"{count / GB:.1f} GB" if count >= GB else f"{count // MB} MB"
