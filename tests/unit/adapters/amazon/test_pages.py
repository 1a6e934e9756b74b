"""What pages say, read from the catalogue over HTTP, and what could not be checked."""

from __future__ import annotations

import hashlib
import json

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.pages import read_pages
from adapters.amazon.sp_api import SpApiSource
from adapters.amazon.spoilers import LEFT
from bot.core.marketplaces import Marketplace
from bot.core.page_content import (
    DataSet,
    PageContent,
    PageIdentifier,
    PageImage,
    PageReading,
    PageSource,
)
from bot.errors import AccessRefused, QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    US,
    Amazon,
    Handler,
    Json,
    Obj,
    broken_off,
    json_reply,
    reply,
)
from tests.unit.adapters.amazon.conftest import ASIN, NOW, watch
from tests.unit.adapters.amazon.test_properties import values

DE = "A1PA6795UKMFR9"
JP = "A1VC38T7YXB528"
PARENT, CHILD, OTHER_CHILD = "B0PARENT01", "B0CHILD001", "B0CHILD002"
LINK = "https://m.media-amazon.com/images/I/91uohwV.jpg"
INVALID: Obj = {"errors": [{"code": "InvalidInput", "message": "Invalid 'asin' provided."}]}


def text(value: Json, tag: Json = "en_US", market: str = US) -> Obj:
    return {"value": value, "language_tag": tag, "marketplace_id": market}


def image(variant: Json = "MAIN", link: Json = LINK, size: Json = 500) -> Obj:
    return {"variant": variant, "link": link, "height": size, "width": size}


def at(market: str, **more: Json) -> Json:
    return {"marketplaceId": market, **more}


def family(*relations: Json) -> Json:
    return [at(US, relationships=list(relations))]


FULL: Obj = {
    "asin": ASIN,
    "attributes": {
        "item_name": [text("Walnut board")],
        "brand": [text("Alder & Finch")],
        "bullet_point": [text("One piece"), text("Oiled by hand")],
        "product_description": [text("A board.<br>Made of walnut.")],
        "item_weight": [{"unit": "pounds", "value": 3.5, "marketplace_id": US}],
    },
    "identifiers": [
        at(
            US,
            identifiers=[
                {"identifierType": "UPC", "identifier": "887276302195"},
                {"identifierType": "EAN", "identifier": "0887276302195"},
            ],
        )
    ],
    "images": [at(US, images=[image(size=2560), image(), image("PT01")])],
    "productTypes": [at(US, productType="CUTTING_BOARD")],
    "relationships": family({"type": "VARIATION", "parentAsins": [PARENT]}),
    "summaries": [at(US, itemName="Walnut board", brand="Alder & Finch")],
}


def without(*names: str) -> Obj:
    return {name: value for name, value in FULL.items() if name not in names}


async def read(source: SpApiSource, amazon: Amazon, item: Json, code: str = "US") -> PageReading:
    amazon.script = [json_reply(200, {"numberOfResults": 1, "items": [item]})]
    (reading,) = await source.page_contents([watch(marketplace=code)])
    return reading


async def page(source: SpApiSource, amazon: Amazon, item: Json, code: str = "US") -> PageContent:
    reading = await read(source, amazon, item, code)
    assert isinstance(reading.result, PageContent), reading.result
    return reading.result


async def changed(source: SpApiSource, amazon: Amazon, **parts: Json) -> PageContent:
    return await page(source, amazon, {**FULL, **parts})


async def with_texts(source: SpApiSource, amazon: Amazon, **texts: Json) -> PageContent:
    attributes: Obj = {**dict(FULL["attributes"]), **texts}  # type: ignore[arg-type]
    return await changed(source, amazon, attributes=attributes)


