"""Ways in which Amazon writes the same page, each a function that may follow any other."""

from __future__ import annotations

import html
import random
import unicodedata
from collections.abc import Callable

import msgspec

from bot.core.listing_content import ListingContent, ListingPicture

Drifting = Callable[[ListingContent, random.Random], ListingContent]
Writing = Callable[[str, random.Random], str]


def _written(page: ListingContent, write: Callable[[str], str]) -> ListingContent:
    """Write all texts of a page in another way."""
    return msgspec.structs.replace(
        page,
        title=None if page.title is None else write(page.title),
        bullets=None if page.bullets is None else tuple(map(write, page.bullets)),
        description=None if page.description is None else write(page.description),
    )


def _spaced(space: str) -> Drifting:
    def drift(page: ListingContent, chance: random.Random) -> ListingContent:
        return _written(
            page,
            lambda text: "".join(
                space if each == " " and chance.random() < 0.4 else each for each in text
            ),
        )

    return drift


def unseen(page: ListingContent, chance: random.Random) -> ListingContent:
    """Put characters that nobody sees between others; in a title, which has the brand, by words."""
    hidden = chance.choice("\u200b\u200e\u2060\ufeff\u00ad\u202a\ufe0f")

    def write(text: str, behind: str = "") -> str:
        return "".join(
            each + hidden * (chance.random() < 0.05 and (not behind or each in behind))
            for each in text
        )

    title = page.title and write(page.title, " ,")
    return msgspec.structs.replace(_written(page, write), title=title)


def capitals(page: ListingContent, _: random.Random) -> ListingContent:
    """Write everything in capitals."""
    return _written(page, str.upper)


def small(page: ListingContent, _: random.Random) -> ListingContent:
    """Write everything in small letters."""
    return _written(page, str.lower)


def in_parts(page: ListingContent, _: random.Random) -> ListingContent:
    """Write letters and their marks as two characters."""
    return _written(page, lambda text: unicodedata.normalize("NFD", text))


def full_width(page: ListingContent, _: random.Random) -> ListingContent:
    """Write letters and digits as wide as Japanese ones."""
    wide = {ord(each): ord(each) + 0xFEE0 for each in "0123456789abcdefgABCDEFG%&()"}
    return _written(page, lambda text: text.translate(wide))


def escaped(page: ListingContent, _: random.Random) -> ListingContent:
    """Write signs as entities, once more if they are already."""
    return _written(page, html.escape) if "&amp;amp;" not in f"{page}" else page


def numbered(page: ListingContent, _: random.Random) -> ListingContent:
    """Write letters with marks as numbered entities."""
    return _written(page, lambda text: text.encode("ascii", "xmlcharrefreplace").decode())


def in_tags(page: ListingContent, chance: random.Random) -> ListingContent:
    """Put tags around texts."""
    tag = chance.choice(("p", "b", "strong", "span", "li", "div"))
    return _written(page, lambda text: f'<{tag} class="a-text">{text}</{tag}><br>')


def typographic(page: ListingContent, _: random.Random) -> ListingContent:
    """Write apostrophes as printers do."""
    return _written(page, lambda text: text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"))


def dashes(page: ListingContent, chance: random.Random) -> ListingContent:
    """Write hyphens longer."""
    dash = chance.choice("\u2010\u2011\u2013\u2014\u2212")
    return _written(page, lambda text: text.replace("-", dash))


def unstopped(page: ListingContent, _: random.Random) -> ListingContent:
    """Leave out what ends texts."""
    return _written(page, lambda text: text.rstrip(".!。 "))


def with_signs(page: ListingContent, chance: random.Random) -> ListingContent:
    """Put a sign in front of each bullet."""
    sign = chance.choice(("\N{BULLET} ", "- ", "* ", "\N{CHECK MARK} ", "\N{BLACK CIRCLE} "))
    return msgspec.structs.replace(page, bullets=tuple(sign + each for each in page.bullets or ()))


def joined(page: ListingContent, chance: random.Random) -> ListingContent:
    """Join two bullets."""
    bullets = list(page.bullets or ())
    if len(bullets) > 1:
        place = chance.randrange(len(bullets) - 1)
        bullets[place : place + 2] = [
            chance.choice((" ", "<br>", "\n")).join(bullets[place : place + 2])
        ]
    return msgspec.structs.replace(page, bullets=tuple(bullets))


def turned(page: ListingContent, _: random.Random) -> ListingContent:
    """List bullets the other way round."""
    return msgspec.structs.replace(page, bullets=(page.bullets or ())[::-1])


def pictures_shuffled(page: ListingContent, chance: random.Random) -> ListingContent:
    """List pictures in another order and number them so."""
    mains = [each for each in page.pictures or () if each.main]
    others = [each for each in page.pictures or () if not each.main]
    chance.shuffle(others)
    counted = [
        msgspec.structs.replace(each, variant=f"PT{number:02}")
        for number, each in enumerate(others, 1)
    ]
    return msgspec.structs.replace(page, pictures=(*counted, *mains))


def pictures_moved(page: ListingContent, chance: random.Random) -> ListingContent:
    """Keep pictures under other addresses."""
    return _pictured(
        page, lambda each: msgspec.structs.replace(each, link=f"https://{chance.random()}")
    )


def pictures_compressed(page: ListingContent, chance: random.Random) -> ListingContent:
    """Compress pictures again: a bit of their looks changes."""

    def compress(each: ListingPicture) -> ListingPicture:
        look = int(each.look, 16) ^ 1 << chance.randrange(64)
        return msgspec.structs.replace(each, look=f"{look:016x}", digest=f"{chance.random()}")

    return _pictured(page, compress)


def _pictured(
    page: ListingContent, show: Callable[[ListingPicture], ListingPicture]
) -> ListingContent:
    return msgspec.structs.replace(page, pictures=tuple(map(show, page.pictures or ())))


def brand_as_link(page: ListingContent, _: random.Random) -> ListingContent:
    """Write the brand as a link to its store, once."""
    brand = page.brand or ""
    written = brand if "store" in brand.casefold() else f"Visit the {brand} Store"
    return msgspec.structs.replace(page, brand=written)


def brand_in_front(page: ListingContent, _: random.Random) -> ListingContent:
    """Put the brand in front of the title, as Amazon does once."""
    brand = (page.brand or "").removeprefix("Visit the ").removesuffix(" Store")
    return msgspec.structs.replace(page, title=f"{brand} {page.title}")


def type_in_words(page: ListingContent, _: random.Random) -> ListingContent:
    """Write the product type in words."""
    return msgspec.structs.replace(
        page, product_type=(page.product_type or "").replace("_", " ").title()
    )


def parent_small(page: ListingContent, _: random.Random) -> ListingContent:
    """Write ASINs in small letters."""
    return msgspec.structs.replace(page, parents=tuple(map(str.lower, page.parents or ())))


REORDERING = (turned,)
ALL: tuple[Drifting, ...] = (
    _spaced("  "),
    _spaced("\u00a0"),
    _spaced("\u3000"),
    _spaced("&nbsp;"),
    _spaced("\r\n"),
    unseen,
    capitals,
    small,
    in_parts,
    full_width,
    escaped,
    numbered,
    in_tags,
    typographic,
    dashes,
    unstopped,
    with_signs,
    joined,
    *REORDERING,
    pictures_shuffled,
    pictures_moved,
    pictures_compressed,
    brand_as_link,
    brand_in_front,
    type_in_words,
    parent_small,
)
