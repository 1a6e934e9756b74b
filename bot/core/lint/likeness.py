"""How much a sentence is like those that break a rule, learned from examples.

A phrase finds the words that its author thought of. People say the same in others, so a linear
model adds up what the words of a sentence, and pieces of them, weigh in examples of what is allowed
and what is not. It knows no meaning, and a sentence that no example resembles gets past it: it is a
second look beside the rules, and no judge. ``tests/likeness`` learns the models from the examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

import msgspec

from bot.core.lint.phrases import sentences

GRAMS = range(2, 6)
"""Letters in a piece of a word."""
LONGEST = 60
"""Words of a sentence that are looked at together: among more words each counts for less."""
MOST = 400
"""Sentences of a text that are looked at."""

_WORD = re.compile(r"\w+|[?!]")
_DIGIT = re.compile(r"\d")


class Traits(msgspec.Struct, frozen=True):
    """What a sentence consists of."""

    words: frozenset[str]
    """Its words, and each two that follow each other."""
    grams: frozenset[str]
    """Letters that follow each other in a word, with a blank at its ends; each after a ``~``."""


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What words and pieces of words weigh in one language."""

    bias: float
    """The score of a sentence of which nothing is known."""
    examples: str
    """The digest of the examples that it was learned from."""
    weights: dict[str, float]
    """By word, two words, or piece."""

    def score(self, sentence: str) -> float:
        """Return how much the sentence is like those that break a rule: above 0, more than not."""
        found = features(sentence)
        weighed = (_weighed(self.weights, kind) for kind in (found.words, found.grams))
        return self.bias + sum(weighed)

    def likest(self, text: str) -> tuple[str, float]:
        """Return the sentence, or two in a row, with the highest score; of no text the bias."""
        scores = ((unit, self.score(unit)) for unit in units(text))
        return max(scores, key=lambda scored: scored[1], default=("", self.bias))


def model_path(module: str, name: str) -> Path:
    """Return where a model is: in a folder beside the module, with the module's name."""
    return Path(module).with_suffix("") / f"{name}.json"


@cache
def read_model(module: str, name: str) -> Model:
    """Return a module's model, which belongs to the program as its code does.

    Raises:
        msgspec.MsgspecError: the file is not a model.
    """
    return msgspec.json.decode(model_path(module, name).read_bytes(), type=Model)


def units(text: str) -> list[str]:
    """Return the text's sentences, and each two that follow each other."""
    parts = [part for each in sentences(text)[:MOST] for part in _parts(each)][:MOST]
    return [*parts, *(f"{first} {second}" for first, second in pairwise(parts))]


def features(sentence: str) -> Traits:
    """Return the words and pieces of a sentence. All numbers of the same length are alike."""
    words = _WORD.findall(_DIGIT.sub("0", sentence.lower()))
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    grams = (gram for word in set(words) for gram in _grams(f" {word} "))
    return Traits(words=frozenset((*words, *pairs)), grams=frozenset(grams))


def share(count: int) -> float:
    """Return what each of so many words, or pieces, counts for."""
    return 1 / (3 * sqrt(count))


def _weighed(weights: Mapping[str, float], found: frozenset[str]) -> float:
    # In order, so that the same text has the same score to the last digit.
    known = sorted(weights[each] for each in found if each in weights)
    return sum(known) * share(len(found)) if known else 0.0


def _parts(sentence: str) -> Iterator[str]:
    words = sentence.split()
    for start in range(0, len(words), LONGEST):
        yield " ".join(words[start : start + LONGEST])


def _grams(word: str) -> Iterator[str]:
    for size in GRAMS:
        for start in range(len(word) - size + 1):
            yield f"~{word[start : start + size]}"
