"""From what Amazon stores to what a buyer sees: no tags, no entities, one form of characters."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

LONGEST = 60_000
"""Characters of a text that are compared; the adapters read less of any field."""
ROUNDS = 3
"""Entities are written within entities, as in ``&amp;amp;``; so often at most they are undone."""

_BLOCKS = (
    "address|article|blockquote|br|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|"
    "table|tbody|td|th|tr|ul"
)
_INLINE = (
    "abbr|b|bdi|bdo|big|body|cite|code|em|font|head|html|i|ins|mark|q|s|small|span|strike|strong|"
    "sub|sup|tt|u|wbr"
)
_OTHERS = "a|button|embed|form|iframe|img|input|link|object|script|source|style|video|audio"
_TAG = re.compile(
    rf"<\s*/?\s*(?P<name>{_BLOCKS}|{_INLINE}|{_OTHERS})(?P<rest>\s[^<>]*|/)?>", re.IGNORECASE
)
_BLOCK = re.compile(rf"(?:{_BLOCKS})", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_ADDRESS = re.compile(r"(?:href|src|action|data)\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)

_ENTITY = re.compile(r"&([A-Za-z]{2,8};)")
"""An entity in any case: a title in capitals has &NBSP; in it."""

_MARKS = re.compile(r"[™®©℠]|\((?:tm|r)\)", re.IGNORECASE)
"""Signs of registration. They go before NFKC, which would make letters of some of them."""
_FRACTION = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")
"""Between a number and a fraction, which NFKC would join: 5½ is not 51/2."""
_STRETCHED = re.compile(r"(?<=[\u0620-\u06ff])\u0640+")
"""What makes an Arabic word longer on the line."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_UNREADABLE = "\ufffd"
_JOINERS = frozenset(f"\u034f\u115f\u1160\u3164\uffa0{_UNREADABLE}")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00d7\u2715\u2716\u2a09\u2a2f", "x"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
        "\u2044": "/",
        **dict.fromkeys("\u0153\u0152", "oe"),
        **dict.fromkeys("\u00e6\u00c6", "ae"),
        # A raised o stands for degrees as often as for an ordinal; NFKC would make a letter of it.
        "\u00ba": "\u00b0",
        "\u02da": "\u00b0",
    }
)


def plain_text(text: str, *, hidden: bool = False) -> str:
    """Return a text as a buyer sees it, on one line; addresses in links stay, as words.

    ``hidden``: with the characters in it that nobody sees.
    """
    seen = _folded(text[:LONGEST], hidden=hidden)
    for _ in range(ROUNDS):
        if "&" not in seen:
            break
        seen = _folded(html.unescape(_ENTITY.sub(_as_named, seen)), hidden=hidden)
    if "<" in seen:
        seen = _TAG.sub(_instead, _COMMENT.sub(" ", seen))
    return " ".join(seen.split())


def _as_named(entity: re.Match[str]) -> str:
    """Return an entity in small letters, unless it is one in those that it has."""
    return entity[0] if entity[1] in html5 else f"&{entity[1].lower()}"


def _instead(tag: re.Match[str]) -> str:
    """Return what stands for a tag: a space for a block, an address where it has one."""
    address = _ADDRESS.search(tag["rest"] or "")
    if address:
        return f" {address[1]} "
    return " " if _BLOCK.fullmatch(tag["name"]) else ""


def _folded(text: str, *, hidden: bool) -> str:
    """Return one form of each character, without those that are not seen unless they shall stay."""
    if text.isascii() and text.isprintable():
        return _MARKS.sub(" ", text.translate(_SIGNS))
    marked = _FRACTION.sub(" ", _MARKS.sub(" ", text).translate(_SIGNS))
    marked = _STRETCHED.sub("", marked)
    left_out = _UNREADABLE if hidden else filter(is_unseen, set(marked))
    unseen = dict.fromkeys(map(ord, left_out))
    folded = unicodedata.normalize("NFKC", marked.translate(unseen))
    # Half-width marks are in parts until here, and some signs have a compatible form.
    return folded.translate(_SIGNS)


def is_unseen(char: str) -> bool:
    """Tell whether nobody sees a character of a page, nor a space in its place."""
    if char in _JOINERS or any(ord(char) in some for some in _SELECTORS):
        return True
    return unicodedata.category(char) in _UNSEEN and not char.isspace()
