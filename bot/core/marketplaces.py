"""Amazon's marketplaces: identifier, domain, currency, region (facts: SP-API 'Marketplace IDs')."""

from __future__ import annotations

import msgspec

from bot.errors import UserError

REGIONS = {"na": "North America", "eu": "Europe", "fe": "Asia and Australia"}
"""Amazon's regions for people; each has its own address and quotas."""


class Marketplace(msgspec.Struct, frozen=True):
    """One of Amazon's marketplaces."""

    code: str
    id: str
    domain: str
    currency: str
    region: str

    @staticmethod
    def named(text: str) -> Marketplace:
        """Find a marketplace by code, identifier or domain.

        Raises:
            UserError: there is none of that name.
        """
        found = Marketplace.find(text)
        if found is None:
            codes = ", ".join(market.code for market in MARKETPLACES)
            message = f"{text.strip()[:30]!r} is not a marketplace. Choose one of: {codes}."
            raise UserError(message)
        return found

    @staticmethod
    def find(text: str) -> Marketplace | None:
        """Find a marketplace by code (``US``), identifier or domain (``co.uk``); else None."""
        word = text.strip()
        short = word.lower().removeprefix("www.").removeprefix("amazon.")
        return (
            _BY_CODE.get(word.upper()) or _BY_ID.get(word.upper()) or Marketplace.of_domain(short)
        )

    @staticmethod
    def of_domain(domain: str) -> Marketplace | None:
        """Find the marketplace whose domain is exactly this, as in ``co.uk``; else None."""
        return _BY_DOMAIN.get(domain)

    @staticmethod
    def of_id(text: str) -> Marketplace | None:
        """Find the marketplace whose identifier is exactly this; else None."""
        return _BY_ID.get(text)


MARKETPLACES = tuple(
    Marketplace(*row.split())
    for row in """
US ATVPDKIKX0DER com USD na
CA A2EUQ1WTGCTBG2 ca CAD na
MX A1AM78C64UM0Y8 com.mx MXN na
BR A2Q3Y263D00KWC com.br BRL na
UK A1F83G8C2ARO7P co.uk GBP eu
DE A1PA6795UKMFR9 de EUR eu
FR A13V1IB3VIYZZH fr EUR eu
IT APJ6JRA9NG5V4 it EUR eu
ES A1RKKUPIHCS9HS es EUR eu
NL A1805IZSGTT6HS nl EUR eu
BE AMEN7PMS3EDWL com.be EUR eu
SE A2NODRKZP88ZB9 se SEK eu
PL A1C3SOZRARQ6R3 pl PLN eu
IE A28R8C7NBKEWEA ie EUR eu
TR A33AVAJ2PDY3EV com.tr TRY eu
AE A2VIGQ35RCS4UG ae AED eu
SA A17E79C6D8DWNP sa SAR eu
EG ARBP9OOSHTCHU eg EGP eu
ZA AE08WJ6YKNBMC co.za ZAR eu
IN A21TJRUUN4KGV in INR eu
JP A1VC38T7YXB528 co.jp JPY fe
AU A39IBJ37TRP1C6 com.au AUD fe
SG A19VAU5U5O7RUS sg SGD fe
""".strip().splitlines()
)

_BY_CODE = {market.code: market for market in MARKETPLACES} | {
    "GB": next(market for market in MARKETPLACES if market.code == "UK")
}
_BY_ID = {market.id: market for market in MARKETPLACES}
_BY_DOMAIN = {market.domain: market for market in MARKETPLACES}
