"""Two photos side by side, with numbered differences that are marked on both."""

from __future__ import annotations

import re

import msgspec

from bot.errors import UserError

COLUMNS = "ABCDEF"
ROWS = 6
WHOLE = 1000
"""A picture's width and its height, each in thousandths."""
DIFFERENCES_AT_MOST = 9
"""Differences of one comparison."""
_CELL = re.compile(rf"([{COLUMNS}])([1-{ROWS}])", re.ASCII)


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A place on a picture: thousandths of its width from the left and of its height from the top.

    It is of the copy for readers, upright, never of the original's turned pixels.
    """

    x: int
    y: int

    @classmethod
    def of_cell(cls, cell: str) -> Spot:
        """Return the middle of a cell of the grid, A1 (top left) to F6. Raises UserError."""
        match = _CELL.fullmatch(cell.strip().upper())
        if match is None:
            raise UserError("Enter a cell of the grid, such as A1 or F6.")
        column, row = COLUMNS.index(match[1]), int(match[2]) - 1
        half = WHOLE // 2
        return cls((column * WHOLE + half) // len(COLUMNS), (row * WHOLE + half) // ROWS)

    @property
    def cell(self) -> str:
        """The cell of the grid that it is in: ``C4``."""
        column = min(self.x * len(COLUMNS) // WHOLE, len(COLUMNS) - 1)
        return f"{COLUMNS[column]}{min(self.y * ROWS // WHOLE, ROWS - 1) + 1}"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between the seller's product and the genuine one; its number is its place."""

    words: str
    """What differs: ``Logo printed, not cast``."""
    received: Spot | None = None
    """Where it is on the photo of the seller's product."""
    genuine: Spot | None = None
    """Where it is on the photo of the genuine product."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The photos of a case that are shown side by side, and what differs between them."""

    case: str
    """The case's key."""
    received: int
    """The place among the case's evidence of the photo of the seller's product."""
    genuine: int
    """That of the photo of the genuine product."""
    differences: tuple[Difference, ...] = ()
