"""Notifications: what is read of them, whoever wrote them and in whatever casing."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.notifications import (
    LARGEST,
    SUBSCRIBED,
    UNSURE,
    Notification,
    NotificationKind,
    PushSubject,
    UnreadableNotification,
    Way,
    read_notification,
)
from tests.cases import for_each

US = "ATVPDKIKX0DER"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def offers_changed(**trigger: str) -> dict[str, Any]:
    return {
        "NotificationVersion": "1.0",
        "NotificationType": "ANY_OFFER_CHANGED",
        "PayloadVersion": "1.0",
        "EventTime": "2026-11-23T12:00:03Z",
        "NotificationMetadata": {"PublishTime": "2026-11-23T12:00:05.5Z", "NotificationId": "n-1"},
        "Payload": {
            "AnyOfferChangedNotification": {
                "SellerId": "A3TH9S8BH6GOGM",
                "OfferChangeTrigger": {
                    "MarketplaceId": US,
                    "ASIN": "B0ALDER001",
                    "ItemCondition": "New",
                    "TimeOfOfferChange": "2026-11-23T12:00:00Z",
                    **trigger,
                },
                "Summary": {},
                "Offers": [],
            }
        },
    }


def small(value: Any) -> Any:
    """Write every name with a small first letter."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: small(each) for name, each in value.items()}
    return [small(each) for each in value] if isinstance(value, list) else value


def plain(kind: str, **payload: Any) -> dict[str, Any]:
    return {
        "NotificationType": kind,
        "EventTime": "2026-11-23T12:00:00Z",
        "NotificationMetadata": {"NotificationId": "n-2"},
        "Payload": {"MarketplaceId": US, "Asin": "B0ALDER001", **payload},
    }


def read(message: object) -> Notification:
    return read_notification(json.dumps(message))


@pytest.mark.parametrize("change", [lambda message: message, small], ids=["Pascal", "camel"])
def test_a_changed_offer_is_read_in_both_casings(change: Any) -> None:
    assert read(change(offers_changed())) == Notification(
        id="n-1",
        kind=NotificationKind.OFFERS,
        marketplace="US",
        asin="B0ALDER001",
        event_at=AT,
        published_at=AT + timedelta(seconds=5.5),
    )


def test_what_comes_by_eventbridge_is_taken_out_of_its_envelope() -> None:
    message = plain("BRANDED_ITEM_CONTENT_CHANGE", AttributesChanged=["item_name"])
    enveloped = {
        "version": "0",
        "id": "envelope-1",
        "detail-type": "BRANDED_ITEM_CONTENT_CHANGE",
        "source": "aws.partner/sellingpartnerapi.amazon.com/x",
        "time": "2026-11-23T12:09:00Z",
        "detail": message,
    }
    assert read(enveloped) == read(message)
    assert read(enveloped).subject is PushSubject.PAGE


@pytest.mark.parametrize("name", ["LISTINGS_ITEM_STATUS_CHANGE", "LISTINGS_ITEM_STATUS_CHANGED"])
def test_both_names_of_a_changed_status_are_known(name: str) -> None:
    found = read(plain(name, Sku="AF SAUCEPAN 3Q", Status=["BUYABLE"]))
    assert (found.kind, found.sku) == (NotificationKind.LISTING_STATUS, "AF SAUCEPAN 3Q")
    assert found.subject is PushSubject.LISTING


def test_the_wrapped_status_of_an_account_is_read() -> None:
    wrapped = {"previousAccountStatus": "NORMAL", "currentAccountStatus": "AT_RISK"}
    message = {
        "notificationType": "ACCOUNT_STATUS_CHANGED",
        "eventTime": "2026-11-23T12:00:00Z",
        "payload": {"accountStatusChangeNotification": wrapped},
        "notificationMetadata": {"notificationId": "n-3"},
    }
    found = read(message)
    assert (found.subject, found.id, found.event_at) == (PushSubject.ACCOUNT, "n-3", AT)


