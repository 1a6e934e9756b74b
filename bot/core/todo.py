"""What waits, as a feature tells of it."""

from __future__ import annotations

import msgspec


class TodoItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that waits, in a line, and the button that leads to it."""

    says: str
    label: str
    command: str
