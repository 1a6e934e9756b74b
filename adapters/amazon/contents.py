"""From Amazon's catalogue to what a page says, with care for what is not told.

Source: searchCatalogItems in the model catalogItems_2022-04-01. Without a locale, Amazon tells
summaries in the primary language of the marketplace, which is that of the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from adapters.amazon.content_answers import (
    ContentItem,
    IdentifiersRow,
    ImagesRow,
    Relation,
    RelationsRow,
    SummaryRow,
    TypeRow,
    lenient,
    read_identifiers,
    read_images,
    read_relations,
    read_summaries,
    read_types,
)
from adapters.amazon.page_texts import PageTexts, harmless
from adapters.amazon.values import LONGEST_TEXT, whole
from bot.core.identifiers import is_asin
from bot.core.links import is_picture
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.page_content import DataSet, PageContent, PageIdentifier, PageImage
from bot.core.text import one_line
from bot.errors import SourceError

LONGEST_TITLE = 1_000
LONGEST_BULLET = 2_000
LONGEST_DESCRIPTION = 20_000
MOST_BULLETS = 50
MOST_IMAGES = 200
MOST_RELATED = 5_000
MOST_IDENTIFIERS = 50
LARGEST_IMAGE = 100_000
"""Pixels."""
VARIATION = "VARIATION"


class _ByMarketplace(Protocol):
    @property
    def marketplace_id(self) -> str | None: ...


Row = TypeVar("Row", bound=_ByMarketplace)


def to_content(
    item: ContentItem,
    raw: bytes,
    watch: Watch,
    market: Marketplace,
    at: datetime,
    *,
    simulated: bool,
) -> PageContent:
    """Return what the catalogue tells of a page.

    Raises:
        SourceError: it tells nothing.
    """
    texts = PageTexts(item, market)
    summary = _of(lenient(read_summaries, item.summaries), market)
    images = _images(_of(lenient(read_images, item.images), market), simulated=simulated)
    kind = _of(lenient(read_types, item.product_types), market)
    family = _family(_of(lenient(read_relations, item.relationships), market))
    numbers = _identifiers(_of(lenient(read_identifiers, item.identifiers), market))
    told: Mapping[DataSet, object] = {
        DataSet.ATTRIBUTES: texts if texts.told else None,
        DataSet.IDENTIFIERS: numbers,
        DataSet.IMAGES: images,
        DataSet.PRODUCT_TYPES: kind,
        DataSet.RELATIONSHIPS: family,
        DataSet.SUMMARIES: summary,
    }
    missing = tuple(part for part in DataSet if told[part] is None)
    if len(missing) == len(DataSet):
        message = f"Amazon's answer about {watch.asin} has no content."
        raise SourceError(message)
    title = summary and summary.item_name
    language = texts.language(title or "")
    return PageContent(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=at,
        language=language,
        title=_either(summary, title, texts, "item_name", language, LONGEST_TITLE),
        brand=_either(summary, summary and summary.brand, texts, "brand", language, LONGEST_TITLE),
        bullets=texts.of("bullet_point", language, LONGEST_BULLET, MOST_BULLETS),
        description=_joined(texts.of("product_description", language, LONGEST_DESCRIPTION, 1)),
        images=images,
        product_type=_product_type(kind),
        parents=None if family is None else _asins(one.parent_asins for one in family),
        children=None if family is None else _asins(one.child_asins for one in family),
        identifiers=numbers,
        missing=missing,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _of(rows: Sequence[Row] | None, market: Marketplace) -> Row | None:
    """Return the row of a marketplace; None where there is none, which tells nothing of it."""
    return next((row for row in rows or () if row.marketplace_id in (None, market.id)), None)


def _either(
    summary: SummaryRow | None,
    in_summary: str | None,
    texts: PageTexts,
    name: str,
    language: str,
    limit: int,
) -> str | None:
    """Return a text that stands in the summary and among the attributes.

    It is empty where both were told and neither has it, and None where either was not told.
    """
    if in_summary:
        return harmless(in_summary, limit)
    values = texts.of(name, language, limit, 1)
    if values:
        return values[0]
    return None if summary is None or values is None else ""


def _joined(values: Sequence[str] | None) -> str | None:
    return None if values is None else "\n".join(values)


def _images(row: ImagesRow | None, *, simulated: bool) -> tuple[PageImage, ...] | None:
    if row is None or row.images is None:
        return None
    return tuple(
        PageImage(
            variant=one_line(image.variant or "", LONGEST_TEXT),
            link=link if is_picture(link := image.link or "", simulated=simulated) else "",
            height=whole(image.height, LARGEST_IMAGE) or 0,
            width=whole(image.width, LARGEST_IMAGE) or 0,
        )
        for image in row.images[:MOST_IMAGES]
    )


def _product_type(row: TypeRow | None) -> str | None:
    return one_line(row.product_type, LONGEST_TEXT) if row and row.product_type else None


def _family(row: RelationsRow | None) -> list[Relation] | None:
    """Return the relationships of variations; packages are another matter."""
    if row is None or row.relationships is None:
        return None
    return [relation for relation in row.relationships if relation.type == VARIATION]


def _asins(lists: Iterable[list[str] | None]) -> tuple[str, ...] | None:
    """Return the ASINs of some lists, sorted; None where one of them cannot be read."""
    asins = {asin for several in lists for asin in (several or ())[:MOST_RELATED]}
    return tuple(sorted(asins)[:MOST_RELATED]) if all(map(is_asin, asins)) else None


def _identifiers(row: IdentifiersRow | None) -> tuple[PageIdentifier, ...] | None:
    if row is None or row.identifiers is None:
        return None
    pairs = {
        (one_line(one.identifier_type or "", LONGEST_TEXT), one_line(one.identifier, LONGEST_TEXT))
        for one in row.identifiers
        if one.identifier
    }
    return tuple(PageIdentifier(*pair) for pair in sorted(pairs)[:MOST_IDENTIFIERS])
