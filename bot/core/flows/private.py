"""Answers that must not be kept: secrets, and what tells of a person."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.interface import tr, tr_data
from bot.core.lint.greetings import greets_by_name
from bot.core.personal_data import personal_data
from bot.core.secrets import looks_secret

PART = 10
"""Characters; fewer are words that anybody uses."""


def private(answers: Mapping[str, object]) -> dict[str, str]:
    """Return, by input, what is to be taken out of its text."""
    looks = {
        name: tr_data(looks_secret(text)) or personal_data(text) or _name(text)
        for name, text in answers.items()
        if isinstance(text, str)
    }
    return {
        name: tr("Remove {what}. It would be stored.", what=what)
        for name, what in looks.items()
        if what
    }


def private_in(**texts: str) -> dict[str, str]:
    """Return, by input, what is to be taken out of its text."""
    return private(texts)


def says_again(error: str, answer: object) -> bool:
    """Tell whether what is said to be wrong with an answer has a part of it."""
    return isinstance(answer, str) and any(
        error[start : start + PART] in answer for start in range(len(error) - PART + 1)
    )


def _name(text: str) -> str:
    return tr("the name in your greeting") if greets_by_name(text) else ""
