"""Words that Amazon writes one way or the other, by language: each word beside what it is read as.

Only what means the same to every buyer stands here: whoever adds a word makes two texts equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

AND = "&"
"""What stands for 'and', however it is written."""

_CONJUNCTIONS = {
    "en": "and",
    "de": "und",
    "fr": "et",
    "es": "y e",
    "it": "e ed",
    "nl": "en",
    "pt": "e",
    "sv": "och",
    "pl": "i oraz",
    "tr": "ve",
}

_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}
"""Twenty, thirty and so on, in their order."""

_NUMBERS = {
    "en": (
        "one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen"
    ),
    "de": (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
        "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
    ),
    "fr": (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    ),
    "es": (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
        "quince dieciséis diecisiete dieciocho diecinueve"
    ),
    "it": (
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
        "quattordici quindici sedici diciassette diciotto diciannove"
    ),
}
"""One and so on up to nineteen, in their order."""

_MORE_NUMBERS = {
    "de": {"ein": "1", "eine": "1", "einen": "1", "einem": "1", "einer": "1"},
    "fr": {"une": "1"},
    "es": {"un": "1", "una": "1"},
    "it": {"un": "1", "una": "1"},
    "ja": dict(zip("一二三四五六七八九十", map(str, range(1, 11)), strict=True)),
}

_SPELLINGS = {
    "en": {
        "approx": "approximately",
        "max": "maximum",
        "min": "minimum",
        "qty": "quantity",
        "pk": "pack",
        "pkg": "package",
        "w/": "with",
        "w/o": "without",
        **dict.fromkeys(("including", "included", "includes"), "incl"),
        "xl": "xlarge",
        "xxl": "xxlarge",
        "l": "large",
        "m": "medium",
        "s": "small",
        "cosy": "cozy",
        "sulphate": "sulfate",
        "aluminium": "aluminum",
        "adaptor": "adapter",
        "fulfil": "fulfill",
        "programme": "program",
        "pyjamas": "pajamas",
        "tyre": "tire",
        "tyres": "tires",
        "vs": "versus",
        "grey": "gray",
        "jewellery": "jewelry",
        "mould": "mold",
        "odour": "odor",
    },
    "de": {
        "ca": "circa",
        "inkl": "inklusive",
        "incl": "inklusive",
        "max": "maximal",
        "min": "mindestens",
        "mind": "mindestens",
        "nr": "nummer",
        "bzw": "beziehungsweise",
        "zzgl": "zuzüglich",
        "u": AND,
    },
    "fr": {
        "env": "environ",
        "max": "maximum",
        "min": "minimum",
        "incl": "inclus",
        "incluse": "inclus",
    },
    "es": {
        "aprox": "aproximadamente",
        "máx": "máximo",
        "mín": "mínimo",
        "incl": "incluido",
        "incluida": "incluido",
    },
    "it": {
        "ca": "circa",
        "conf": "confezione",
        "max": "massimo",
        "min": "minimo",
        "incl": "incluso",
        "inclusa": "incluso",
    },
    "ja": {},
}
"""Abbreviations, and ways of spelling."""

PACKS = frozenset(
    (
        *("pack", "packs", "set", "sets", "case", "box", "bundle", "packung"),
        *("confezione", "pacco", "pacchi", "paquete", "caja", "lot"),
    )
)
"""What holds several of a product: 'Pack of 3' and '3-Pack' are the same."""
OF = frozenset(("of", "de", "da", "di", "mit", "von", "à"))
"""What stands between such a word and its number."""


TO = frozenset(("to", "bis", "à", "a", "hasta"))
"""What stands between two numbers as a dash does: 3 to 8 is 3-8."""


PER = frozenset(("per", "pro", "je", "par", "por", "al", "all", "à l"))
"""What stands between the two units of a rate as a slash does: miles per hour are mi/h."""
BY_WORDS = frozenset(("by", "mal", "por", "per", "sur", "par"))
"""What stands between two sides as an x does: 12 by 8 inches."""


@lru_cache(maxsize=32)
def reading_of(language: str) -> Mapping[str, str]:
    """Return what each word of a language is read as, where that is another word."""
    read = dict(_SPELLINGS.get(language, {}))
    read.update(zip(_NUMBERS.get(language, "").split(), map(str, range(1, 20)), strict=False))
    read.update(zip(_TENS.get(language, "").split(), map(str, range(20, 100, 10)), strict=False))
    read.update(_MORE_NUMBERS.get(language, {}))
    read.update(dict.fromkeys(_CONJUNCTIONS.get(language, "").split(), AND))
    return MappingProxyType(read)
