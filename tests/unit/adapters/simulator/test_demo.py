"""The story of the demo, at the moments that matter."""

import re
from itertools import pairwise

from adapters.simulator import Fault, Operation, demo_scenario
from adapters.simulator.world import Listing, World

OWN = "A3ALDERFINCH01"
FOLLOWER = "A1QX7ZP9KD4W2M"
CUTTER = "A3V8MN2RT6YB0L"
SAUCEPAN, KETTLE, BOWLS, BOARD, KNIFE, MILL = (f"B0ALDER00{number}" for number in range(1, 7))


def listing(asin: str, now: float) -> Listing:
    found = World(demo_scenario()).listing(asin, now)
    assert found is not None
    return found


def winners(asin: str, now: float) -> list[str]:
    return [offer.seller for offer in listing(asin, now).winners]


def test_it_starts_with_us_and_one_authorised_reseller() -> None:
    scenario = demo_scenario()
    assert scenario.own_seller == OWN
    assert all(re.fullmatch("B0[0-9A-Z]{8}", product.asin) for product in scenario.products)
    sellers = {asin: set(listing(asin, 0).offers) for asin in (SAUCEPAN, KETTLE, BOWLS, MILL)}
    assert sellers[KETTLE] == {OWN, "A2HARBORGOODS7"}
    assert sellers[SAUCEPAN] == sellers[BOWLS] == sellers[MILL] == {OWN}
    sold = (SAUCEPAN, KETTLE, BOWLS, BOARD, KNIFE, MILL)
    assert {offer.asin for offer in scenario.offers if offer.sku} == set(sold)


def test_a_search_finds_what_looks_like_ours_and_what_does_not() -> None:
    brands = {product.asin: product.brand for product in demo_scenario().products}
    ours = [asin for asin, brand in brands.items() if brand == "Alder & Finch"]
    assert ours == [SAUCEPAN, KETTLE, BOWLS, BOARD, KNIFE, MILL, "B0ALDER007"]
    assert {asin: brands[asin] for asin in brands if asin.startswith("B0LOOKS")} == {
        "B0LOOKS001": "A1der&Finch",
        "B0LOOKS002": "YIMEI STAR",
    }
    assert sum(asin.startswith("B0RIVAL") for asin in brands) == 3


def test_a_follower_takes_the_buy_box_leaves_and_comes_back_cheaper() -> None:
    assert FOLLOWER not in listing(SAUCEPAN, 11.9).offers
    first = listing(SAUCEPAN, 12).offers[FOLLOWER]
    assert winners(SAUCEPAN, 12) == [OWN]
    assert winners(SAUCEPAN, 22) == [FOLLOWER]
    assert FOLLOWER not in listing(SAUCEPAN, 75).offers
    assert winners(SAUCEPAN, 75) == [OWN]
    assert listing(SAUCEPAN, 105).offers[FOLLOWER].price < first.price


def test_he_brings_two_more_products() -> None:
    assert FOLLOWER in listing(BOWLS, 125).offers
    assert FOLLOWER not in listing(MILL, 134.9).offers
    assert FOLLOWER in listing(MILL, 135).offers


def test_hidden_sellers_an_outage_and_a_price_below_the_floor() -> None:
    assert (listing(BOARD, 169).hidden, listing(BOARD, 170).hidden) == (0, 2)
    (outage,) = demo_scenario().faults
    assert (outage.kind, outage.start, outage.end) == (Fault.HTML_503, 200, 230)
    assert outage.operation is Operation.LISTING_OFFERS_BATCH
    offer = listing(KNIFE, 260).offers[CUTTER]
    assert offer.fba
    assert winners(KNIFE, 260) == [OWN]


def test_something_happens_every_few_minutes_for_an_hour() -> None:
    times = sorted(event.at for event in demo_scenario().events)
    gaps = [after - before for before, after in pairwise(times)]
    assert max(gaps) <= 300
    assert 3300 <= times[-1] <= 3600
