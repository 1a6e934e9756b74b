"""What Amazon's notifications say: which kind, of what, and when. Pure.

A notification is a reason to look and never a proof: what it says of offers and pages is not read.
Source: the notification schemas of Amazon's models, and the issues on them. The casing of names
changed once for one type, so all names are taken in either. A notification of EventBridge comes in
an envelope, one of SQS without.
"""

from __future__ import annotations

import enum
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.core.marketplaces import Marketplace
from bot.errors import BrandwardenError

LARGEST = 256 * 1024
"""Characters of a message. Amazon's are a tenth of it."""
LONGEST_ID = 100
LONGEST_SKU = 100
UNSURE = timedelta(minutes=1)
"""A look shows what had changed so long before it ended. Two clocks are compared, a look takes a
while, and when it was made is stored to the minute."""

_ASIN = re.compile(r"[0-9A-Z]{1,20}", re.ASCII)
_PLAIN = re.compile(r"[!-~]+", re.ASCII)


class Way(enum.Enum):
    """How Amazon sends a kind of notification."""

    SQS = "sqs"
    EVENT_BRIDGE = "eventBridge"


class PushSubject(enum.StrEnum):
    """What is looked at because of a notification. Stored."""

    OFFERS = "offers"
    PAGE = "page"
    LISTING = "listing"
    ACCOUNT = "account"
    REPORT = "report"
    NOTHING = "nothing"


OF_PRODUCTS = frozenset((PushSubject.OFFERS, PushSubject.PAGE, PushSubject.LISTING))
"""What can be looked at of a named product alone."""


class NotificationKind(enum.Enum):
    """A kind that leads to a look: Amazon's name, the payload's version, its way, what to look at.

    Source: the notification schemas in Amazon's models, and its list of notification types.
    """

    OFFERS = ("ANY_OFFER_CHANGED", "1.0", Way.SQS, PushSubject.OFFERS)
    B2B_OFFERS = ("B2B_ANY_OFFER_CHANGED", "1.0", Way.SQS, PushSubject.OFFERS)
    PRICING_HEALTH = ("PRICING_HEALTH", "1.0", Way.SQS, PushSubject.OFFERS)
    ACCOUNT_STATUS = ("ACCOUNT_STATUS_CHANGED", "1.0", Way.SQS, PushSubject.ACCOUNT)
    REPORT_FINISHED = ("REPORT_PROCESSING_FINISHED", "1.0", Way.SQS, PushSubject.REPORT)
    CONTENT = ("BRANDED_ITEM_CONTENT_CHANGE", "1.0", Way.EVENT_BRIDGE, PushSubject.PAGE)
    PRODUCT_TYPE = ("ITEM_PRODUCT_TYPE_CHANGE", "1.0", Way.EVENT_BRIDGE, PushSubject.PAGE)
    LISTING_STATUS = ("LISTINGS_ITEM_STATUS_CHANGE", "1.0", Way.EVENT_BRIDGE, PushSubject.LISTING)
    LISTING_ISSUES = (
        "LISTINGS_ITEM_ISSUES_CHANGE",
        "2023-12-13",
        Way.EVENT_BRIDGE,
        PushSubject.LISTING,
    )

    def __init__(self, type_: str, version: str, way: Way, subject: PushSubject) -> None:
        """Name the parts of the value."""
        self.type = type_
        self.version = version
        self.way = way
        self.subject = subject

    @staticmethod
    def named(text: str) -> NotificationKind | None:
        """Return the kind that Amazon calls so; None: it leads to no look."""
        return _BY_NAME.get(text)


_BY_NAME = {
    **{kind.type: kind for kind in NotificationKind},
    # The schema's own name for it, and Amazon's list has the other one.
    "LISTINGS_ITEM_STATUS_CHANGED": NotificationKind.LISTING_STATUS,
}

SUBSCRIBED = tuple(
    kind
    for kind in NotificationKind
    if kind not in (NotificationKind.B2B_OFFERS, NotificationKind.REPORT_FINISHED)
)
"""What is asked for. Prices for companies are not watched, and whoever wants a report waits for it
anyway: both are read where they come."""


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """What came: the kind, of which product, and when. What is not told is empty, or None."""

    id: str
    """Amazon's own, by which a second delivery is known; else made of the text."""
    kind: NotificationKind | None
    """None: a kind that leads to no look."""
    marketplace: str = ""
    """The marketplace's code; empty also where it is one that we do not know."""
    asin: str = ""
    sku: str = ""
    report: str = ""
    event_at: datetime | None = None
    """When that happened of which it tells."""
    published_at: datetime | None = None

    @property
    def subject(self) -> PushSubject:
        """What is looked at because of it."""
        return self.kind.subject if self.kind else PushSubject.NOTHING

    def is_outdated(self, seen_at: datetime | None) -> bool:
        """Tell whether a look that ended at ``seen_at`` has shown already what it tells of.

        What does not tell when it happened is never outdated.
        """
        if self.event_at is None or seen_at is None:
            return False
        return self.event_at < seen_at - UNSURE


