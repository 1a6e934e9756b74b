"""How the account is rated: the performance report, read with each of its oddities."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.amazon.performance import read_performance
from adapters.amazon.sp_api import SpApiSource
from bot.core.account_health import AccountHealth, AccountHealthSource
from bot.core.marketplaces import Marketplace
from bot.errors import AccessRefused, SourceError, Unavailable
from tests.unit.adapters.amazon.account import Account
from tests.unit.adapters.amazon.amazon import US, Amazon, Json, Obj, json_reply
from tests.unit.adapters.amazon.conftest import NOW

DE = "A1PA6795UKMFR9"


def content(*statuses: tuple[str, str], **figures: Json) -> bytes:
    return json.dumps(
        {
            "accountStatuses": [{"marketplaceId": id, "status": word} for id, word in statuses],
            "performanceMetrics": [{"marketplaceId": US, **figures}],
        }
    ).encode()


def read(report: bytes, code: str = "US") -> AccountHealth:
    return read_performance(report, Marketplace.named(code), NOW).result


def test_the_status_is_that_of_the_marketplace() -> None:
    report = content((DE, "AT_RISK"), (US, "NORMAL"))
    assert (read(report).status, read(report, "DE").status) == ("NORMAL", "AT_RISK")


def test_figures_that_miss_the_target_are_named_whatever_they_are() -> None:
    found = read(
        content(
            (US, "NORMAL"),
            lateShipmentRate={"status": "BAD", "rate": 0.2},
            validTrackingRate={"status": "GOOD"},
            orderDefectRate={"mfn": {"status": "GOOD"}, "afn": {"status": "BAD"}},
            somethingOfTomorrow={"status": "BAD"},
            otherPolicyViolations={"status": 7},
            documentRequests=None,
            warningStates=["X"],
        )
    )
    assert found.bad == ("lateShipmentRate", "orderDefectRate", "somethingOfTomorrow")
    assert not found.warned


@pytest.mark.parametrize("name", ["ahrStatus", "accountHealthRatingStatus"])
def test_the_rating_has_two_names(name: str) -> None:
    assert read(content((US, "NORMAL"), accountHealthRating={name: "WARNED"})).warned
    assert not read(content((US, "NORMAL"), accountHealthRating={name: "GREAT"})).warned


def test_a_word_of_tomorrow_is_kept() -> None:
    assert read(content((US, "paused\n!"))).status == "PAUSED !"


def test_figures_of_another_marketplace_are_passed_over() -> None:
    report = content((DE, "NORMAL"), lateShipmentRate={"status": "BAD"})
    assert read(report, "DE").bad == ()


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"{}",
        b"[]",
        b"<html>",
        content(),
        content((DE, "NORMAL")),
        content((US, "")),
        b'{"accountStatuses": [{"marketplaceId": 5}]}',
    ],
)
def test_what_says_nothing_of_the_marketplace_is_no_all_clear(report: bytes) -> None:
    with pytest.raises(SourceError):
        read(report)


def test_figures_that_cannot_be_read_leave_the_status() -> None:
    report = {"accountStatuses": [{"marketplaceId": US, "status": "AT_RISK"}]}
    odd: Obj = {**report, "performanceMetrics": "none"}  # type: ignore[dict-item]
    assert read(json.dumps(odd).encode()).status == "AT_RISK"


async def test_the_report_is_asked_for_waited_for_and_unpacked(
    source: SpApiSource, amazon: Amazon
) -> None:
    assert isinstance(source, AccountHealthSource)
    account = Account(document=content((US, "AT_RISK")), packed=True)
    amazon.always = account
    reading = await source.account_health("US")
    assert reading.result.status == "AT_RISK"
    assert account.bodies == [
        {"reportType": "GET_V2_SELLER_PERFORMANCE_REPORT", "marketplaceIds": [US]}
    ]


@pytest.mark.parametrize("status", ["CANCELLED", "FATAL"])
async def test_a_report_that_is_not_made_tells_nothing(
    source: SpApiSource, amazon: Amazon, status: str
) -> None:
    amazon.always = Account(statuses=[status])
    with pytest.raises(Unavailable):
        await source.account_health("US")


async def test_without_the_role_nobody_can_tell(source: SpApiSource, amazon: Amazon) -> None:
    denied: Json = {"errors": [{"code": "Unauthorized"}]}
    amazon.script = [json_reply(403, denied)] * 4
    with pytest.raises(AccessRefused):
        await source.account_health("US")
    with pytest.raises(AccessRefused):
        await source.inactive_in("US")


async def test_where_the_listings_are_inactive(source: SpApiSource, amazon: Amazon) -> None:
    def shop(id: str, *, inactive: Json) -> Json:
        told: Json = {"isParticipating": True, "hasSuspendedListings": inactive}
        return {"marketplace": {"id": id}, "participation": told}

    shops: Json = [
        shop(US, inactive=True),
        shop("A2EUQ1WTGCTBG2", inactive=False),
        shop("A1AM78C64UM0Y8", inactive=None),
        shop(DE, inactive=True),
    ]
    amazon.script = [json_reply(200, {"payload": shops})]
    assert await source.inactive_in("US") == ("US",)


@pytest.mark.conformance
def test_the_example_of_the_schema() -> None:
    path = Path(os.environ["SPECS_DIR"]) / "sp-api" / "accountHealthReport-2020-11-18.json"
    [example, *_] = json.loads(path.read_text("utf-8"))["examples"]
    found = read(json.dumps(example).encode())
    assert (found.status, found.warned) == ("AT_RISK", True)
    assert {"listingPolicyViolations", "productSafetyCustomerComplaints"} <= set(found.bad)
    assert "lateShipmentRate" not in found.bad
    assert read(json.dumps(example).encode(), "MX").status == "SUSPENDED"
