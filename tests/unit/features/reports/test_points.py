"""What a report's text says under its labels, as the dossier's first page repeats it."""

from __future__ import annotations

import pytest

from bot.core.languages import LANGUAGES
from bot.features.reports.models.claims import GOODS, ON_GOODS, Claim
from bot.features.reports.models.dossier import ReportPoint
from bot.features.reports.rules.points import points_in, untold
from bot.features.reports.texts.writing import matter_labels, report_text
from tests.unit.texts.subjects import full

LABELS = ("Changed", "Now", "How it was verified")
FILLED = "Filled in: by a person"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("claim", [each for each in Claim if each not in GOODS])
def test_what_a_person_fills_in_is_found_in_each_language(claim: Claim, language: str) -> None:
    subject = full(claim, purchases=())
    labels = matter_labels(subject, language)
    assert labels
    text = report_text(subject, language)
    for label in labels:
        line = next(each for each in text.splitlines() if each.startswith(label))
        text = text.replace(line, f"{line[: line.index('[')]}{FILLED}" if "[" in line else line)
    found = {point.label: point.words for point in points_in(text, labels)}
    assert tuple(found) == labels
    assert list(found.values()).count(FILLED) >= len(labels) - 1


def test_a_point_ends_with_the_next_one_or_an_empty_line() -> None:
    text = (
        "Changed: the title,\nthe brand\nNow: other\n  words\n\nHow it was verified : by eye\n\nBye"
    )
    assert tuple(points_in(text, LABELS)) == (
        ReportPoint("Changed", "the title, the brand"),
        ReportPoint("Now", "other words"),
        ReportPoint("How it was verified", "by eye"),
    )


@pytest.mark.parametrize("text", ["", "Now", "Nowhere: x", "Now: [what is shown]", "Now:\n\nx"])
def test_what_is_left_blank_or_has_no_label_is_no_point(text: str) -> None:
    assert tuple(points_in(text, LABELS)) == ()


def test_what_a_test_buy_says_is_not_said_twice() -> None:
    assert untold(Claim.USED_AS_NEW, LABELS, bought=True) == ()
    assert untold(Claim.TRADEMARK, LABELS, bought=True) == LABELS[:-1]
    for claim in ON_GOODS:
        assert untold(claim, LABELS, bought=False) == LABELS
