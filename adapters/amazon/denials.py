"""Why Amazon refuses a request, in its own words, and what to do about it."""

from __future__ import annotations

from http import HTTPStatus

import msgspec

from adapters.amazon.exchange import Unreadable, decode
from adapters.http.exchange import Answer
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import AccessRefused, LoginError, Refused, SourceError, Unavailable

LONGEST_QUOTE = 200
"""How many characters of Amazon's own words are shown."""
MOST_ERRORS = 3

ACCESS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
"""Statuses by which Amazon denied access."""

ROLES = {
    Operation.SEARCH_CATALOG: "Product Listing",
    Operation.SEARCH_LISTINGS: "Product Listing",
    Operation.GET_LISTING: "Product Listing",
    Operation.APLUS_RECORDS: "Product Listing",
    Operation.APLUS_DOCUMENT: "Product Listing",
    Operation.PARTICIPATIONS: "Finance and Accounting",
    Operation.CREATE_REPORT: "Product Listing",
    Operation.GET_REPORT: "Product Listing",
    Operation.GET_REPORT_DOCUMENT: "Product Listing",
    # Each kind of notification has a list of its own, and any one of it will do.
    Operation.SUBSCRIPTION: "right",
    Operation.DESTINATIONS: "right",
    Operation.TEST_NOTIFICATION: "right",
}
"""The role that an operation needs, where it is not the one that offers need."""
PRICING = "Pricing"


class ApiError(msgspec.Struct, frozen=True):
    """One of the errors that Amazon names. What it is about often stands in the details alone."""

    code: str | None = None
    message: str | None = None
    details: str | None = None

    def __str__(self) -> str:
        """Return it on one line."""
        said = ": ".join(part for part in (self.code, self.message) if part)
        return f"{said} ({self.details})" if self.details else said


class ApiErrors(msgspec.Struct, frozen=True):
    """A body that says why there is no payload."""

    errors: list[ApiError] | None = None


_read_errors = msgspec.json.Decoder(ApiErrors).decode


def errors_of(body: bytes | msgspec.Raw) -> list[ApiError]:
    """Return the first errors that a body names; none where it cannot be read."""
    try:
        return (decode(_read_errors, body).errors or [])[:MOST_ERRORS]
    except Unreadable:
        return []


def quoted(body: bytes | msgspec.Raw) -> str:
    """Return Amazon's own words, cut short and without a final stop; empty where it gave none."""
    words = "; ".join(filter(None, map(str, errors_of(body))))
    return one_line(words, LONGEST_QUOTE).rstrip(".")


def refusal(answer: Answer, operation: Operation) -> SourceError:
    """Return the error of an answer that Amazon refuses for good, or until somebody acts."""
    said = quoted(answer.body)
    if answer.status not in ACCESS:
        more = f": {said}" if said else ""
        message = f"Amazon refused the request ({answer.status}){more}."
        return Refused(message, answer.status, answer.body)
    if not answer.is_json:
        return Unavailable(BY_A_PAGE.format(status=answer.status))
    return _access_refused(said, ROLES.get(operation, PRICING))


# What to do stands first: where there is little room, only the beginning is shown.
BY_A_PAGE = (
    "Access was refused with a web page ({status}), perhaps by a firewall or proxy: check both. If "
    "the page is Amazon's own, the problem usually passes."
)
OUT_OF_DATE = (
    "The app's client secret has expired. Rotate it on the app's page in Seller Central and put "
    "the new one into the settings. Authorizing the app again does not help."
)
AMAZON_EXPIRED = (
    "Amazon's own security token has expired. This is on Amazon's side and usually passes "
    "within half an hour. Just wait: you do not need to change anything."
)
REVOKED = (
    "Amazon rejected the app's access token. Authorize the app again in Seller Central and use the "
    "new refresh token; check that it is the token of this region's account."
)
ROLE_MISSING = (
    "Amazon denied access. Check that the app has the {role} role, then authorize it again in "
    "Seller Central."
)


def _access_refused(said: str, role: str) -> SourceError:
    """Tell by Amazon's words whose fault it is (facts: 403, the details tell the cause)."""
    words = said.lower()
    more = f" Amazon says: {said}." if said else ""
    expired = "expired" in words
    if expired and "secret" in words:
        return LoginError(OUT_OF_DATE + more)
    if expired and "security token" in words:
        return Unavailable(AMAZON_EXPIRED + more)
    if any(word in words for word in ("revoked", "malformed", "access token")):
        return AccessRefused(REVOKED + more)
    return AccessRefused(ROLE_MISSING.format(role=role) + more)
