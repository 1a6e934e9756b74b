"""The dossier's words: each language has all of them, and fills in the same."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from adapters.rendering import dossier as rendering
from adapters.rendering.words import ENGLISH, FOLDER, Catalog, catalog
from bot.core.languages import LANGUAGES
from bot.features.evidence.models.capture import PageElement
from bot.features.evidence.models.custody import CustodyAction
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import CustodyNote, LimitKind, MomentKind
from bot.features.rights.models import BrandRightKind

SHORT = {"page": 40, "made": 70, "simulated": 100}
TEMPLATES = Path(rendering.__file__).parent
OTHERS = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != ENGLISH)


def filled_in(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def flat(words: Catalog) -> dict[str, str]:
    sections = msgspec.to_builtins(words)
    return {f"{name}.{key}": text for name, each in sections.items() for key, text in each.items()}


def test_every_language_of_the_texts_has_words() -> None:
    assert {language.partition("-")[0] for language in LANGUAGES} == {ENGLISH, *OTHERS}


@pytest.mark.parametrize("language", [ENGLISH, *OTHERS])
def test_nothing_is_without_words(language: str) -> None:
    words = catalog(language)
    assert set(words.claims) == set(Claim)
    assert set(words.rights) == set(BrandRightKind)
    assert set(words.elements) == set(PageElement)
    assert set(words.moments) == set(MomentKind)
    assert set(words.deeds) == set(CustodyAction)
    assert set(words.notes) == set(CustodyNote)
    assert set(words.limits) == set(LimitKind)
    assert all(text.strip() for text in flat(words).values())


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_the_same_as_english(language: str) -> None:
    english, own = flat(catalog(ENGLISH)), flat(catalog(language))
    assert own.keys() == english.keys()
    assert {key for key in own if filled_in(own[key]) != filled_in(english[key])} == set()


@pytest.mark.parametrize("language", [ENGLISH, *OTHERS])
def test_what_stands_in_a_foot_or_a_head_fits_there(language: str) -> None:
    text = catalog(language).text
    assert all(len(text[key]) <= most for key, most in SHORT.items())


def test_the_template_asks_for_no_word_that_is_not_there() -> None:
    wanted = {
        key
        for path in TEMPLATES.glob("dossier*.typ")
        for key in re.findall(r"\bt\.([a-z_]+)", path.read_text("utf-8"))
    }
    assert wanted <= set(catalog(ENGLISH).text)


@pytest.mark.parametrize(
    ("language", "found"), [("es-MX", "es"), ("sv", "en"), ("../../../x", "en"), ("", "en")]
)
def test_a_language_without_words_speaks_its_parents_or_english(language: str, found: str) -> None:
    assert catalog(language) == catalog(found)
