"""A small account: a pan that it sells by an offer, and listings beside it."""

import json
from collections.abc import Iterable

from adapters.simulator import Scenario, parse_scenario
from tests.unit.adapters.simulator.small import OWN, PAN, PRODUCTS, SKU

US, DE, JP, FR = "ATVPDKIKX0DER", "A1PA6795UKMFR9", "A1VC38T7YXB528", "A13V1IB3VIYZZH"
BASE = f"""{PRODUCTS}
[[seller]]
id = "{OWN}"
name = "Own"
country = "US"
feedback = 1
positive = 90

[[offer]]
asin = "{PAN}"
seller = "{OWN}"
price = "20.00"
sku = "{SKU}"
"""


def own_sku(sku: str, marketplace: str = US, asin: str = "B0TEST0001", **more: object) -> str:
    """A listing beside those of offers; no ``asin``: it has no page.

    ``begins`` and ``ends`` are seconds of scenario time.
    """
    named = {"begins": "from", "ends": "to"}
    more = {named.get(key, key): value for key, value in more.items()}
    page = {"asin": asin} if asin else {}
    fields = {"sku": sku, "marketplace": marketplace, "title": f"Title of {sku}", **page, **more}
    lines = (f"{key} = {json.dumps(value)}" for key, value in fields.items())
    return "\n".join(("[[own_sku]]", *lines))


def selling(*own_skus: str, more: Iterable[str] = ()) -> Scenario:
    """The account with these listings."""
    return parse_scenario("\n".join([BASE, *own_skus, *more]))


def many(number: int, marketplace: str = US) -> list[str]:
    """So many listings, each with a page of its own."""
    return [own_sku(f"K-{place:05}", marketplace, f"B{place:09}") for place in range(number)]