async def test_everything_that_is_known_of_a_page(source: SpApiSource, amazon: Amazon) -> None:
    reading = await read(source, amazon, FULL)
    assert isinstance(source, PageSource)
    assert reading.result == PageContent(
        asin=ASIN,
        marketplace="US",
        at=NOW,
        language="en_US",
        title="Walnut board",
        brand="Alder & Finch",
        bullets=("One piece", "Oiled by hand"),
        description="A board.<br>Made of walnut.",
        images=(
            PageImage("MAIN", LINK, 2560, 2560),
            PageImage("MAIN", LINK, 500, 500),
            PageImage("PT01", LINK, 500, 500),
        ),
        product_type="CUTTING_BOARD",
        parents=(PARENT,),
        children=(),
        identifiers=(
            PageIdentifier("EAN", "0887276302195"),
            PageIdentifier("UPC", "887276302195"),
        ),
        digest=hashlib.sha256(reading.raw).hexdigest(),
    )
    assert json.loads(reading.raw) == FULL
    (seen,) = amazon.seen
    assert seen.path == "/catalog/2022-04-01/items"
    assert seen.query == {
        "identifiers": ASIN,
        "identifiersType": "ASIN",
        "marketplaceIds": US,
        "includedData": "attributes,identifiers,images,productTypes,relationships,summaries",
        "pageSize": "20",
    }


@pytest.mark.parametrize("part", list(DataSet))
@pytest.mark.parametrize("shape", ["absent", "null", "odd", "elsewhere"])
async def test_a_data_set_that_is_missing_is_could_not_check_and_costs_no_other(
    source: SpApiSource, amazon: Amazon, part: DataSet, shape: str
) -> None:
    elsewhere: Json = [at(DE, images=[], relationships=[], identifiers=[], productType="X")]
    if part is DataSet.ATTRIBUTES:
        elsewhere = {"bullet_point": [text("Ein Stück", "de_DE", DE)]}
    shapes: dict[str, Json] = {"null": None, "odd": 7, "elsewhere": elsewhere}
    item = without(part.value)
    if shape != "absent":
        item[part.value] = shapes[shape]
    told = await page(source, amazon, item)
    assert told.missing == (part,)
    unknown = {
        DataSet.ATTRIBUTES: {"bullets", "description"},
        DataSet.IDENTIFIERS: {"identifiers"},
        DataSet.IMAGES: {"images"},
        DataSet.PRODUCT_TYPES: {"product_type"},
        DataSet.RELATIONSHIPS: {"parents", "children"},
        # Title and brand stand among the attributes, too.
        DataSet.SUMMARIES: set(),
    }[part]
    assert {name for name in told.__struct_fields__ if getattr(told, name) is None} == unknown


