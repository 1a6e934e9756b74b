"""Lists in short pages: watches, sellers, cases."""

from __future__ import annotations

import msgspec

from bot.core.cards import Button
from bot.core.interface import tr

PAGE = 8
"""Entries on a page: what a phone shows without much scrolling."""


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """Which page of how many things; ``command`` shows another page when its number follows."""

    number: int
    total: int
    command: str

    @classmethod
    def of(cls, asked: int, total: int, command: str) -> ListPage:
        """Return the page that was asked for, or the last one there is."""
        last = max(1, -(-total // PAGE))
        return cls(number=min(asked, last), total=total, command=command)

    @property
    def start(self) -> int:
        """How many things come before this page."""
        return PAGE * (self.number - 1)

    @property
    def end(self) -> int:
        """How many things there are with this page."""
        return PAGE * self.number

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Buttons to the neighbouring pages."""
        around = ((tr("Back"), self.number - 1), (tr("Next"), self.number + 1))
        return tuple(
            Button(label=label, action="run", ref=f"{self.command} {number}")
            for label, number in around
            if 1 <= number <= self.pages
        )

    @property
    def footer(self) -> str:
        """Say where one is, when there is more than one page."""
        if self.pages == 1:
            return ""
        return tr("Page {number} of {pages}", number=self.number, pages=self.pages)


def counted(number: int, noun: str) -> str:
    """Say how many: ``1 case``, ``2 cases``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
