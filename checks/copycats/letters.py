"""Names as they look: letters of other scripts and digits that pass for letters are read as those.

What looks like what is Unicode's own table (UTS 39), from confusable-homoglyphs: it has thousands
of letters, and grows with Unicode. What passes for a Latin letter within ASCII, and what a keyboard
without umlauts writes, is here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs import confusables

_ASCII = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "$": "s", "5": "s"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"))
"""The last four are umlauts as they are written without them; both names are read so."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "s", "æ": "a", "œ": "o", "\u0131": "i"}
)


def as_seen(name: str) -> str:
    """Return a name as it looks at a glance, for comparison alone."""
    # A capital may look like a Latin one where its small letter does not.
    letters = unicodedata.normalize("NFKC", name)
    latin = "".join(each if each.isascii() else _latin(each) for each in letters)
    folded = latin.casefold().translate(_SPECIAL)
    # Accents on Latin letters are often left away; marks on kana, which say another sound, are not.
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    seen = unicodedata.normalize("NFKC", bare).casefold()
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return seen.translate(_ASCII)


@lru_cache(maxsize=4096)
def _latin(letter: str) -> str:
    """Return the small Latin letter that one of another script looks like, or itself."""
    found = confusables.is_confusable(letter, preferred_aliases=["latin"])
    if not found or unicodedata.name(letter, "").startswith("LATIN"):
        return letter
    alike = (glyph["c"] for each in found for glyph in each["homoglyphs"])
    return next((str(each).lower() for each in alike if each.isascii() and each.isalpha()), letter)
