"""What pieces of evidence are called in texts for people outside the team."""

from __future__ import annotations

import pytest

from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.texts.items import in_language
from tests.unit.texts.subjects import ALL_LANGUAGES

LINES = tuple(f"E-{place}: {kind.label} (ours)" for place, kind in enumerate(EvidenceKind, 1))


@pytest.mark.parametrize("language", sorted(set(ALL_LANGUAGES) - {"en"}))
def test_each_language_has_a_name_of_its_own_for_each_kind(language: str) -> None:
    told = in_language(LINES, language)
    labels = [line.partition(":")[0] for line in LINES]
    assert [line.partition(":")[0] for line in told] == labels
    assert all(line.endswith(" (ours)") for line in told)
    assert set(told).isdisjoint(LINES)
    assert len(set(told)) == len(LINES)


def test_a_language_that_is_not_known_keeps_the_labels() -> None:
    assert in_language(LINES, "xx") == LINES


def test_a_line_of_no_kind_stays_as_it_is() -> None:
    assert in_language(("E-1: a drawing", "words"), "de") == ("E-1: a drawing", "words")
