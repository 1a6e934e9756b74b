"""Collects the texts of reports that are data: labels, reasons, what a violation is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from types import SimpleNamespace
from typing import cast

from bot.core.labeled import LabeledEnum, Recommendation
from bot.core.languages import LANGUAGES
from bot.features.letters.rules.likeness import KNOWN
from bot.features.reports.flows.report_questions import TRIED
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import MATTERS, Grounds, Observation
from bot.features.reports.models.reports import (
    AMAZONS_WORDS,
    REASON,
    RejectionReason,
    Report,
    ReportState,
    answer_told,
    confirmed_told,
    discarded_told,
    text_changed,
)
from bot.features.reports.models.routes import TERRITORIES
from bot.features.reports.rules.lint_text import violations
from bot.features.reports.rules.routing import TABLE
from bot.features.reports.service.drafting import NEXT
from bot.features.reports.service.packets import OUR_SALES
from bot.features.reports.service.redacting import ALL, OLDER
from bot.features.reports.views.reports import QUESTIONS
from bot.features.rights.models import BrandRightKind
from tests.language.sentences import passed

LABELS: tuple[type[LabeledEnum], ...] = (
    BrandRightKind,
    Claim,
    Grounds,
    Observation,
    Recommendation,
    RejectionReason,
    ReportState,
)
"""Choices whose labels are said."""


def reports() -> Mapping[str, frozenset[str]]:
    """Return the texts of reports that ``tr_data`` says, by what they are."""
    return {
        "labels of reports": frozenset(each.label for kind in LABELS for each in kind),
        "matters": frozenset(label for label, _ in MATTERS.values()),
        "territories": frozenset(TERRITORIES.values()),
        "advice": frozenset(each.advice for each in RejectionReason),
        "reasons": frozenset(chain.from_iterable(row.route.reasons for row in TABLE)),
        "sources": frozenset(row.route.source.words for row in TABLE),
        "violations": frozenset(about for _, _, about in violations()),
        "facts": frozenset(
            (
                "Why",
                "And",
                "Source",
                "Next step",
                "Seal",
                "Before",
                "After",
                OUR_SALES,
                REASON,
                AMAZONS_WORDS,
            )
        ),
        "next steps": frozenset({*NEXT.values(), *QUESTIONS.values()}),
        "tried": frozenset(chain.from_iterable(TRIED.values())),
        "removals": frozenset((ALL, OLDER)),
        "languages": frozenset(LANGUAGES.values()),
        "rules of letters": frozenset(_rules_of_letters()),
        "what letters are like": frozenset(KNOWN.values()),
    }


def noted() -> Iterator[str]:
    """Return what a case's timeline tells of a report and is known by its beginning or end."""
    report = cast(Report, SimpleNamespace(label="{report}"))
    for told in (confirmed_told, discarded_told, text_changed):
        yield f"{{who}} {told(report)}"
    yield f"{answer_told(report)}{{state}} ({{who}})."


def _rules_of_letters() -> Iterator[str]:
    """Return the names of the rules that every letter keeps, and of those of a kind of letter."""
    for each in passed("Remark", "rule"):
        if each.place.startswith(("bot/core/", "bot/features/letters/")):
            yield each.text
