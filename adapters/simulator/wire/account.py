"""The shapes of what an account is told: where it sells, and how its reports come along."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType


class StoreMarketplace(msgspec.Struct, frozen=True, rename="camel"):
    """A marketplace in which the account may sell."""

    id: str
    name: str
    country_code: str
    default_currency_code: str
    default_language_code: str
    domain_name: str


class StoreParticipation(msgspec.Struct, frozen=True, rename="camel"):
    """Whether the account sells there."""

    is_participating: bool
    has_suspended_listings: bool


class StoreInMarketplace(msgspec.Struct, frozen=True, rename="camel"):
    """The account's shop in a marketplace."""

    marketplace: StoreMarketplace
    store_name: str
    participation: StoreParticipation


class Stores(msgspec.Struct, frozen=True):
    """The body of getMarketplaceParticipations."""

    payload: tuple[StoreInMarketplace, ...]


class ReportAccepted(msgspec.Struct, frozen=True, rename="camel"):
    """The body of createReport."""

    report_id: str


class ReportStatus(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The body of getReport."""

    report_id: str
    report_type: str
    created_time: str
    processing_status: str
    marketplace_ids: tuple[str, ...]
    report_document_id: str | UnsetType = UNSET


class ReportAddress(msgspec.Struct, frozen=True, rename="camel"):
    """The body of getReportDocument: where it is, and how it is packed."""

    report_document_id: str
    url: str
    compression_algorithm: str