def test_a_finished_report_is_named() -> None:
    message = {
        "notificationType": "REPORT_PROCESSING_FINISHED",
        "payload": {"reportProcessingFinishedNotification": {"reportId": "ID323"}},
    }
    assert read(message).report == "ID323"


def test_a_kind_that_leads_to_no_look_is_no_mistake() -> None:
    found = read({"NotificationType": "ORDER_CHANGE", "Payload": {}})
    assert found.kind is None
    assert found.subject is PushSubject.NOTHING


def test_a_marketplace_that_is_not_known_is_left_empty() -> None:
    assert read(offers_changed(MarketplaceId="A0UNKNOWN")).marketplace == ""


def test_without_an_id_the_same_text_has_the_same() -> None:
    message = offers_changed()
    del message["NotificationMetadata"]
    assert read(message).id == read(message).id != read(offers_changed(ASIN="B0ALDER002")).id


@pytest.mark.parametrize("time", ["", "yesterday", 17, None, "0001-01-01T00:00:00+14:00", "9" * 99])
def test_a_moment_that_cannot_be_read_is_not_told(time: object) -> None:
    message = plain("ITEM_PRODUCT_TYPE_CHANGE")
    message["EventTime"] = time
    assert read(message).event_at is None


def test_a_moment_without_a_zone_is_utc() -> None:
    message = plain("ITEM_PRODUCT_TYPE_CHANGE")
    message["EventTime"] = "2026-11-23T12:00:00.123456789"
    moment = read(message).event_at
    assert moment is not None
    assert moment.replace(microsecond=0) == AT


@for_each(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "does not say which kind"),
        ('{"NotificationType": 7}', "does not say which kind"),
        ('{"NotificationType": "ANY_OFFER_CHANGED"}', "names no product"),
        ('{"NotificationType": "ANY_OFFER_CHANGED", "Payload": "x"}', "names no product"),
        ('{"NotificationType": "REPORT_PROCESSING_FINISHED"}', "names no report"),
        ("x" * (LARGEST + 1), "characters"),
        (json.dumps(plain("ITEM_PRODUCT_TYPE_CHANGE", Asin="<script>")), "names no product"),
        (json.dumps(plain("ITEM_PRODUCT_TYPE_CHANGE", Asin=["B0ALDER001"])), "names no product"),
    ],
)
def test_what_is_no_notification_is_refused_and_says_why(text: str, why: str) -> None:
    with pytest.raises(UnreadableNotification, match=why):
        read_notification(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_in_the_payload_is_read_or_refused(junk: object) -> None:
    for message in (
        junk,
        {"NotificationType": "ANY_OFFER_CHANGED", "Payload": junk},
        {**offers_changed(), "NotificationMetadata": junk, "EventTime": junk},
        {"detail-type": "x", "detail": junk},
    ):
        with suppress(UnreadableNotification):
            assert read(message).id


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnreadableNotification):
        assert read_notification(text).id


def test_what_a_look_has_shown_already_is_outdated() -> None:
    late = read(offers_changed())
    assert late.is_outdated(AT + UNSURE + timedelta(seconds=1))
    assert not late.is_outdated(AT + UNSURE)
    assert not late.is_outdated(None)


def test_what_does_not_tell_when_it_happened_is_never_outdated() -> None:
    message = plain("ITEM_PRODUCT_TYPE_CHANGE")
    del message["EventTime"]
    assert not read(message).is_outdated(AT + timedelta(days=1))


def test_what_is_asked_for_goes_by_the_way_that_amazon_sends_it() -> None:
    by_queue = {kind.type for kind in SUBSCRIBED if kind.way is Way.SQS}
    assert by_queue == {
        "ANY_OFFER_CHANGED",
        "PRICING_HEALTH",
        "ACCOUNT_STATUS_CHANGED",
    }
    assert {kind.type for kind in SUBSCRIBED} - by_queue == {
        "BRANDED_ITEM_CONTENT_CHANGE",
        "ITEM_PRODUCT_TYPE_CHANGE",
        "LISTINGS_ITEM_STATUS_CHANGE",
        "LISTINGS_ITEM_ISSUES_CHANGE",
    }
