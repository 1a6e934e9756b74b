"""What can go wrong at the marketplace, and the switchboard that decides when it does.

A fault comes from the scenario (a window of scenario time) or is switched on by a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Annotated

import msgspec

from adapters.simulator.quota import SELLING_PARTNER_API, Operation


class Fault(Enum):
    """A way to fail. Each one has been seen at Amazon; the comment says what the caller gets.

    The first group spoils the whole answer, the second the part that speaks of one ASIN, the third
    stands in a page's place. A fault that makes no sense for an operation (a wrong Buy Box flag in
    the catalogue) never strikes.
    """

    HTML_503 = "html_503"  # status 503 with an HTML page
    EMPTY_429 = "empty_429"  # status 429 without a body
    QUOTA_429 = "quota_429"  # status 429 with Amazon's QuotaExceeded body
    TIMEOUT = "timeout"  # no answer until the caller leaves or the server closes
    SLOW = "slow"  # the right answer, `delay` seconds late
    DROPPED_CONNECTION = "dropped_connection"  # the connection ends in the middle of the body
    TRUNCATED_JSON = "truncated_json"  # a complete HTTP answer with half of the JSON
    NOT_JSON = "not_json"  # status 200, said to be JSON, but an HTML page
    EXPIRED_TOKEN = "expired_token"  # status 403, and the token is dead from then on
    SECRET_EXPIRED = "secret_expired"  # status 403: the app's client secret is too old
    SECURITY_TOKEN_EXPIRED = "security_token_expired"  # status 403: a token of Amazon's own is
    ROLE_MISSING = "role_missing"  # status 403 without details
    REFUSED_REQUEST = "refused_request"  # status 400: one ASIN spoils the whole request
    GARBAGE_LIMIT_HEADER = "garbage_limit_header"  # x-amzn-RateLimit-Limit is no number

    INNER_500 = "inner_500"  # this part of the batch has status 500
    INNER_429 = "inner_429"  # this part of the batch has status 429
    MISSING_INNER = "missing_inner"  # this part is absent from the answer
    FALSE_ZERO = "false_zero"  # success, but no offers and a count of 0
    NO_BUYABLE_OFFERS = "no_buyable_offers"  # status NoBuyableOffers and no offers
    TOO_SOON = "too_soon"  # status ActiveButTooSoonForProcessing and no offers
    WRONG_BUY_BOX_FLAG = "wrong_buy_box_flag"  # IsBuyBoxWinner and MyOffer on a wrong offer
    TWO_WINNERS = "two_winners"  # a Prime and a non-Prime winner
    TOP_TWENTY = "top_twenty"  # `seller` is absent from the list but still counted
    UNKNOWN_ENUM = "unknown_enum"  # conditions, channels and status with values nobody knows
    MISSING_FIELDS = "missing_fields"  # many fields are absent, required ones too
    MISSING_DATA_SET = "missing_data_set"  # data sets that were asked for are absent
    LISTING_FLICKER = "listing_flicker"  # our listing seems not for sale, as while it is processed
    SHUFFLED_TIES = "shuffled_ties"  # offers of the same price in a random order

    KEEPA_TOKENS = "keepa_tokens"  # status 429 of Keepa, with what it says of the tokens
    HUGE = "huge"  # status 200 and more than anybody should read

    REPORT_CANCELLED = "report_cancelled"  # the report is cancelled, as if there were no data
    REPORT_FATAL = "report_fatal"  # the report could not be made
    EMPTY_REPORT = "empty_report"  # the report has no rows

    LOGIN_WALL = "login_wall"  # the page leads to the login
    CAPTCHA = "captcha"  # status 200 with a captcha in the page's place
    DOG_PAGE = "dog_page"  # status 503 with the page that says sorry


class FaultWindow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fault that is on while `from` <= scenario time < `to`.

    `operation` None means every operation of the Selling Partner API, but neither the login
    nor the pages; `asin` None means every ASIN. `times` bounds how often it strikes.
    """

    kind: Fault
    start: Annotated[float, msgspec.Meta(ge=0)] = msgspec.field(default=0.0, name="from")
    end: float = msgspec.field(default=float("inf"), name="to")
    operation: Operation | None = None
    asin: str | None = None
    seller: str | None = None
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    delay: Annotated[float, msgspec.Meta(ge=0)] = 2.0

    def concerns(self, operation: Operation, asins: tuple[str, ...], now: float) -> bool:
        """Whether the window is open for a request about these ASINs."""
        if not self.start <= now < self.end:
            return False
        if self.asin is not None and self.asin not in asins:
            return False
        if self.operation is None:
            return operation in SELLING_PARTNER_API
        return self.operation is operation


@dataclass
class _Switch:
    """A window and how many strikes it has left (None: any number)."""

    window: FaultWindow
    left: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.window.times
        # An expired token is replaced by a good one: striking again would never let one live.
        if self.left is None and self.window.kind is Fault.EXPIRED_TOKEN:
            self.left = 1


Strike = Callable[[Fault], FaultWindow | None]
"""Asks whether a fault strikes; the operation, the ASINs and the time are already decided."""


class Faults:
    """The switchboard: the windows of a scenario plus what a test switches on and off."""

    def __init__(self, windows: tuple[FaultWindow, ...] = ()) -> None:
        self._scheduled = [_Switch(window) for window in windows]
        self._manual: list[_Switch] = []

    def on(
        self,
        kind: Fault,
        *,
        operation: Operation | None = None,
        asin: str | None = None,
        seller: str | None = None,
        times: int | None = None,
        delay: float = 2.0,
    ) -> None:
        """Switch a fault on until `off`, or until it has struck `times` times.

        `delay` (seconds) belongs to SLOW, `seller` to TOP_TWENTY; the rest is as in a window.
        """
        window = FaultWindow(
            kind=kind, operation=operation, asin=asin, seller=seller, times=times, delay=delay
        )
        self._manual.append(_Switch(window))

    def off(self, kind: Fault | None = None) -> None:
        """Switch off what `on` switched on: one kind, or everything. Windows stay."""
        self._manual = [
            switch for switch in self._manual if kind is not None and switch.window.kind is not kind
        ]

    def striker(self, operation: Operation, asins: tuple[str, ...], now: float) -> Strike:
        """`strike` for one request, or for one ASIN of it."""
        return partial(self.strike, operation=operation, asins=asins, now=now)

    def strike(
        self, kind: Fault, operation: Operation, asins: tuple[str, ...], now: float
    ) -> FaultWindow | None:
        """Let the first fitting switch strike and return its window; None: all is well."""
        for switch in [*self._manual, *self._scheduled]:
            window = switch.window
            if window.kind is not kind or switch.left == 0:
                continue
            if not window.concerns(operation, asins, now):
                continue
            if switch.left is not None:
                switch.left -= 1
            return window
        return None
