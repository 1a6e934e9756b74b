"""Learns what words weigh: logistic regression by coordinate descent in its dual (Yu et al. 2011).

A letter that breaks a rule does so in one sentence or two, and nobody marked which. So a model is
learned from single sentences first; then, twice, from these and the sentence of each such letter
that the model before it finds the likest.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, log
from operator import mul

import msgspec

from bot.core.lint.likeness import Model, Traits, features, share, units
from tests.likeness.examples import Examples

STRICTNESS = 3.0
"""What an example that is on the wrong side costs, against large weights."""
PASSES = 10
"""Times that all examples are looked at."""
HALVINGS = 24
"""Steps to find an example's part in the weights."""
ROUNDS = 2
KEPT = 10_000
"""The weights of a model that matter most."""
SEED = 20_261_130


class Unit(msgspec.Struct):
    """A sentence as the numbers of its features, and what each counts for."""

    ids: list[int]
    values: list[float]
    size: float
    """The square of its length."""


class Space(msgspec.Struct):
    """The features that at least two units have, and what they count for: rare ones for more."""

    ids: dict[str, int]
    rarity: list[float]

    def unit(self, text: str) -> Unit:
        """Return a sentence in this space."""
        found = cached(text)
        ids, values = [0], [1.0]
        for kind in (found.words, found.grams):
            for each in sorted(kind):
                if each in self.ids:
                    ids.append(self.ids[each])
                    values.append(self.rarity[self.ids[each]] * share(len(kind)))
        return Unit(ids, values, sum(value * value for value in values))


@cache
def cached(text: str) -> Traits:
    """Return a sentence's features; each sentence is asked for in every fold."""
    return features(text)


def learn(examples: Examples, digest: str) -> Model:
    """Return the model of these examples."""
    bad = list(examples.bad_sentences)
    good = [*examples.good_sentences, *(u for text in examples.good_letters for u in units(text))]
    # A name below a good letter may stand below a bad one, too.
    harmless = set(good)
    letters = [[u for u in units(text) if u not in harmless] for text in examples.bad_letters]
    space = _space([*bad, *good, *(unit for letter in letters for unit in letter)])
    placed = [[space.unit(unit) for unit in letter] for letter in letters]
    right, wrong = [space.unit(each) for each in good], [space.unit(each) for each in bad]
    weights = _descend(wrong, right, len(space.rarity))
    for _ in range(ROUNDS):
        likest = [max(letter, key=lambda unit: _dot(weights, unit)) for letter in placed if letter]
        weights = _descend([*wrong, *likest], right, len(space.rarity))
    return _model(space, weights, digest)


def _space(texts: Sequence[str]) -> Space:
    counts = Counter(each for text in texts for kind in _kinds(text) for each in kind)
    shared = sorted(name for name, count in counts.items() if count > 1)
    rarity = [0.0, *(log(len(texts) / counts[name]) for name in shared)]
    return Space({name: number for number, name in enumerate(shared, 1)}, rarity)


def _kinds(text: str) -> tuple[frozenset[str], frozenset[str]]:
    found = cached(text)
    return found.words, found.grams


def _descend(bad: Sequence[Unit], good: Sequence[Unit], size: int) -> list[float]:
    """Return the weights that part the bad units from the good; both kinds matter alike."""
    half = STRICTNESS * (len(bad) + len(good)) / 2
    signed = [(unit, 1.0, half / len(bad)) for unit in bad]
    signed += [(unit, -1.0, half / len(good)) for unit in good]
    weights, parts, order = [0.0] * size, [0.0] * len(signed), list(range(len(signed)))
    chance = random.Random(SEED)
    for _ in range(PASSES):
        chance.shuffle(order)
        for index in order:
            unit, sign, most = signed[index]
            part = _part(unit.size, sign * _dot(weights, unit), parts[index], most)
            step, parts[index] = sign * (part - parts[index]), part
            for number, value in zip(unit.ids, unit.values, strict=True):
                weights[number] += step * value
    return weights


def _part(size: float, margin: float, before: float, most: float) -> float:
    """Return the unit's part in the weights, from 0 to ``most``, that suits all others' parts."""
    low, high = size * (before - most) - margin, size * before - margin
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle + size * (_between(middle, most) - before) + margin > 0:
            high = middle
        else:
            low = middle
    return _between((low + high) / 2, most)


def _between(value: float, most: float) -> float:
    return most / (1 + exp(-value)) if value > -700 else 0.0


def _dot(weights: Sequence[float], unit: Unit) -> float:
    products: Iterable[float] = map(mul, map(weights.__getitem__, unit.ids), unit.values)
    return sum(products)


def _model(space: Space, weights: Sequence[float], digest: str) -> Model:
    """Return the weights by name, without those that hardly matter."""
    weighed = {name: weights[number] * space.rarity[number] for name, number in space.ids.items()}
    kept = sorted(weighed, key=lambda name: (-abs(weighed[name]), name))[:KEPT]
    rounded = {name: round(weighed[name], 2) for name in sorted(kept)}
    return Model(
        bias=round(weights[0], 3),
        examples=digest,
        weights={name: weight for name, weight in rounded.items() if weight},
    )
