"""A+ content: the texts and pictures below the fold of a page, as far as our account may read them.

Source: searchContentPublishRecords and getContentDocument in the model aplusContent_2020-11-01.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Watch
from bot.core.questions import Bucket
from bot.errors import SourceError


class AplusDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document that is published on a page. Amazon may call the same one by another key later."""

    key: str
    kind: str = ""
    """Amazon's words for its type and subtype, such as ``EMC``."""
    locale: str = ""
    """The tag of its language, such as ``en-US``."""
    texts: tuple[str, ...] | None = None
    """In their order, bounded; None: that it is published is all that could be read."""
    pictures: tuple[str, ...] = ()
    """What Amazon's library of A+ pictures calls them, sorted."""

    @property
    def read(self) -> bool:
        """Tell whether its contents could be read."""
        return self.texts is not None


class AplusContent(msgspec.Struct, frozen=True, kw_only=True):
    """What is published on a product's page at one moment."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    at: datetime
    documents: tuple[AplusDocument, ...] = ()
    """In the order of their languages, kinds and keys."""
    digest: str = ""
    """SHA-256 of the raw answers, in hexadecimal: the name of their bytes in the evidence."""


class AplusReading(msgspec.Struct, frozen=True):
    """What came of reading the A+ content of one watch: the documents, or why there are none."""

    watch: Watch
    result: AplusContent | SourceError
    raw: bytes = b""
    """The answers, as they came, a line each."""


@runtime_checkable
class AplusSource(Protocol):
    """A source that tells which A+ content is published."""

    def aplus_quota(self, region: str) -> Bucket:
        """Return the quota of the operation that tells which documents are published."""
        ...

    async def aplus_contents(self, watches: Sequence[Watch]) -> list[AplusReading]:
        """Read the A+ content of products of one marketplace; a reading for each, in their order.

        Raises:
            SourceError: Amazon did not answer, or the account may not read A+ content.
        """
        ...