async def test_a_data_set_that_is_empty_for_this_marketplace_has_none(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = await changed(
        source,
        amazon,
        images=[at(US, images=[])],
        relationships=family(),
        identifiers=[at(US, identifiers=[])],
    )
    assert (told.images, told.parents, told.children, told.identifiers) == ((), (), (), ())
    assert told.missing == ()


async def test_an_attribute_that_is_absent_among_others_was_removed(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = await changed(source, amazon, attributes={"brand": [text("Alder & Finch")]})
    assert (told.bullets, told.description, told.missing) == ((), "", ())


@pytest.mark.parametrize("attributes", [{}, {"item_weight": []}, {"item_weight": 3}])
async def test_attributes_that_say_nothing_are_missing(
    source: SpApiSource, amazon: Amazon, attributes: Json
) -> None:
    told = await changed(source, amazon, attributes=attributes)
    assert (told.bullets, told.description) == (None, None)
    assert told.missing == (DataSet.ATTRIBUTES,)


@pytest.mark.parametrize("values", [7, [text(7)], [text({"a": 1})], [text(None)], "One piece"])
async def test_one_attribute_that_cannot_be_read_costs_no_other(
    source: SpApiSource, amazon: Amazon, values: Json
) -> None:
    told = await with_texts(source, amazon, bullet_point=values)
    assert told.bullets is None
    assert told.description == "A board.<br>Made of walnut."


@pytest.mark.parametrize("name", ["title", "brand"])
async def test_title_and_brand_are_gone_only_where_both_data_sets_say_so(
    source: SpApiSource, amazon: Amazon, name: str
) -> None:
    attributes: Obj = {"bullet_point": [text("One piece")]}
    bare: Json = [at(US)]
    gone = await changed(source, amazon, attributes=attributes, summaries=bare)
    assert getattr(gone, name) == ""
    half = {**without("attributes"), "summaries": bare}
    assert getattr(await page(source, amazon, half), name) is None
    other = {**without("summaries"), "attributes": attributes}
    assert getattr(await page(source, amazon, other), name) is None


async def test_the_language_is_that_of_the_title(source: SpApiSource, amazon: Amazon) -> None:
    """Amazon tells titles in the primary language of the marketplace (source: locale)."""
    told = await with_texts(
        source,
        amazon,
        item_name=[text("Tabla de nogal", "es_US"), text("Walnut board")],
        bullet_point=[text("De una pieza", "es_US"), text("One piece"), text("No tag", None)],
    )
    assert (told.language, told.bullets) == ("en_US", ("One piece", "No tag"))
    other = await changed(
        source,
        amazon,
        attributes={
            "item_name": [text("Walnut board", "es_US"), text("Board")],
            "bullet_point": [text("De una pieza", "es_US"), text("One piece")],
        },
    )
    assert (other.language, other.bullets) == ("es_US", ("De una pieza",))


async def test_without_a_title_the_language_is_that_of_the_marketplace(
    source: SpApiSource, amazon: Amazon
) -> None:
    item: Obj = {
        "asin": ASIN,
        "attributes": {
            "bullet_point": [text("One piece", "en_US", JP), text("一枚板", "ja_JP", JP)]
        },
    }
    told = await page(source, amazon, item, "JP")
    assert (told.language, told.bullets) == ("ja_JP", ("一枚板",))


async def test_a_text_in_other_languages_alone_is_not_told(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = await with_texts(source, amazon, bullet_point=[text("De una pieza", "es_US")])
    assert (told.language, told.bullets) == ("en_US", None)


async def test_texts_of_other_marketplaces_are_not_ours(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = await with_texts(
        source, amazon, bullet_point=[text("One piece"), text("Elsewhere", market=DE)]
    )
    assert told.bullets == ("One piece",)


@pytest.mark.parametrize(
    ("relations", "parents", "children"),
    [
        ([{"type": "VARIATION", "parentAsins": [PARENT]}], (PARENT,), ()),
        ([{"type": "VARIATION", "childAsins": [OTHER_CHILD, CHILD]}], (), (CHILD, OTHER_CHILD)),
        # A package that contains it is no family.
        ([{"type": "PACKAGE_HIERARCHY", "parentAsins": [PARENT]}], (), ()),
        ([{"type": "VARIATION", "parentAsins": ["<b>"], "childAsins": [CHILD]}], None, (CHILD,)),
    ],
)
async def test_the_variation_family(
    source: SpApiSource,
    amazon: Amazon,
    relations: list[Json],
    parents: tuple[str, ...] | None,
    children: tuple[str, ...] | None,
) -> None:
    told = await changed(source, amazon, relationships=family(*relations))
    assert (told.parents, told.children) == (parents, children)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/x.jpg",
        "http://m.media-amazon.com/x.jpg",
        "https://m.media-amazon.com@evil.example/x.jpg",
        "file:///etc/passwd",
        f"{LINK}?{'x' * 600}",
        None,
    ],
)
async def test_a_picture_that_is_elsewhere_counts_and_has_no_address(
    source: SpApiSource, amazon: Amazon, link: Json
) -> None:
    told = await changed(source, amazon, images=[at(US, images=[image(link=link)])])
    assert told.images == (PageImage("MAIN", "", 500, 500),)


async def test_invisible_characters_are_left_out_and_dangerous_ones_are_seen(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = await changed(
        source,
        amazon,
        summaries=[at(US, itemName="Wal\u200bnut\u200e board\u202e!\x00")],
    )
    assert told.title == "Walnut board\ufffd!\ufffd"


async def test_sizes_are_bounded(source: SpApiSource, amazon: Amazon) -> None:
    long = "x" * 30_000
    many: list[Json] = [text(long)] * 60
    told = await with_texts(source, amazon, bullet_point=many, product_description=many)
    assert told.bullets is not None
    assert told.description is not None
    assert len(told.bullets) == 50
    assert max(map(len, told.bullets)) == 2_000
    assert len(told.description) == 20_000
    crowd: list[Json] = [image(f"PT{number}") for number in range(1_000)]
    children: list[Json] = [f"B{number:09}" for number in range(6_000)]
    told = await changed(
        source,
        amazon,
        images=[at(US, images=crowd)],
        relationships=family({"type": "VARIATION", "childAsins": children}),
        summaries=[at(US, itemName=long, brand=long)],
        productTypes=[at(US, productType=long)],
    )
    assert (len(told.images or ()), len(told.children or ())) == (200, 5_000)
    assert (len(told.title or ""), len(told.brand or "")) == (1_000, 1_000)
    assert len(told.product_type or "") == 60


async def test_one_unknown_product_spoils_a_request_and_the_others_are_kept(
    source: SpApiSource, amazon: Amazon
) -> None:
    """Issues 2894 of selling-partner-api-models and 2543 of its docs."""
    asins = [f"B{number:09}" for number in range(20)]

    async def answer(request: web.Request) -> web.StreamResponse:
        amazon.script.append(answer)
        wanted = request.query["identifiers"].split(",")
        if asins[7] in wanted:
            return web.json_response(INVALID, status=400)
        return web.json_response({"items": [{**FULL, "asin": asin} for asin in wanted]})

    amazon.script = [answer]
    readings = await source.page_contents([watch(asin) for asin in asins])
    failed = [one for one in readings if isinstance(one.result, SourceError)]
    assert [one.watch.asin for one in failed] == [asins[7]]
    assert "Invalid 'asin' provided" in str(failed[0].result)
    amazon.seen.clear()
    # Titles know of it, too.
    await source.products(asins, "US")
    assert [len(seen.query["identifiers"].split(",")) for seen in amazon.seen] == [19, 1]


async def test_a_page_that_the_answer_does_not_mention_is_could_not_check(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [
        json_reply(200, {"items": [FULL, "odd", {"asin": 7}, {**FULL, "asin": CHILD}]})
    ]
    first, second = await source.page_contents([watch(), watch(PARENT)])
    assert isinstance(first.result, PageContent)
    assert str(second.result) == f"Amazon's answer does not include {PARENT}."


async def test_of_two_answers_about_a_page_the_first_counts(
    source: SpApiSource, amazon: Amazon
) -> None:
    second: Obj = {**FULL, "summaries": [at(US, itemName="Another")]}
    amazon.script = [json_reply(200, {"items": [FULL, second]})]
    (reading,) = await source.page_contents([watch()])
    assert isinstance(reading.result, PageContent)
    assert reading.result.title == "Walnut board"


async def test_pages_that_were_not_asked_for_say_why(source: SpApiSource, amazon: Amazon) -> None:
    asins = [f"B{number:09}" for number in range(100)]
    items: list[Json] = [{**FULL, "asin": asin} for asin in asins[:20]]
    amazon.script = [json_reply(200, {"items": items}), HTML_503, HTML_503, HTML_503]
    readings = await source.page_contents([watch(asin) for asin in asins])
    assert len(amazon.seen) == 4
    assert {str(one.result) for one in readings[20:]} == {
        "Amazon answered with an error page (503)."
    }


async def test_failures_with_answers_between_them_do_not_end_it(
    source: SpApiSource, amazon: Amazon
) -> None:
    asins = [f"B{number:09}" for number in range(160)]
    items: list[Json] = [{**FULL, "asin": asin} for asin in asins]
    amazon.script = [HTML_503, json_reply(200, {"items": items})] * 4
    readings = await source.page_contents([watch(asin) for asin in asins])
    assert len(amazon.seen) == 8
    assert sum(isinstance(one.result, PageContent) for one in readings) == 80


async def test_too_many_that_spoil_requests_wait_for_their_turn(
    source: SpApiSource, amazon: Amazon
) -> None:
    asins = [f"B{number:09}" for number in range(45)]

    async def answer(request: web.Request) -> web.StreamResponse:
        amazon.script.append(answer)
        wanted = request.query["identifiers"].split(",")
        if set(wanted) - set(asins[30:]):
            return web.json_response(INVALID, status=400)
        return web.json_response({"items": [{**FULL, "asin": asin} for asin in wanted]})

    amazon.script = [answer]
    watches = [watch(asin) for asin in reversed(asins)]
    await source.page_contents(watches)
    readings = await source.page_contents(watches)
    words = [str(one.result) for one in readings if isinstance(one.result, SourceError)]
    assert len(words) == 30
    assert words.count(LEFT) == 10
    assert isinstance(readings[0].result, PageContent)


async def test_a_page_of_which_nothing_is_told_is_could_not_check(
    source: SpApiSource, amazon: Amazon
) -> None:
    reading = await read(source, amazon, {"asin": ASIN})
    assert str(reading.result) == f"Amazon's answer about {ASIN} has no content."


async def test_what_fails_costs_its_own_pages_only(source: SpApiSource, amazon: Amazon) -> None:
    asins = [f"B{number:09}" for number in range(40)]
    items: list[Json] = [{**FULL, "asin": asin} for asin in asins[:20]]
    amazon.script = [json_reply(200, {"items": items}), HTML_503]
    readings = await source.page_contents([watch(asin) for asin in asins])
    kinds = [type(one.result) for one in readings]
    assert kinds == [PageContent] * 20 + [Unavailable] * 20
    assert len(amazon.seen) == 2, "whoever asks decides whether to ask again"


@pytest.mark.parametrize(
    ("handlers", "kind"),
    [
        ([HTML_503], Unavailable),
        ([reply(429)], QuotaExceeded),
        ([broken_off], Unavailable),
        ([json_reply(200, {"items": None})], SourceError),
        ([json_reply(400, INVALID)] * 4, SourceError),
        ([json_reply(403, {"errors": []})] * 2, AccessRefused),
    ],
)
async def test_a_request_that_fails_says_nothing_of_any_page(
    source: SpApiSource, amazon: Amazon, handlers: list[Handler], kind: type[SourceError]
) -> None:
    amazon.script = handlers
    with pytest.raises(kind):
        await source.page_contents([watch(), watch(CHILD)])


async def test_there_is_no_such_marketplace(source: SpApiSource) -> None:
    with pytest.raises(SourceError, match="is not one of Amazon's marketplaces"):
        await source.page_contents([watch(marketplace="XX")])


def check(content: bytes) -> None:
    try:
        found = read_pages(content, [watch()], Marketplace.named("US"), NOW, simulated=False)
    except SourceError:
        return
    for reading in found.values():
        told = reading.result
        if isinstance(told, SourceError):
            assert str(told)
            continue
        assert told.missing != tuple(DataSet)
        assert all(one.link == "" or one.link.startswith("https://") for one in told.images or ())
        for words in (told.title, told.brand, told.description, *(told.bullets or ())):
            assert words is None or (len(words) <= 20_000 and "\x00" not in words)


@given(st.binary())
def test_any_bytes_become_pages_or_an_error(content: bytes) -> None:
    check(content)


@given(values)
def test_any_json_becomes_pages_or_an_error(value: Json) -> None:
    check(json.dumps({"items": value}).encode())
    for part in DataSet:
        for shape in (value, [value], {"bullet_point": [value], "brand": value}):
            item: Obj = {"asin": ASIN, part.value: shape}
            check(json.dumps({"items": [item]}).encode())
