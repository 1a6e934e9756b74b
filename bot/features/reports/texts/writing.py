"""Writing a report's text or a letter from what is known. Templates are in ``templates/``.

A claim's template is a few lines in a language's folder. ``_words.md`` beside it holds what all
claims of that language share, and the files above the folders what all languages share: so the
same facts stand in every text.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec

from bot.core.cards import SNIPPET
from bot.core.templates import LONGEST, environment, harmless, tidy, written_in
from bot.core.text import clip
from bot.features.evidence.texts.items import in_language
from bot.features.reports.rules.wording import Subject

FOLDER = Path(__file__).parent / "templates"
LETTER = "authorisation"


class TextLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what is known a text tells: lists by their number, words by characters."""

    titled: int
    """Products that are told with their titles; of the others the ASIN alone."""
    title: int
    products: int = 25
    """As many as one report can be about."""
    purchases: int
    words: int
    """Of what was observed, or how it was verified."""
    items: int
    item: int


LIMITS = (
    TextLimits(titled=25, title=100, purchases=4, words=LONGEST, items=15, item=120),
    TextLimits(titled=12, title=60, purchases=4, words=LONGEST, items=10, item=80),
    TextLimits(titled=3, title=60, purchases=3, words=500, items=8, item=60),
    TextLimits(titled=3, title=50, purchases=2, words=300, items=5, item=60),
    TextLimits(titled=3, title=50, purchases=2, words=150, items=5, item=60),
)
"""The first whose text fits is taken; the last one's always does. What was observed is cut last."""


def report_text(subject: Subject, language: str) -> str:
    """Return the draft of a report; what is not known is a blank in square brackets.

    Without a template in the language it is English.
    """
    return _write(subject.claim.value if subject.claim else LETTER, subject, language)


def authorisation_letter(subject: Subject, language: str) -> str:
    """Return a letter that asks the seller for an authorisation or an invoice."""
    return _write(LETTER, subject, language)


def _write(name: str, subject: Subject, language: str) -> str:
    folder, templates = written_in(FOLDER, name, language), environment(FOLDER)
    words = templates.get_template(f"{folder}/_words.md").module
    template = templates.get_template(f"{folder}/{name}.md")
    known = msgspec.structs.replace(subject, evidence=in_language(subject.evidence, folder))
    facts = harmless(msgspec.to_builtins(known, builtin_types=(datetime, date)))
    rests_on = subject.claim.right if subject.claim else None
    text = ""
    for room in LIMITS:
        text = tidy(template.render(s=facts, w=words, room=room, rests_on=rests_on))
        if len(text) <= SNIPPET:
            break
    return clip(text, SNIPPET)
