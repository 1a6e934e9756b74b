"""Which A+ content is published on a page, and what stands in it.

Source: searchContentPublishRecords and getContentDocument in the model aplusContent_2020-11-01. A
document whose contents Amazon does not return, such as one with premium modules, is known by its
key alone. A list that cannot be read as a whole tells nothing: a row that is left out would seem to
be content that is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from bot.core.aplus import AplusContent, AplusDocument, AplusReading
from bot.core.clocks import Clock
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import Refused

MOST_PAGES = 10
"""Answers with records that are asked for; Amazon may leave one of them empty."""
MOST_RECORDS = 200
MOST_DOCUMENTS = 20
LONGEST_KEY = 500
LONGEST_WORD = 40
LONGEST_TEXTS = 20_000
"""Characters of all texts of a document."""
LONGEST_ID = 200
MOST_PICTURES = 200
DEEPEST = 16
MOST_NODES = 20_000
"""Values within the modules of a document that are looked at."""
TEXT, PICTURE, TITLE = "value", "uploadDestinationId", "title"
"""Where texts stand in modules of all types, and pictures."""
UNFINISHED = "Amazon lists more A+ content on this page than Brandwarden reads."


class Record(msgspec.Struct, frozen=True, rename="camel"):
    """That a document is published on a page."""

    marketplace_id: str
    asin: str
    content_reference_key: str
    content_type: str
    locale: str
    content_sub_type: str | None = None


class _Records(msgspec.Struct, frozen=True, rename="camel"):
    publish_record_list: list[Record]
    next_page_token: str | None = None


class _Document(msgspec.Struct, frozen=True, rename="camel"):
    content_module_list: list[object]


class _ContentRecord(msgspec.Struct, frozen=True, rename="camel"):
    content_document: _Document


class _Answer(msgspec.Struct, frozen=True, rename="camel"):
    content_record: _ContentRecord


_read_records = msgspec.json.Decoder(_Records).decode
_read_document = msgspec.json.Decoder(_Answer).decode


async def read_aplus(
    client: SpApiClient, watch: Watch, market: Marketplace, clock: Clock
) -> AplusReading:
    """Read what is published on the page of a product.

    Raises:
        SourceError: Amazon did not answer, or the account may not read A+ content.
    """
    raw: list[bytes] = []
    try:
        records = await _records(client, watch, market, raw)
        documents = [await _document(client, record, market, raw) for record in records]
    except Unreadable as error:
        return AplusReading(watch, error, b"\n".join(raw))
    documents.sort(key=lambda each: (each.locale, each.kind, each.key))
    return _reading(watch, documents, raw, clock())


def _reading(
    watch: Watch, documents: list[AplusDocument], raw: list[bytes], at: datetime
) -> AplusReading:
    lines = b"\n".join(raw)
    content = AplusContent(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=at,
        documents=tuple(documents),
        digest=hashlib.sha256(lines).hexdigest(),
    )
    return AplusReading(watch, content, lines)


async def _records(
    client: SpApiClient, watch: Watch, market: Marketplace, raw: list[bytes]
) -> list[Record]:
    """Return which documents are published, each once. Raises Unreadable: not all are known."""
    found: dict[tuple[str, str], Record] = {}
    params = {"marketplaceId": market.id, "asin": watch.asin}
    for _ in range(MOST_PAGES):
        content = await client.get(Operation.APLUS_RECORDS, params, again=False)
        raw.append(content)
        answer = decode(_read_records, content)
        if len(answer.publish_record_list) > MOST_RECORDS:
            raise Unreadable(UNFINISHED)
        for record in answer.publish_record_list:
            if (record.asin, record.marketplace_id) == (watch.asin, market.id):
                found.setdefault((record.content_reference_key, record.locale), record)
        if not answer.next_page_token:
            break
        params = {**params, "pageToken": answer.next_page_token}
    else:
        raise Unreadable(UNFINISHED)
    if len(found) > MOST_DOCUMENTS:
        raise Unreadable(UNFINISHED)
    return list(found.values())


async def _document(
    client: SpApiClient, record: Record, market: Marketplace, raw: list[bytes]
) -> AplusDocument:
    """Return a document; one whose contents Amazon does not return is known by its key."""
    known = AplusDocument(
        key=one_line(record.content_reference_key, LONGEST_KEY),
        kind=one_line(
            " ".join(filter(None, (record.content_type, record.content_sub_type))), LONGEST_WORD
        ),
        locale=one_line(record.locale, LONGEST_WORD),
    )
    path = Operation.APLUS_DOCUMENT.path.format(quote(record.content_reference_key, safe=""))
    params = {"marketplaceId": market.id, "includedDataSet": "CONTENTS"}
    try:
        content = await client.get(Operation.APLUS_DOCUMENT, params, path=path, again=False)
        raw.append(content)
        modules = decode(_read_document, content).content_record.content_document
        texts, pictures = parts_of(modules.content_module_list)
    except (Refused, Unreadable):
        return known
    return msgspec.structs.replace(known, texts=texts, pictures=pictures)


def parts_of(modules: list[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts and the pictures of modules of any type. Raises Unreadable: too many."""
    texts: list[str] = []
    pictures: set[str] = set()
    left = LONGEST_TEXTS
    for name, value in _values(modules):
        if name == PICTURE:
            pictures.add(one_line(value, LONGEST_ID))
        elif value.strip() and left > 0:
            texts.append(value[:left])
            left -= len(value)
    return tuple(texts), tuple(sorted(pictures)[:MOST_PICTURES])


def _values(modules: list[object]) -> Iterator[tuple[str, str]]:
    """Yield texts and pictures with the names of their keys, in one order. Raises Unreadable."""
    stack: list[tuple[object, str, int]] = [(modules, "", 0)]
    for _ in range(MOST_NODES):
        if not stack:
            return
        value, name, depth = stack.pop()
        if isinstance(value, str):
            if name in (TEXT, TITLE, PICTURE):
                yield name, value
        elif depth < DEEPEST and isinstance(value, dict):
            # The keys of an object have no order.
            pairs = sorted(value.items(), key=lambda pair: str(pair[0]), reverse=True)
            stack += [(each, str(key), depth + 1) for key, each in pairs]
        elif depth < DEEPEST and isinstance(value, list):
            stack += [(each, name, depth + 1) for each in reversed(value)]
    if stack:
        message = "Amazon's answer about A+ content is too long."
        raise Unreadable(message)
