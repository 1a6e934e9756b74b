"""What all drafts share."""

from __future__ import annotations

from typing import Protocol


class LetterDraft(Protocol):
    """A draft of any letter."""

    @property
    def text(self) -> str:
        """What would be sent."""
        ...
