"""Templates of texts: Jinja without escaping, and what is known made harmless before it gets in."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.text import at_word, one_line

ENGLISH = "en"
LONGEST = 1000
"""Characters that are taken of any one thing that is known."""


def written_in(folder: Path, name: str, language: str) -> str:
    """Return the language in which there is such a template: English where there is no other."""
    return language if (folder / language / f"{name}.md").is_file() else ENGLISH


def tidy(text: str) -> str:
    """Return the text without blanks at ends of lines, and with one empty line at most."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def harmless(value: object) -> object:
    """Return what is known with every text on one line, and nothing in it that looks like a blank.

    Whoever names a product or a seller could otherwise write a line of the report, or a blank.
    """
    if isinstance(value, dict):
        return {key: harmless(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [harmless(each) for each in value]
    if isinstance(value, str):
        return _UNDERSCORES.sub("___", one_line(value, LONGEST).translate(_ROUND))
    return value


_ROUND = str.maketrans("[]{}", "()()")
_UNDERSCORES = re.compile(r"_{4,}")


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


@functools.cache
def environment(folder: Path) -> Environment:
    """Return what renders the templates of a folder."""
    # Nothing is escaped: the text is plain, and every chat escapes what it shows.
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters.update(brief=at_word, utc=_utc)
    return environment
