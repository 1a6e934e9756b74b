"""/watch takes words by what they are, shows what it understood, and asks where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.forms import Answers
from bot.core.listing import Watch
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.text import plain
from bot.errors import UserError
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.rules.typed import read_words
from tests.strategies import START, money, products
from tests.unit.conftest import BEN, Team, asked, notice

NEW = "B0ALDER009"
OTHER = "B0ALDER010"
LONGEST_QUESTION = 300
"""Characters, whatever was typed."""


async def watched(team: Team, market: str = "US", asin: str = NEW) -> Watch:
    found = await team.app.store.get(WATCHES, Watch.key_of(market, asin))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "floor"),
    [
        ("PL 99,00 zł", "PLN 99.00"),
        ("SE 199 kr", "SEK 199.00"),
        ("TR 99,90 TL", "TRY 99.90"),
        ("IN 499 Rs", "INR 499.00"),
        ("JP 1980 円", "JPY 1,980"),
        ("BR R$ 20", "BRL 20.00"),
        ("FR 1 234,50 €", "EUR 1,234.50"),
        ("SE kr 1 234,50", "SEK 1,234.50"),
        ("UK 20 GBP", "GBP 20.00"),
        ("20 GBP UK", "GBP 20.00"),
        ("UK floor 20", "GBP 20.00"),
        ("floor £20 UK", "GBP 20.00"),
        ("Germany 20", "EUR 20.00"),
    ],
)
async def test_a_price_of_several_words_is_one_price_and_no_sku(
    team: Team, words: str, floor: str
) -> None:
    said = notice(await team.type(f"/watch {NEW} {words}"))
    assert f" Price floor: {floor}. SKU: none." in said
    assert said.startswith(f"Watching {NEW} on amazon.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("UK 20 EUR", "is in euros; amazon.co.uk sells in GBP"),
        ("DE 99,00 zł", "is in Polish złoty; amazon.de sells in EUR"),
        ("DE 99zł", "is in Polish złoty; amazon.de sells in EUR"),
        ("US 24.999", "Does '24.999' mean about 24, or 24 thousand?"),
        ("US 24 99", "Found 2 prices: '24' and '99'. Write only one."),
        ("US - 24", "Found 2 prices"),
        ("US DE 24", "Found 2 marketplaces: 'US' and 'DE'. Write only one."),
        ("US 24 WAL-1 WAL-2", "Could not read 'WAL-1 WAL-2'."),
        ("US 24 please", "Could not read 'please'."),
        ("EU 20", "Could not read 'EU'."),
        (":flag-de: 20", "Could not read ':flag-de:'."),
        ("CH 20", "Could not read 'CH'."),
        ("UK 24.99p", "Could not read '24.99p'."),
        ("US 24 zł kr TL", "Could not read 'TL'."),
        ("US 20kr", "Could not read '20kr'."),
        ("US kr", "Could not read 'kr'."),
        ('US 24 "OAK 1" "OAK 2"', "Found 2 SKUs"),
        ("US 24 sku", "The SKU is missing."),
        ("US floor", "The price floor is missing."),
        ("US floor WAL-1", "The price floor is missing."),
        ("US -5", "is not a price"),
        ("US sku ...", "is not a SKU"),
        ("US B0ALDER010", "'B0ALDER010' is a second product. Watch one at a time"),
        ("US 0306406152", "'0306406152' is a second product"),
        ("https://www.amazon.com/dp/B0ALDER010 24", "is a second product"),
        ("US sku " + "X1" * 21, "The SKU has 42 characters"),
    ],
)
async def test_what_is_not_understood_is_asked_and_changes_nothing(
    team: Team, words: str, says: str
) -> None:
    before = await team.app.store.count(WATCHES)
    assert says in notice(await team.type(f"/watch {NEW} {words}"))
    assert await team.app.store.count(WATCHES) == before


@pytest.mark.parametrize("words", ["floor=20", "floor:20", "MAP 20", "min: $20", "price=20 USD"])
async def test_a_price_that_is_named_is_a_floor_and_its_name_no_sku(team: Team, words: str) -> None:
    said = notice(await team.type(f"/watch {NEW} {words}"))
    assert "Price floor: USD 20.00. SKU: none." in said


@pytest.mark.parametrize(
    "words", [f"US {NEW} 24", f"24 {NEW}", f"$24 https://www.amazon.com/dp/{NEW} US"]
)
async def test_the_product_need_not_come_first(team: Team, words: str) -> None:
    said = notice(await team.type(f"/watch {words}"))
    watching = f"Watching {NEW} on amazon.com. Price floor: USD 24.00. SKU: none."
    assert said.startswith(watching)


EUROPE = ("sellercentral.amazon.co.uk", "sellercentral-europe.amazon.com")


@pytest.mark.parametrize("host", EUROPE)
async def test_another_regions_seller_central_is_never_taken_for_the_home_shop(
    team: Team, host: str
) -> None:
    link = f"https://{host}/abis/listing/edit?asin={NEW}"
    said = notice(await team.type(f"/watch {link} 20"))
    assert said.endswith("Add the marketplace, such as UK.")
    said = notice(await team.type(f"/watch {link} 20 UK"))
    assert said.startswith(f"Watching {NEW} on amazon.co.uk. Price floor: GBP 20.00.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (f"Check this out: https://www.amazon.com/dp/{NEW}", "Could not read 'Check this out:'."),
        ("Oak board https://a.co/d/9DweDUD", "a.co is a short link"),
        (f"B0ALDER00 {NEW}", f"'{NEW}' is a second product"),
        (f"walnut sku {NEW}", "'WALNUT' is not an ASIN"),
    ],
)
async def test_words_before_the_product_are_asked_about(team: Team, words: str, says: str) -> None:
    before = await team.app.store.count(WATCHES)
    assert says in notice(await team.type(f"/watch {words}"))
    assert await team.app.store.count(WATCHES) == before


@pytest.mark.parametrize(
    ("words", "sku"),
    [
        ("US 24 WAL-1", "WAL-1"),
        ("WAL-1 US 24", "WAL-1"),
        ("US 24 OAK", "OAK"),
        ('"OAK block 1" US 24', "OAK block 1"),
        ("US 24 \u201eOAK block 1\u201c", "OAK block 1"),
        ("US 24 sku OAK block 1", "OAK block 1"),
        ("US 24 SKU: 12345", "12345"),
        ("US 24 sku=12345", "12345"),
        ('US 24 sku="OAK 1"', "OAK 1"),
        ('US sku "12345" 24', "12345"),
        ("US 24 sku 20 EUR", "20 EUR"),
        ("US 24 sku R12", "R12"),
        ("US 24 sku B0ALDER009", "B0ALDER009"),
    ],
)
async def test_an_sku_may_have_spaces_in_quotes_or_behind_its_word(
    team: Team, words: str, sku: str
) -> None:
    said = notice(await team.type(f"/watch {NEW} {words}"))
    assert said.startswith(f"Watching {NEW} on amazon.com. Price floor: USD 24.00. SKU: {sku}. Its")
    assert (await watched(team)).sku == sku


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", "\u2212"])
async def test_floor_and_sku_are_taken_away_by_a_dash(team: Team, dash: str) -> None:
    await team.type(f"/watch {NEW} US 24 WAL-1")
    said = notice(await team.type(f"/watch {NEW} sku {dash}"))
    assert said == f"Changed {NEW} on amazon.com. Price floor: USD 24.00. SKU: none."
    await team.type(f"/watch {NEW} WAL-2")
    said = notice(await team.type(f"/watch {NEW} floor {dash}"))
    assert said == f"Changed {NEW} on amazon.com. Price floor: none. SKU: WAL-2."
    await team.type(f"/watch {NEW} 24")
    said = notice(await team.type(f"/watch {NEW} {dash} sku {dash}"))
    assert said == f"Changed {NEW} on amazon.com. Price floor: none. SKU: none."


async def test_what_is_not_written_stays_and_is_shown(team: Team) -> None:
    await team.type(f"/watch {NEW} US 24 WAL-1")
    said = notice(await team.type(f"/watch {NEW}"))
    assert said == (
        f"Already watching {NEW} on amazon.com; nothing changed. Price floor: USD 24.00. "
        "SKU: WAL-1."
    )


async def test_a_link_to_one_marketplace_and_the_name_of_another_are_asked_about(
    team: Team,
) -> None:
    said = notice(await team.type(f"/watch https://www.amazon.de/dp/{NEW} US 24"))
    assert said.startswith("The link is to amazon.de, but the marketplace is US. Write the ASIN")
    said = notice(await team.type(f"/watch https://www.amazon.de/dp/{NEW} DE 24"))
    assert said.startswith(f"Watching {NEW} on amazon.de. Price floor: EUR 24.00.")


async def test_an_sku_of_another_product_is_refused_with_its_name(team: Team) -> None:
    await team.type(f"/watch {OTHER} US WAL-1")
    said = notice(await team.type(f"/watch {NEW} US 24 WAL-1"))
    assert said == (
        f"The SKU WAL-1 belongs to {OTHER} on amazon.com, and a SKU can have only one "
        "ASIN. Check for a typo, or remove it from that product first."
    )
    await team.type(f"/watch {OTHER} sku -")
    assert "SKU: WAL-1." in notice(await team.type(f"/watch {NEW} US 24 WAL-1"))


async def test_nothing_unseen_is_shown_of_an_sku(team: Team) -> None:
    said = notice(await team.type(f'/watch {NEW} US "W\x07AL-1"'))
    assert plain(said) == said
    assert plain(notice(await team.type(f"/watch {OTHER} US sku W\x07AL-1"))).startswith(
        "The SKU W"
    )


async def test_the_form_changes_floor_and_sku_and_takes_them_away(team: Team) -> None:
    await team.type(f"/watch {OTHER} US OAK-1")

    async def fill(floor: str, sku: str) -> str:
        details = asked(await team.submit(asked(await team.type("/watch")), {"product": NEW}))
        given: Answers = {"market": "US", "floor": floor, "sku": sku, "units": ""}
        [reply] = await team.submit(details, given)
        if not hasattr(reply, "errors"):
            return notice([reply])
        return " ".join(asked([reply]).errors.values())

    assert "Price floor: USD 24.00. SKU: WAL 1." in await fill("24", "WAL 1")
    assert "Price floor: USD 25.00. SKU: WAL 1." in await fill("USD 25", "")
    assert "belongs to B0ALDER010" in await fill("", "OAK-1")
    assert "is in euros" in await fill("25 EUR", "")
    assert "Price floor: none. SKU: none." in await fill("-", "-")


async def test_in_the_form_the_marketplace_that_was_chosen_goes_before_the_links(
    team: Team,
) -> None:
    link = f"https://www.amazon.de/dp/{NEW}"
    details = asked(
        await team.submit(asked(await team.type("/watch", BEN)), {"product": link}, BEN)
    )
    answers: Answers = {"market": "FR", "floor": "", "sku": "", "units": ""}
    assert "on amazon.fr." in notice(await team.submit(details, answers, BEN))


def _watches_in(market: Marketplace) -> st.SearchStrategy[Watch]:
    char = st.characters(codec="ascii", categories=["L", "N", "P", "S"], exclude_characters='"')
    word = st.text(char, min_size=1, max_size=9)
    sku = st.lists(word, max_size=3).map(" ".join)
    return st.builds(
        Watch,
        asin=products,
        marketplace=st.just(market.code),
        floor=st.none() | money((market.currency,)).filter(lambda floor: floor.amount > 0),
        sku=sku.filter(lambda text: not text or any(map(str.isalnum, text))),
        added_by=st.just("ana"),
        added_at=st.just(START),
    )


@given(st.sampled_from(MARKETPLACES).flatmap(_watches_in), st.permutations((0, 1, 2)))
def test_the_words_of_a_watch_read_back_to_the_same_watch(watch: Watch, order: list[int]) -> None:
    floor = f"{watch.floor.currency} {watch.floor.amount:f}" if watch.floor else ""
    parts = [watch.marketplace, floor, f'"{watch.sku}"' if watch.sku else ""]
    quoted = " ".join((watch.asin, *(parts[place] for place in order)))
    behind = f"{watch.asin} {parts[0]} {floor} sku {watch.sku}"
    for text in (quoted, behind) if watch.sku and not watch.sku.startswith("- ") else (quoted,):
        assert read_words(text, "US").watch("ana", START) == watch


@given(st.text())
def test_whatever_is_typed_is_a_watch_or_a_question(text: str) -> None:
    asin, question = NEW, ""
    try:
        asin = read_words(f"{NEW} {text}", "US").watch("ana", START).asin
    except UserError as error:
        question = str(error)
    assert (asin, len(question) <= LONGEST_QUESTION) == (NEW, True)


async def test_a_product_is_found_by_what_its_marketplace_is_called(team: Team) -> None:
    await team.type(f"/watch {NEW} DE")
    link = f"https://www.amazon.de/dp/{NEW}"
    assert "Write the ASIN with one" in notice(await team.type(f"/unwatch {link} US"))
    assert "Stopped watching" in notice(await team.type(f"/unwatch {NEW} Germany"))
