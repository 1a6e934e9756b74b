"""Answers that must not be kept: secrets, and what tells of a person."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.lint.greetings import greets_by_name
from bot.core.personal_data import personal_data
from bot.core.secrets import looks_secret


def private(answers: Mapping[str, object]) -> dict[str, str]:
    """Return, by input, what is to be taken out of its text."""
    looks = {
        name: looks_secret(text) or personal_data(text) or _name(text)
        for name, text in answers.items()
        if isinstance(text, str)
    }
    return {name: f"Take out {what}: it would be kept." for name, what in looks.items() if what}


def private_in(**texts: str) -> dict[str, str]:
    """Return, by input, what is to be taken out of its text."""
    return private(texts)


def _name(text: str) -> str:
    return "the name of whom you greet" if greets_by_name(text) else ""
