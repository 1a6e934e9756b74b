"""Places on pictures: where something is, told by a click, or by a cell of a grid over the picture.

The grid has six columns, A to F, and six rows, 1 to 6, so that a cell can be typed on any phone.
"""

from __future__ import annotations

import re

import msgspec

from bot.core.events import Query
from bot.core.interface import tr
from bot.errors import UserError

COLUMNS = "ABCDEF"
ROWS = 6
WHOLE = 1000
"""A picture's width and its height, each in thousandths."""
WRITTEN = 9
"""Characters of a spot as a form gives it: ``1000,1000``."""
_CELL = re.compile(rf"([{COLUMNS}])([1-{ROWS}])", re.ASCII)
_POINT = re.compile(r"([0-9]{1,4}),([0-9]{1,4})", re.ASCII)


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
            raise UserError(_wrong())
        column, row = COLUMNS.index(match[1]), int(match[2]) - 1
        half = WHOLE // 2
        return cls((column * WHOLE + half) // len(COLUMNS), (row * WHOLE + half) // ROWS)

    @classmethod
    def read(cls, text: str) -> Spot:
        """Return the spot that a form gives: ``x,y``, or a cell of the grid. Raises UserError."""
        point = _POINT.fullmatch(text.strip())
        if point is None:
            return cls.of_cell(text)
        x, y = int(point[1]), int(point[2])
        if max(x, y) > WHOLE:
            raise UserError(_wrong())
        return cls(x, y)

    @property
    def written(self) -> str:
        """The spot as a form gives it: ``583,416``."""
        return f"{self.x},{self.y}"

    @property
    def cell(self) -> str:
        """The cell of the grid that it is in: ``C4``."""
        column = min(self.x * len(COLUMNS) // WHOLE, len(COLUMNS) - 1)
        return f"{COLUMNS[column]}{min(self.y * ROWS // WHOLE, ROWS - 1) + 1}"


def _wrong() -> str:
    return tr("Enter a cell of the grid, such as A1 or F6.")


def cell_of(text: str) -> str:
    """Return the cell of a spot that a form gave; what is no spot stays as it is."""
    try:
        return Spot.read(text).cell
    except UserError:
        return text


class PictureWanted(Query[str], frozen=True):
    """A form shows the picture of that name: which bytes are these, by their SHA-256?"""

    name: str
