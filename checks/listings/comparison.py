"""What a comparison of two readings of a page gives: the changes, and what could not be checked."""

from __future__ import annotations

import enum

import msgspec

from bot.core.findings import Severity
from bot.core.listing_content import ListingContent


class ContentField(enum.StrEnum):
    """A part of a page; the value is stored within fingerprints and never changes."""

    BRAND = "brand"
    TITLE = "title"
    MAIN_IMAGE = "main-image"
    FAMILY = "family"
    BULLETS = "bullets"
    DESCRIPTION = "description"
    IMAGES = "images"
    PRODUCT_TYPE = "product-type"
    APLUS = "aplus"


class ListingPair(msgspec.Struct, frozen=True):
    """The page as a person approved it, and as it is now."""

    baseline: ListingContent
    page: ListingContent

    @property
    def tag(self) -> str:
        """The tag of the language in which both are read."""
        return self.baseline.language or self.page.tag


class ContentChange(msgspec.Struct, frozen=True):
    """A difference that a buyer would notice, in words."""

    field: ContentField
    severity: Severity
    summary: str
    """One sentence without its full stop, such as ``The title names another product``."""
    before: str
    """What it was, short; the same place of the text as in ``after``."""
    after: str
    fingerprint: str
    """Names the field and what it says now, in whatever way Amazon writes it."""


class ListingComparison(msgspec.Struct, frozen=True):
    """All that two readings of a page differ in."""

    changes: tuple[ContentChange, ...] = ()
    """The gravest first."""
    unchecked: tuple[ContentField, ...] = ()
    """What one of the two readings could not tell; it says nothing about a change."""
