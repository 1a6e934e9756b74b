"""The shapes of searchListingsItems, as far as they tell how a listing is.

Source: the model listingsItems_2021-08-01. Every field may be absent, and each data set is read by
itself, so that an unreadable one spoils no other.
"""

from __future__ import annotations

import msgspec

from adapters.amazon.answers import Loose
from adapters.amazon.content_answers import ABSENT
from adapters.amazon.exchange import decode


class StateSummary(msgspec.Struct, frozen=True, rename="camel"):
    """What a summary tells of a listing in one marketplace."""

    marketplace_id: str | None = None
    asin: str | None = None
    product_type: str | None = None
    status: list[str] | None = None


class StateOffer(msgspec.Struct, frozen=True, rename="camel"):
    """One of our offers on a listing."""

    marketplace_id: str | None = None
    offer_type: str | None = None


class StateStock(msgspec.Struct, frozen=True, rename="camel"):
    """The units for sale in one channel of fulfillment."""

    fulfillment_channel_code: str | None = None
    quantity: Loose = None


class EnforcedAction(msgspec.Struct, frozen=True):
    """Something that Amazon does because of an issue."""

    action: str | None = None


class Exemption(msgspec.Struct, frozen=True, rename="camel"):
    """Whether Amazon does it yet."""

    status: str | None = None
    expiry_date: str | None = None


class Enforcements(msgspec.Struct, frozen=True):
    """What Amazon does because of an issue, and whether it does yet."""

    actions: list[EnforcedAction] | None = None
    exemption: Exemption | None = None


class IssueRow(msgspec.Struct, frozen=True, rename="camel"):
    """Something that Amazon has against a listing; without marketplaces it is about all."""

    code: str | None = None
    message: str | None = None
    severity: str | None = None
    categories: list[str] | None = None
    enforcements: Enforcements | None = None
    marketplace_ids: list[str] | None = None


class _Named(msgspec.Struct, frozen=True):
    sku: str | None = None


class StateParts(msgspec.Struct, frozen=True, rename="camel"):
    """A listing with its data sets as they came."""

    summaries: msgspec.Raw = ABSENT
    issues: msgspec.Raw = ABSENT
    offers: msgspec.Raw = ABSENT
    fulfillment_availability: msgspec.Raw = ABSENT


class _Answer(msgspec.Struct, frozen=True, rename="camel"):
    items: list[msgspec.Raw]
    number_of_results: Loose = None


read_answer = msgspec.json.Decoder(_Answer).decode
read_parts = msgspec.json.Decoder(StateParts).decode
read_summaries = msgspec.json.Decoder(list[StateSummary] | None).decode
read_offers = msgspec.json.Decoder(list[StateOffer] | None).decode
read_stocks = msgspec.json.Decoder(list[StateStock] | None).decode
read_rows = msgspec.json.Decoder(list[msgspec.Raw] | None).decode
read_issue = msgspec.json.Decoder(IssueRow).decode
_read_named = msgspec.json.Decoder(_Named).decode


def sku_of(item: bytes | msgspec.Raw) -> str:
    """Return a listing's SKU. Raises Unreadable: it has none that can be read."""
    return decode(_read_named, item).sku or ""
