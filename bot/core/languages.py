"""The languages of buyers and of Amazon's staff, and telling in which one a text is written."""

from __future__ import annotations

import re

LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "es-MX": "Spanish (Mexico)",
    "it": "Italian",
    "ja": "Japanese",
}
"""Names by code; one with a country says some things otherwise than its language does elsewhere."""

_COMMON = {
    "en": "the and you your we are is was have has with for our this that will can please not if",
    "de": "der die das und sie ihre ihnen ihrer wir uns ist sind haben hat mit für nicht bitte "
    "dass werden ein eine den dem",
    "fr": "le les des et vous votre vos nous est sont avez avons pour avec pas dans que une ce",
    "es": "el los las y usted su sus le nos es son ha hemos para con no por favor que una este "
    "esta del",
    "it": "il gli della e lei suo sua le ci è sono ha abbiamo per con non che una questo del",
}
"""Words that hardly any sentence of the language goes without."""

_KANA = re.compile(r"[\u3041-\u30fa]")
_WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 5
"""Common words from which on a text is long enough to tell."""
LEAD = 1.5
"""So many times as many as of any other language there must be."""


def language_in(text: str) -> str:
    """Return the code of the language that the text is surely in; empty: nobody can tell."""
    words = _WORD.findall(text.casefold())
    kana = len(_KANA.findall(text))
    counts = {
        code: sum(word in common for word in words)
        for code, common in ((code, set(text.split())) for code, text in _COMMON.items())
    }
    counts["ja"] = kana // 2
    (first, most), (_, second) = sorted(counts.items(), key=lambda each: -each[1])[:2]
    return first if most >= ENOUGH and most >= LEAD * second else ""


def spoken(language: str) -> str:
    """Return the language without its country: ``es`` of ``es-MX``."""
    return language.partition("-")[0]


STAFF = {"DE": "de", "FR": "fr", "ES": "es", "MX": "es-MX", "IT": "it", "JP": "ja", "BE": "fr"}
"""The language in which a marketplace's staff reads, besides English, by its code."""


def language_of(marketplace: str) -> str:
    """Return the language of the marketplace's staff: English where there is no other text."""
    return STAFF.get(marketplace, "en")
