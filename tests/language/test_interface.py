"""The language test of the interface: a language says all that English says, and says it whole."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from bot.core.interface import InterfaceLanguage, notes, phrases
from tests.language.said import data, hidden, names_in, said, stored

CHINESE = InterfaceLanguage.CHINESE
OTHERS = [each for each in InterfaceLanguage if each is not InterfaceLanguage.ENGLISH]

_HAN = "\u3400-\u9fff"
_CHINESE = re.compile(f"[{_HAN}\u3000-\u303f\uff00-\uffef]")
"""A Chinese character, or a sign as Chinese writes it."""
_HALF = re.compile(f"[{_HAN}][,.;:?!()]|[,;:?!()][{_HAN}]")
_TIGHT = re.compile(f"[{_HAN}][A-Za-z0-9]|[A-Za-z0-9][{_HAN}]")


@pytest.mark.parametrize("language", OTHERS)
def test_each_sentence_of_the_code_has_a_translation(language: InterfaceLanguage) -> None:
    now, later = phrases(language), notes(language)
    missing = [
        f"{each.place}: {each.english}"
        for each in said()
        if each.english not in (later if each.stored else now)
    ]
    assert not missing, "\n".join(("Add these to a catalog:", *missing))
    unknown = sorted(stored() - later.keys())
    assert not unknown, "\n".join(("Add these to [noted] of a catalog:", *unknown))


@pytest.mark.parametrize("language", OTHERS)
def test_each_text_that_is_data_has_a_translation(language: InterfaceLanguage) -> None:
    known = phrases(language).keys()
    missing = [
        f"{kind}: {text}" for kind, texts in data().items() for text in sorted(texts - known)
    ]
    assert not missing, "\n".join(("Add these to a catalog:", *missing))


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language: InterfaceLanguage) -> None:
    used = {each.english for each in said() if not each.stored}.union(*data().values())
    kept = {each.english for each in said() if each.stored} | stored()
    unused = sorted([*(phrases(language).keys() - used), *(notes(language).keys() - kept)])
    assert not unused, "\n".join(("Nothing says these in English:", *unused))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_names_of_the_english(language: InterfaceLanguage) -> None:
    known = (*phrases(language).items(), *notes(language).items())
    wrong = [english for english, text in known if names_in(english) != names_in(text)]
    assert not wrong, "\n".join(wrong)


def test_each_sentence_is_given_its_values() -> None:
    found = [each for each in said() if each.values is not None]
    assert len(found) > 100
    wrong = [each for each in found if each.values != names_in(each.english)]
    assert not wrong, "\n".join(f"{each.place}: {each.english}" for each in wrong)


def test_what_is_said_stands_in_the_call() -> None:
    assert not list(hidden()), (
        "tr and tr_count take literals; tr_data says data: list it in said.py."
    )


def test_chinese_is_written_as_chinese() -> None:
    texts = (*phrases(CHINESE).items(), *notes(CHINESE).items())
    english = [key for key, text in texts if not _CHINESE.search(text)]
    assert not english, "\n".join(("Not Chinese:", *english))
    half = [text for _, text in texts if _HALF.search(text)]
    assert not half, "\n".join(("A sign of half width beside a Chinese character:", *half))
    tight = [text for _, text in texts if _TIGHT.search(text)]
    assert not tight, "\n".join(("No blank between Chinese and Latin letters:", *tight))


@pytest.mark.parametrize("text", ["完成,继续", "在Amazon上", "共8项"])
def test_the_rules_of_writing_find_what_they_are_for(text: str) -> None:
    assert any(each.search(text) for each in chain((_HALF, _TIGHT)))
