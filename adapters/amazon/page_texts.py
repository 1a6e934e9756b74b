"""The texts of a page, from the attributes of a product in a marketplace and a language."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.amazon.content_answers import ContentItem, read_attributes, read_values
from bot.core.languages import language_of, spoken
from bot.core.marketplaces import Marketplace
from bot.core.text import clip

TEXTS = ("item_name", "brand", "bullet_point", "product_description")
"""The attributes that a page shows as text."""
LONGEST_TAG = 20

_FORMATTING = dict.fromkeys(
    map(
        ord,
        (
            *("\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}", "\N{ZERO WIDTH NO-BREAK SPACE}"),
            *("\N{SOFT HYPHEN}", "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"),
        ),
    )
)
"""Characters that are not seen and change nothing, such as the mark before ASINs on pages."""


def harmless(text: str, limit: int) -> str:
    """Return a text as it is seen, bounded; what changes how others are read becomes visible."""
    return clip(text[: 2 * limit].translate(_FORMATTING), limit)


class PageTexts:
    """The attributes of one product, as far as they are told for a marketplace."""

    def __init__(self, item: ContentItem, market: Marketplace) -> None:
        """Read what a page shows; nothing is decoded that it does not show."""
        self._market = market
        self._raws = read_attributes(item)
        self._texts = {name: self._values(name) for name in TEXTS if name in self._raws}
        self.told = self._is_told()
        """Whether there are attributes of this marketplace at all."""

    def language(self, title: str) -> str:
        """Return the tag of the page's language; empty where no text names one.

        It is the language in which the item's name is the title: Amazon tells titles in the primary
        language of the marketplace. Else it is the one of the marketplace, as far as known.
        """
        tags = {tag for values in self._texts.values() for tag, _ in values or () if tag}
        named = {tag for tag, value in self._texts.get("item_name") or () if value == title}
        home = spoken(language_of(self._market.code))
        return min(
            tags, key=lambda tag: (tag not in named, _spoken_in(tag) != home, tag), default=""
        )

    def of(self, name: str, language: str, limit: int, most: int) -> tuple[str, ...] | None:
        """Return the values of an attribute in a language.

        None: it is not told, or in other languages alone. An attribute that is absent while others
        are told has no value.
        """
        if not self.told:
            return None
        values = self._texts.get(name, ())
        if values is None:
            return None
        ours = [text for tag, text in values if tag in ("", language)]
        if values and not ours:
            return None
        return tuple(harmless(text, limit) for text in ours[:most])

    def _values(self, name: str) -> Sequence[tuple[str, str]] | None:
        """Return tags and texts of an attribute; None where a value is no text."""
        rows = read_values(self._raws[name])
        if rows is None:
            return None
        ours = [row for row in rows if row.marketplace_id in (None, self._market.id)]
        texts = [
            ((row.language_tag or "")[:LONGEST_TAG], row.value)
            for row in ours
            if isinstance(row.value, str)
        ]
        return texts if len(texts) == len(ours) else None

    def _is_told(self) -> bool:
        if any(self._texts.values()):
            return True
        rows = (read_values(raw) or () for name, raw in self._raws.items() if name not in TEXTS)
        return any(row.marketplace_id in (None, self._market.id) for some in rows for row in some)


def _spoken_in(tag: str) -> str:
    """Return the language of a tag: ``en`` of ``en_US``."""
    return tag.partition("_")[0].lower()
