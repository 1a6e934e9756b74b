"""The examples of Amazon's own notification schemas, read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validators

from bot.core.notifications import NotificationKind, PushSubject, read_notification

pytestmark = pytest.mark.conformance

FILES = {
    NotificationKind.OFFERS: "AnyOfferChangedNotification.json",
    NotificationKind.PRICING_HEALTH: "PricingHealthNotification.json",
    NotificationKind.CONTENT: "BrandedItemContentChangeNotification.json",
    NotificationKind.PRODUCT_TYPE: "ItemProductTypeChangeNotification.json",
    NotificationKind.LISTING_STATUS: "ListingsItemStatusChangeNotification.json",
    NotificationKind.LISTING_ISSUES: "ListingsItemIssuesChangeNotification_2023-12-13.json",
}


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (Path(os.environ["SPECS_DIR"]) / "sp-api" / name).read_text("utf-8")
    )
    return found


@pytest.mark.parametrize("kind", FILES, ids=lambda kind: kind.type)
def test_each_example_is_read(kind: NotificationKind) -> None:
    [example, *_] = schema(FILES[kind])["examples"]
    found = read_notification(json.dumps(example))
    names = {name.lower(): value for name, value in example.items()}
    metadata = {name.lower(): value for name, value in names["notificationmetadata"].items()}
    assert found.kind is kind
    assert found.id == metadata["notificationid"]
    assert found.marketplace == "US"
    assert found.asin
    assert found.event_at is not None
    assert found.published_at is not None
    assert bool(found.sku) == (found.subject is PushSubject.LISTING)


@pytest.mark.parametrize(
    "kind",
    [NotificationKind.CONTENT, NotificationKind.PRODUCT_TYPE, NotificationKind.LISTING_ISSUES],
    ids=lambda kind: kind.type,
)
def test_versions_of_the_payload_are_those_of_the_schema(kind: NotificationKind) -> None:
    [example, *_] = schema(FILES[kind])["examples"]
    assert example["PayloadVersion"] == kind.version


def test_what_is_required_of_a_companys_offer_is_enough() -> None:
    model = schema("B2bAnyOfferChangedNotification.json")
    text = json.dumps(model)
    assert '"OfferChangeTrigger"' in text or '"offerChangeTrigger"' in text
    validators.validator_for(model).check_schema(model)