class UnreadableNotification(BrandwardenError):
    """A message that is no notification, or names nothing that can be looked at."""

    default_message = "The message is not a notification of Amazon's."


Fields = Mapping[str, Any]


def read_notification(text: str) -> Notification:
    """Read the text of one message.

    Raises:
        UnreadableNotification: it is none; the sentence says why.
    """
    fields = _notification(_object(text))
    kind = _text(fields, "notificationtype", LONGEST_ID)
    if not kind:
        message = "The message does not say which kind of notification it is."
        raise UnreadableNotification(message)
    known = NotificationKind.named(kind)
    metadata = _part(fields, "notificationmetadata")
    payload = _payload(fields)
    told = _part(payload, "offerchangetrigger") or payload
    market = Marketplace.of_id(_text(told, "marketplaceid", LONGEST_ID))
    notification = Notification(
        id=_text(metadata, "notificationid", LONGEST_ID) or digest_of(text),
        kind=known,
        marketplace=market.code if market else "",
        asin=_asin(told),
        sku=_sku(told),
        report=_text(payload, "reportid", LONGEST_ID),
        event_at=_moment(told, "timeofofferchange") or _moment(fields, "eventtime"),
        published_at=_moment(metadata, "publishtime"),
    )
    _check(notification)
    return notification


def _check(notification: Notification) -> None:
    """Refuse what must name a product, and does not."""
    if notification.subject in OF_PRODUCTS and not notification.asin and not notification.sku:
        message = "The notification names no product."
        raise UnreadableNotification(message)
    if notification.subject is PushSubject.REPORT and not notification.report:
        message = "The notification names no report."
        raise UnreadableNotification(message)


def _object(text: str) -> Fields:
    if len(text) > LARGEST:
        message = f"The message has more than {LARGEST:,} characters."
        raise UnreadableNotification(message)
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        message = "The message is not JSON."
        raise UnreadableNotification(message) from None
    if not isinstance(found, dict):
        message = "The message is not a JSON object."
        raise UnreadableNotification(message)
    return _folded(found)


def _notification(message: Fields) -> Fields:
    """Return what is in the envelope, where there is one."""
    detail = message.get("detail")
    return _folded(detail) if isinstance(detail, dict) and "detail-type" in message else message


def _payload(fields: Fields) -> Fields:
    """Return the payload; some kinds wrap it once more, under a name of their own."""
    payload = _part(fields, "payload")
    inner = [name for name in payload if name.endswith("notification")]
    return _part(payload, inner[0]) if len(inner) == 1 else payload


def _folded(fields: Mapping[str, Any]) -> Fields:
    """Return the fields by their names in small letters."""
    return {name.lower(): value for name, value in fields.items()}


def _part(fields: Fields, name: str) -> Fields:
    found = fields.get(name)
    return _folded(found) if isinstance(found, dict) else {}


def _text(fields: Fields, name: str, longest: int) -> str:
    """Return a plain word; empty where there is none, or what is there is not one."""
    found = fields.get(name)
    if not isinstance(found, str) or len(found) > longest or not _PLAIN.fullmatch(found):
        return ""
    return found


def _asin(fields: Fields) -> str:
    found = _text(fields, "asin", LONGEST_ID)
    return found if _ASIN.fullmatch(found) else ""


def _sku(fields: Fields) -> str:
    # Sellers choose them, and take spaces and other letters into them.
    found = fields.get("sku", fields.get("sellersku"))
    usable = isinstance(found, str) and len(found) <= LONGEST_SKU and found.isprintable()
    return str(found) if usable else ""


def _moment(fields: Fields, name: str) -> datetime | None:
    found = fields.get(name)
    if not isinstance(found, str) or len(found) > LONGEST_ID:
        return None
    try:
        moment = datetime.fromisoformat(found)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def digest_of(text: str) -> str:
    """Return a short name of a message's text: the same for the same text."""
    # A whole SHA-256 in a stored field would be taken for the name of a kept file.
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:40]
