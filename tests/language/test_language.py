"""The language test: what it refuses, it refuses by name, with what to say instead."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.language.rendered import rendered
from tests.language.sentences import Sentence, sentences


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that people do not read from Brandwarden."""

    find: str
    say: str
    why: str
    but: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def stands_in(self, text: str, place: str = "") -> bool:
        """Tell whether the text has it, apart from what is allowed."""
        if place.startswith(self.pages):
            return False
        for allowed in self.but:
            text = re.sub(allowed, "", text)
        return re.search(self.find, text, re.IGNORECASE) is not None


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list."""

    words: tuple[Word, ...]


WORDS = msgspec.toml.decode(Path(__file__).with_name("words.toml").read_bytes(), type=Words).words


@cache
def read() -> tuple[Sentence, ...]:
    """Return what people read."""
    return (*sentences(), *rendered())


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.find)
def test_no_sentence_has_a_word_of_the_list(word: Word) -> None:
    hits = (each for each in read() if word.stands_in(each.text, each.place))
    found = [f"{each.place}: {each.text}" for each in hits]
    assert not found, "\n".join((f"Say instead: {word.say} ({word.why})", *found))


def test_sentences_of_every_kind_are_collected() -> None:
    places = [each.place for each in read()]
    assert len(places) > 4000
    for begin in (
        "bot/features/cases/",
        "bot/cli/",
        "checks/checklists/",
        "adapters/slack/",
        "card case-",
        "form ",
    ):
        assert any(place.startswith(begin) for place in places), begin
    for end in (".toml", ".js", ".html"):
        assert any(place.endswith(end) for place in places), end
    assert any(place.startswith("README.md:") for place in places)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobody knows.", True),
        ("No one knows.", False),
        ("If there is none, leave it empty.", False),
        ("Its status is none.", True),
        ("25 % below", True),
        ("25% below", False),
    ],
)
def test_the_list_finds_what_it_is_for(text: str, *, found: bool) -> None:
    assert any(word.stands_in(text) for word in WORDS) is found
