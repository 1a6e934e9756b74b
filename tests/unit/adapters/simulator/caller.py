"""A caller of the marketplace that knows Amazon's operations and nothing of the program."""

from collections.abc import Iterator, Mapping
from typing import cast

import httpx

from adapters.simulator import Credentials, Marketplace
from tests.patience import PATIENCE

US = "ATVPDKIKX0DER"
PRICING = "/products/pricing/v0"
ITEMS = f"/batches{PRICING}/itemOffers"
LISTINGS = f"/batches{PRICING}/listingOffers"
SUMMARY = "/products/pricing/2022-05-01/items/competitiveSummary"
SUMMARIES = f"/batches{SUMMARY}"
ALL_CONDITIONS = ("New", "Used", "Collectible", "Refurbished", "Club")
SUMMARY_DATA = ["featuredBuyingOptions", "referencePrices", "lowestPricedOffers", "similarItems"]
COMPETITIVE = f"{PRICING}/competitivePrice"
ALONE = {"MarketplaceId": US, "ItemCondition": "New", "CustomerType": "Consumer"}
OWN_LISTINGS = "/listings/2021-08-01/items"
CATALOG = "/catalog/2022-04-01/items"

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None


class Tree:
    """A JSON value that can be walked by keys and positions."""

    def __init__(self, value: Json) -> None:
        self.value = value

    def __getitem__(self, key: str | int) -> "Tree":
        if isinstance(key, int):
            assert isinstance(self.value, list)
            return Tree(self.value[key])
        assert isinstance(self.value, Mapping)
        return Tree(self.value[key])

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        assert isinstance(self.value, Mapping)
        return iter(self.value)

    def __contains__(self, key: str) -> bool:
        return isinstance(self.value, Mapping) and key in self.value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Tree) else other)

    __hash__ = None  # type: ignore[assignment]  # equal to plain values, so it cannot be hashed

    def __repr__(self) -> str:
        return repr(self.value)

    def each(self, key: str) -> list[Json]:
        """What every element of a list has under a key."""
        return [self[place][key].value for place in range(len(self))]

    def __len__(self) -> int:
        assert isinstance(self.value, list)
        return len(self.value)


def tree(response: httpx.Response) -> Tree:
    return Tree(cast(Json, response.json()))


def batch_item(key: str, kind: str = "items", marketplace: str = US) -> dict[str, str]:
    return {
        "uri": f"{PRICING}/{kind}/{key}/offers",
        "method": "GET",
        "MarketplaceId": marketplace,
        "ItemCondition": "New",
        "CustomerType": "Consumer",
    }


def summary_item(asin: str, **changes: object) -> dict[str, object]:
    inputs = [{"itemCondition": each, "offerType": "Consumer"} for each in ALL_CONDITIONS]
    return {
        "asin": asin,
        "marketplaceId": US,
        "includedData": SUMMARY_DATA,
        "lowestPricedOffersInputs": inputs,
        "method": "GET",
        "uri": SUMMARY,
        **changes,
    }


class Caller:
    """Logged in once; asks one operation a method."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.token = ""

    async def log_in(self) -> str:
        token = tree(await self.ask_token())["access_token"].value
        assert isinstance(token, str)
        self.token = token
        return token

    async def ask_token(self, **changes: str) -> httpx.Response:
        known = Credentials()
        form = {
            "grant_type": "refresh_token",
            "refresh_token": known.refresh_token,
            "client_id": known.client_id,
            "client_secret": known.client_secret,
        }
        return await self.client.post("/auth/o2/token", data=form | changes)

    async def item_offers(self, *asins: str) -> httpx.Response:
        return await self.post(ITEMS, {"requests": [batch_item(asin) for asin in asins]})

    async def listing_offers(self, *skus: str) -> httpx.Response:
        items = [batch_item(sku, "listings") for sku in skus]
        return await self.post(LISTINGS, {"requests": items})

    async def item_alone(self, asin: str, **changes: str) -> httpx.Response:
        return await self.get(f"{PRICING}/items/{asin}/offers", ALONE | changes)

    async def listing_alone(self, sku: str, **changes: str) -> httpx.Response:
        return await self.get(f"{PRICING}/listings/{sku}/offers", ALONE | changes)

    async def prices(self, *asins: str) -> httpx.Response:
        query = {"MarketplaceId": US, "ItemType": "Asin", "Asins": ",".join(asins)}
        return await self.get(COMPETITIVE, query)

    async def summaries(self, *asins: str) -> httpx.Response:
        return await self.post(SUMMARIES, {"requests": [summary_item(asin) for asin in asins]})

    async def catalog(self, *asins: str, **more: str) -> httpx.Response:
        query = {
            "marketplaceIds": US,
            "identifiersType": "ASIN",
            "identifiers": ",".join(asins),
            "includedData": "summaries,images,salesRanks,attributes",
        }
        return await self.get(CATALOG, query | more)

    async def search(self, *keywords: str, **more: str) -> httpx.Response:
        query = {
            "marketplaceIds": US,
            "keywords": ",".join(keywords),
            "includedData": "summaries,images,productTypes",
        }
        return await self.get(CATALOG, query | more)

    async def listings(self, *skus: str, seller: str, **more: str) -> httpx.Response:
        query = {
            "marketplaceIds": US,
            "identifiersType": "SKU",
            "identifiers": ",".join(skus),
            "includedData": "summaries",
        }
        return await self.get(f"{OWN_LISTINGS}/{seller}", query | more)

    async def payload(self, asin: str) -> Tree:
        """The payload of a batch with one ASIN."""
        return tree(await self.item_offers(asin))["responses"][0]["body"]["payload"]

    async def get(self, path: str, query: Mapping[str, str]) -> httpx.Response:
        return await self.client.get(path, params=query, headers=self._headers())

    async def post(self, path: str, body: object) -> httpx.Response:
        return await self.client.post(path, json=body, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"x-amz-access-token": self.token} if self.token else {}


def client_of(marketplace: Marketplace) -> httpx.AsyncClient:
    # trust_env: a proxy from the environment must not stand between the test and the loopback.
    return httpx.AsyncClient(
        base_url=marketplace.base_url,
        timeout=PATIENCE,
        trust_env=False,
        verify=False,  # noqa: S501 (no TLS here, and root certificates take long to load)
    )
