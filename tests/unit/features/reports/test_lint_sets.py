"""The lint against reports and titles that were written by somebody who did not know its rules.

``reports.toml`` and ``titles.toml`` were read when its rules were written. ``reports_2.toml`` and
``titles_2.toml`` were first measured with rules that had not seen them, and read only then: of 30
bad reports 9 were stopped, 8 warned of and 13 passed in silence; of 20 good ones 2 were stopped;
of 50 titles none was objected to. Both are kept against regressions.
``more.toml`` holds sentences that were written before the rules that look for such sentences: of 44
bad ones the rules of that day let 37 pass in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.lint_input import LintInput, Objection
from bot.features.reports.rules.lint import lint
from tests.unit.features.reports.dockets import (
    ALL,
    CLEAN_TEXT,
    ORDER,
    TEXT,
    in_force,
    policy,
    with_text,
)

SETS = Path(__file__).parent / "sets"
CAUGHT = 0.8
"""So many of the bad reports are at least warned of."""


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report's text, with the claim that it makes."""

    claim: Claim
    lang: str
    text: str
    titles: tuple[str, ...] = ()
    what: str = ""
    """What is wrong with it."""
    manner: str = ""
    note: str = ""


class Samples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of reports."""

    bad: tuple[Sample, ...]
    good: tuple[Sample, ...]


SAMPLES = {
    name: msgspec.toml.decode((SETS / f"{name}.toml").read_bytes(), type=Samples)
    for name in ("reports", "reports_2")
}
GOOD = [each for samples in SAMPLES.values() for each in samples.good]
TITLES: list[str] = [
    title
    for name in ("titles", "titles_2")
    for title in msgspec.toml.decode((SETS / f"{name}.toml").read_bytes())["titles"]
]


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences by language, the bad ones also by what is wrong with them."""

    bad: dict[str, dict[str, tuple[str, ...]]]
    good: dict[str, tuple[str, ...]]


MORE = msgspec.toml.decode((SETS / "more.toml").read_bytes(), type=Sentences)
CLEAN = {
    "en": CLEAN_TEXT,
    "de": (
        "Wir melden das Angebot B0ALDER001 von A1QX7ZP9KD4W2M, gesehen am 24.11.2026 um 10:00 Uhr "
        f"UTC. Testkauf {ORDER}, erhalten am 20.11.2026. Beobachtet: das Logo ist gedruckt; beim "
        "Original ist es geprägt. Geprüft durch Vergleich beider Stücke unter einer Lupe."
    ),
}


def docket(sample: Sample) -> LintInput:
    """Give the text all the evidence that it speaks of: only its words can be wrong."""
    asins = tuple(dict.fromkeys(re.findall(r"\bB0[0-9A-Z]{8}\b", sample.text)))
    sellers = re.findall(r"\bA[0-9A-Z]{12,13}\b", sample.text)
    orders = re.findall(r"\b\d{3}-\d{7}-\d{7}\b", sample.text)
    door = Recommendation.POLICY if sample.claim.right is None else Recommendation.INFRINGEMENT
    drafted = with_text(
        sample.text,
        claim=sample.claim,
        language=sample.lang,
        recommendation=door,
        asins=asins,
        seller=sellers[0] if sellers else "",
    )
    items = [
        each
        if each.purchase is None or not orders
        else msgspec.structs.replace(
            each, purchase=msgspec.structs.replace(each.purchase, order=orders[0])
        )
        for each in ALL
    ]
    return msgspec.structs.replace(
        drafted, items=tuple(items), right=in_force(sample.claim), names=sample.titles
    )


def objections(sample: Sample) -> tuple[Objection, ...]:
    return lint(docket(sample))


def test_no_good_report_is_stopped() -> None:
    stopped = [
        (each.text[:60], objection.says)
        for each in GOOD
        for objection in objections(each)
        if objection.stops
    ]
    assert stopped == []


def outcome(sample: Sample) -> str:
    found = objections(sample)
    return "stopped" if any(each.stops for each in found) else "warned of" if found else "silent"


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("name", SAMPLES)
def test_most_of_the_bad_reports_are_stopped_or_warned_of(
    name: str, lang: str, record_property: Callable[[str, object], None]
) -> None:
    bad = [each for each in SAMPLES[name].bad if each.lang == lang]
    counted = Counter(map(outcome, bad))
    record_property(f"{name} {lang}", dict(counted))
    silent = [(each.what, each.text[:60]) for each in bad if outcome(each) == "silent"]
    assert len(silent) <= (1 - CAUGHT) * len(bad), silent
    assert counted["stopped"] >= len(bad) / 2


def outcome_of(lang: str, sentence: str, claim: Claim) -> str:
    return outcome(Sample(claim=claim, lang=lang, text=f"{CLEAN[lang]} {sentence}"))


@pytest.mark.parametrize("lang", CLEAN)
def test_no_good_sentence_raises_an_objection(lang: str) -> None:
    objected = [
        each for each in MORE.good[lang] if outcome_of(lang, each, Claim.WRONG_VERSION) != "silent"
    ]
    assert objected == []


@pytest.mark.parametrize("lang", CLEAN)
def test_most_of_the_bad_sentences_are_stopped_or_warned_of(lang: str) -> None:
    for what, bad in MORE.bad[lang].items():
        claim = Claim.TAKEOVER if what == "guessed" else Claim.WRONG_VERSION
        silent = [each for each in bad if outcome_of(lang, each, claim) == "silent"]
        assert len(silent) <= (1 - CAUGHT) * len(bad), silent


@pytest.mark.parametrize("title", TITLES)
def test_a_products_title_raises_no_objection(title: str) -> None:
    for whole in (TEXT, f"{TEXT} Es geht um {title}.", f"{TEXT}\nASIN B0ALDER001: {title}"):
        named = msgspec.structs.replace(with_text(whole), names=(title,))
        assert lint(named) == ()
    used = policy()
    text = f"{CLEAN_TEXT} Its title is {title[:50]}."
    named = msgspec.structs.replace(
        used, names=(title,), report=with_text(text, claim=Claim.USED_AS_NEW).report
    )
    assert [each for each in lint(named) if each.rule != "right"] == []
