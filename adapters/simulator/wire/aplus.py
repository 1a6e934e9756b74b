"""The shapes of A+ content: searchContentPublishRecords and getContentDocument."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType


class PublishRecord(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """That a document is published on a page."""

    marketplace_id: str
    locale: str = "en-US"
    asin: str
    content_type: str = "EMC"
    content_reference_key: str


class PublishRecords(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """All that is published on a page."""

    publish_record_list: tuple[PublishRecord, ...]
    next_page_token: str | UnsetType = UNSET


class TextComponent(msgspec.Struct, frozen=True):
    """A text."""

    value: str


class Paragraph(msgspec.Struct, frozen=True, rename="camel"):
    """A paragraph."""

    text_list: tuple[TextComponent, ...]


class Pixels(msgspec.Struct, frozen=True):
    """A length."""

    value: int
    units: str = "pixels"


class Dimensions(msgspec.Struct, frozen=True):
    """The size of a picture."""

    width: Pixels = Pixels(970)
    height: Pixels = Pixels(600)


class Crop(msgspec.Struct, frozen=True):
    """Which part of a picture is shown."""

    size: Dimensions = Dimensions()


class ImageComponent(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A picture of the library."""

    upload_destination_id: str
    image_crop_specification: Crop = Crop()
    alt_text: str


class ImageTextBlock(msgspec.Struct, frozen=True):
    """A picture and its text."""

    image: ImageComponent
    body: Paragraph


class HeaderImageText(msgspec.Struct, frozen=True):
    """A headline over a picture."""

    headline: TextComponent
    block: ImageTextBlock


class PlainText(msgspec.Struct, frozen=True):
    """A text without a picture."""

    body: Paragraph


class ContentModule(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A module of either type that the marketplace knows."""

    content_module_type: str
    standard_header_image_text: HeaderImageText | UnsetType = UNSET
    standard_text: PlainText | UnsetType = UNSET


class ContentDocument(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A document."""

    name: str
    content_type: str = "EMC"
    locale: str = "en-US"
    content_module_list: tuple[ContentModule, ...]


class ContentRecord(msgspec.Struct, frozen=True, rename="camel"):
    """A document with its key."""

    content_reference_key: str
    content_document: ContentDocument


class DocumentAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """The answer of getContentDocument."""

    content_record: ContentRecord
