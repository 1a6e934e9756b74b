"""The login: access tokens by Login with Amazon, and the check that every call goes through.

Errors have the codes and texts that Amazon and OAuth 2.0 (RFC 6749, section 5.2) use.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from hmac import compare_digest

import msgspec

NOTIFICATIONS_SCOPE = "sellingpartnerapi::notifications"
KEPT_TOKENS = 1000


@dataclass(frozen=True)
class Credentials:
    """What a caller must present. The defaults open the demo and nothing else."""

    client_id: str = "amzn1.application-oa2-client.simulated"
    client_secret: str = "simulated-secret"
    refresh_token: str = "Atzr|simulated"


class Grant(msgspec.Struct, frozen=True, omit_defaults=True):
    """A successful login. `expires_in` is in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str | None = None


class Denial(msgspec.Struct, frozen=True):
    """A failed login: OAuth's error code and a description."""

    error: str
    error_description: str


class TokenState(Enum):
    """Whether a call may pass. The value is the detail that Amazon's error body gives."""

    GOOD = ""
    MISSING = "Access token is missing in the request header."
    UNKNOWN = "The access token you provided is revoked, malformed or invalid."
    EXPIRED = "The access token you provided has expired."


@dataclass(frozen=True)
class _Token:
    """Until when (monotonic seconds) a token lives, and whether it speaks for the seller."""

    expires_at: float
    for_seller: bool


class Login:
    """Hands out access tokens and knows which of them are good.

    `expires_in` is the life of a token in real seconds, told by `monotonic`.
    """

    def __init__(
        self, credentials: Credentials, expires_in: int, monotonic: Callable[[], float]
    ) -> None:
        self._credentials = credentials
        self._expires_in = expires_in
        self._monotonic = monotonic
        self._tokens: dict[str, _Token] = {}

    def grant(self, form: Mapping[str, str]) -> Grant | Denial:
        """Answer a token request, given the fields of its form."""
        known = self._credentials
        if not (
            _same(form.get("client_id"), known.client_id)
            and _same(form.get("client_secret"), known.client_secret)
        ):
            return Denial("invalid_client", "Client authentication failed")
        match form.get("grant_type"):
            case "refresh_token":
                if not _same(form.get("refresh_token"), known.refresh_token):
                    return Denial("invalid_grant", "The request has an invalid refresh_token.")
                return self._issue(for_seller=True)
            case "client_credentials":
                if form.get("scope") != NOTIFICATIONS_SCOPE:
                    return Denial("invalid_scope", "The request has an unknown scope.")
                return self._issue(for_seller=False)
            case _:
                return Denial("unsupported_grant_type", "The grant type is not supported.")

    def check(self, access_token: str | None, *, for_seller: bool = True) -> TokenState:
        """Whether a call with this token may pass as the seller, or as the app alone."""
        if not access_token:
            return TokenState.MISSING
        token = self._tokens.get(access_token)
        if token is None or token.for_seller != for_seller:
            return TokenState.UNKNOWN
        if self._monotonic() >= token.expires_at:
            return TokenState.EXPIRED
        return TokenState.GOOD

    def expire(self, access_token: str) -> None:
        """End the life of a token early."""
        token = self._tokens.get(access_token)
        if token is not None:
            self._tokens[access_token] = replace(token, expires_at=self._monotonic())

    def _issue(self, *, for_seller: bool) -> Grant:
        # Dead tokens are kept so that they are called expired, not unknown; but not for ever.
        while len(self._tokens) >= KEPT_TOKENS:
            del self._tokens[next(iter(self._tokens))]
        access_token = f"Atza|{secrets.token_urlsafe(32)}"
        expires_at = self._monotonic() + self._expires_in
        self._tokens[access_token] = _Token(expires_at, for_seller)
        refresh_token = self._credentials.refresh_token if for_seller else None
        return Grant(access_token, "bearer", self._expires_in, refresh_token)


def _same(given: str | None, known: str) -> bool:
    return given is not None and compare_digest(given.encode(), known.encode())
