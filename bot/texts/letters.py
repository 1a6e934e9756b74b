"""Writing a report's text or a letter from what is known. Templates are in ``reports/``."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.reports.wording import Subject
from bot.ui.cards import SNIPPET
from bot.ui.text import clip, plain

FOLDER = Path(__file__).parent / "reports"
ENGLISH = "en"


def report_text(subject: Subject, language: str) -> str:
    """Return the draft of a report; what is not known is a blank in square brackets.

    Without a template in the language it is English.
    """
    return _write(subject.claim.value if subject.claim else "authorisation", subject, language)


def authorisation_letter(subject: Subject, language: str) -> str:
    """Return a letter that asks the seller for an authorisation or an invoice."""
    return _write("authorisation", subject, language)


def _write(name: str, subject: Subject, language: str) -> str:
    folder = language if (FOLDER / language / f"{name}.md").is_file() else ENGLISH
    text = _environment().get_template(f"{folder}/{name}.md").render(s=subject)
    tidy = re.sub(r"\n{3,}", "\n\n", text).strip()
    return clip(plain(tidy), SNIPPET)


@functools.cache
def _environment() -> Environment:
    # Nothing is escaped: the text is plain, and every chat escapes what it shows.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
