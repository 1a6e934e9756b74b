"""English words in one spelling: colours are colors, and what is not is what isn't."""

from __future__ import annotations

import re
from functools import lru_cache

from checks.wording.units import UNITS

_RULES = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=..)is(e|ed|er|ers|es|ing|ation|able)$", r"iz\1"),
        (r"(?<=..)ys(e|ed|er|ers|es|ing)$", r"yz\1"),
        (r"(?<=...)our(s|ed|ing|ful|less|able|ite|ites)?$", r"or\1"),
        (r"(?<=..)([tb])re(s?)$", r"\1er\2"),
        (r"(?<=...)([aeiou])ll(ed|ing|er|ers)$", r"\1l\2"),
        (r"(?<=..)ence(s?)$", r"ense\1"),
        (r"(?<=..)logue(s?)$", r"log\1"),
    )
)
"""Endings of British words and the American ones. A word that is neither keeps its letters but
the same ones everywhere, so that nothing is taken for another word."""

_ENDS = {
    "n't": "not",
    "'ll": "will",
    "'re": "are",
    "'ve": "have",
    "'m": "am",
}
_IRREGULAR = {"can't": "can", "won't": "will", "shan't": "shall"}
_IS = frozenset(("it's", "that's", "what's", "here's", "there's", "who's"))
"""Words behind which 's is short for 'is'; behind others it tells whose something is."""


SHORTEST = 4
"""Letters of a word in the plural."""


def parted(word: str) -> tuple[str, ...]:
    """Return the words for which one with an apostrophe stands; ``don't`` is ``do not``."""
    if word in _IS:
        return word[:-2], "is"
    for end, instead in _ENDS.items():
        if word.endswith(end):
            return _IRREGULAR.get(word, word.removesuffix(end)), instead
    return (word.replace("'", ""),)


def one_of(counted: str) -> str:
    """Return what stands behind a number as if it were one: a 4-port hub has 4 ports."""
    if counted in UNITS or len(counted) < SHORTEST or not counted.endswith("s"):
        return counted
    return spelled(counted if counted.endswith("ss") else counted[:-1])


@lru_cache(maxsize=4096)
def spelled(word: str) -> str:
    """Return a word in American spelling."""
    for pattern, instead in _RULES:
        word = pattern.sub(instead, word)
    return word
