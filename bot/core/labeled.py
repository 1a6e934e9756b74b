"""Choices of the field: each has a value in the code and a label for people."""

from __future__ import annotations

import enum
from typing import Self

from bot.core.choices import choose


class LabeledEnum(enum.StrEnum):
    """Members are written ``NAME = "value", "Label"``; stored and compared is the value."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value, with the label beside it; a look-up gives the value alone."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def typed(cls, text: str, kind: str) -> Self:
        """Return the member that a person typed, by value or label; ``kind`` is what it is called.

        Raises:
            UserError: several fit, or none.
        """
        return cls(choose(text, {each.value: each.label for each in cls}, kind))
