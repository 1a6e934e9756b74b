"""The lint in Chinese: each of its remarks is said, and no English is left in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec

from bot.core.interface import InterfaceLanguage, speak
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LastObservation, LintInput
from bot.features.reports.rules.lint import lint
from tests.cases import for_each
from tests.unit.features.reports.dockets import (
    CLEAN_TEXT,
    MARK,
    NOW,
    TEXT,
    changed,
    in_force,
    with_text,
)
from tests.unit.features.reports.test_lint import CATCHES, policy_with, with_text_of

CATALOG = Path(__file__).parents[4] / "bot/features/reports/lint.zh.toml"
REMARKS: dict[str, str] = msgspec.toml.decode(CATALOG.read_bytes())["phrases"]
SAMPLES: tuple[LintInput, ...] = (
    *(lint_input for _, lint_input, _, _ in CATCHES),
    changed(last_observation=LastObservation(there=False, seen_at=NOW)),
    changed(right=msgspec.structs.replace(MARK, expires=date(2020, 1, 1))),
    changed(right=msgspec.structs.replace(MARK, country="WO")),
    changed(right=msgspec.structs.replace(MARK, country="WO", countries=("DE", "FR"))),
    with_text(TEXT + " The customer is a nurse and lives alone."),
    with_text(TEXT + " Second violation: it has no label."),
    policy_with(" They infringe our trademark."),
    policy_with(" They infringe our registered design."),
    msgspec.structs.replace(
        with_text(CLEAN_TEXT + " It is a used item sold as new.", claim=Claim.PATENT),
        right=in_force(Claim.PATENT),
    ),
    policy_with(" There are fake reviews."),
    policy_with(" The serial number was removed."),
    with_text_of(Claim.DUPLICATE, CLEAN_TEXT + " Parts are missing."),
)
_GIVEN = (
    r"「[^」]+」|\[[^\]]+\]",  # what the text says
    r"/\w+( (add|SELLER))?",
    r"\b[A-Z0-9]{10,14}\b|\bR-\d+|\d+-\d+-\d+|\b\d{7}\b",
    r"\d+:\d+ UTC|\b(US|DE|FR|WO)\b|ALDER",
    r"jan\.\.\.|12 Elm Street",
)
"""What a remark repeats: words of a draft, commands, IDs, times, codes, names."""


def said(lint_input: LintInput, language: InterfaceLanguage) -> list[str]:
    """Return the remarks on a report, as they are said in the language."""
    with speak(language):
        return [objection.says for objection in lint(lint_input)]


@for_each("lint_input", SAMPLES)
def test_a_remark_has_no_english_left(lint_input: LintInput) -> None:
    remarks = said(lint_input, InterfaceLanguage.CHINESE)
    assert remarks
    left = [re.sub("|".join(_GIVEN), "", each) for each in remarks]
    assert not [each for each in left if re.search("[A-Za-z]", each)]
    assert all(each.endswith("。") or "[" in each for each in remarks)


@cache
def english_remarks() -> tuple[str, ...]:
    """Return what is said of all samples in English."""
    return tuple(each for one in SAMPLES for each in said(one, InterfaceLanguage.ENGLISH))


@for_each("english", REMARKS)
def test_each_remark_is_said_of_a_sample(english: str) -> None:
    written = re.sub(r"\\\{\w+\\\}", ".+", re.escape(english))
    assert any(re.search(written, each) for each in english_remarks())


def test_a_language_changes_no_verdict() -> None:
    for sample in SAMPLES:
        with speak(InterfaceLanguage.CHINESE):
            chinese = [(each.rule, each.stops, each.fix) for each in lint(sample)]
        assert chinese == [(each.rule, each.stops, each.fix) for each in lint(sample)]


def test_what_could_not_be_checked_is_never_told_as_fine() -> None:
    unseen = changed(last_observation=LastObservation(there=True, seen_at=None))
    assert said(unseen, InterfaceLanguage.CHINESE) == ["未能检查该报价是否还在。请查看页面。"]
    old = LastObservation(there=True, seen_at=NOW - timedelta(days=2))
    assert said(changed(last_observation=old), InterfaceLanguage.CHINESE) == [
        "最后一次看到该报价是在 2026-11-22 12:00 UTC。请先重新检查。"
    ]
