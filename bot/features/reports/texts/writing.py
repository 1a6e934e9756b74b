"""Writing a report's text or a letter from what is known.

``reports.<language>.toml`` has a few lines for each claim, and the words that all claims of the
language share; ``reports.toml`` what all languages share: so the same facts stand in every text.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec

from bot.core.cards import SNIPPET
from bot.core.templates import LONGEST, TextCatalogs, harmless
from bot.core.text import clip
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.texts.items import enclosed, kind_name
from bot.features.reports.models.claims import Claim
from bot.features.reports.rules.wording import Subject

LETTER = "authorisation"
EARLIER = "earlier"
REPORTS = TextCatalogs(Path(__file__).parent, "reports", (*Claim, LETTER, EARLIER))


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
    TextLimits(titled=3, title=60, purchases=3, words=500, items=6, item=80),
    TextLimits(titled=3, title=50, purchases=2, words=500, items=4, item=70),
    TextLimits(titled=3, title=50, purchases=2, words=250, items=4, item=70),
    TextLimits(titled=2, title=50, purchases=2, words=150, items=3, item=70),
    TextLimits(titled=0, title=0, purchases=1, words=150, items=3, item=70),
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


def evidence_name(kind: EvidenceKind, language: str) -> str:
    """Return what a kind of evidence is called in the reports of the language."""
    return kind_name(kind, REPORTS.written_in(language))


def claim_and_request(subject: Subject, language: str) -> tuple[str, str]:
    """Return what the report of a claim says first, and what it asks for at its end."""
    name, facts = subject.claim.value if subject.claim else LETTER, _facts(subject, language)
    claim, request = (
        REPORTS.render(name, language, **facts, room=LIMITS[0], part=part)
        for part in ("claim", "request")
    )
    return claim, request


def matter_labels(subject: Subject, language: str) -> tuple[str, ...]:
    """Return what the report of a claim calls the points that a person fills in, in their order."""
    if subject.claim is None:
        return ()
    unbought = msgspec.structs.replace(subject, purchases=())
    facts = _facts(unbought, language)
    draft = REPORTS.render(subject.claim.value, language, **facts, room=LIMITS[0], part="matter")
    colon = str(REPORTS.words(language)["colon"]).strip()
    lines = (line.partition(colon) for line in draft.splitlines())
    return tuple(label.strip() for label, found, _ in lines if found)


def earlier_complaint(complaint: str, language: str) -> str:
    """Return the sentence that quotes an earlier report of the same violation."""
    return REPORTS.render(EARLIER, language, complaint=harmless(complaint))


def _write(name: str, subject: Subject, language: str) -> str:
    facts = _facts(subject, language)
    text = ""
    for room in LIMITS:
        text = REPORTS.render(name, language, **facts, room=room, part="")
        if len(text) <= SNIPPET:
            break
    return clip(text, SNIPPET)


def _facts(subject: Subject, language: str) -> dict[str, object]:
    """Return what a text is written from, by the names that the catalogs use."""
    known = msgspec.structs.replace(subject, evidence=())
    facts = msgspec.to_builtins(known, builtin_types=(datetime, date))
    colon = REPORTS.words(language)["colon"]
    facts["evidence"] = enclosed(subject.evidence, REPORTS.written_in(language), colon)
    rests_on = subject.claim.right if subject.claim else None
    return {"s": harmless(facts), "rests_on": rests_on}
