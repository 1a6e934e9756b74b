from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest

from adapters.rendering.printer import TypstPrinter
from adapters.rendering.review import page
from bot.core.charts import Chart
from bot.features.reviews.models.reviews import Earlier, Point, Review
from tests.unit.adapters.packets.reading import page_texts
from tests.unit.adapters.rendering.drawing import BARS, COURSE, HEAT, HOSTILE, POINT, REVIEW

QUIET = msgspec.structs.replace(REVIEW, points=(), earlier=(), unseen=())
CHARTS = (BARS, COURSE, HEAT)


@pytest.fixture(scope="module")
def printer() -> TypstPrinter:
    return TypstPrinter()


def squeezed(text: str) -> str:
    return "".join(text.split())


async def printed(printer: TypstPrinter, review: Review, charts: tuple[Chart, ...] = ()) -> str:
    return "".join(page_texts(await printer.review(review, charts, "Alder & Finch")))


async def test_it_tells_everything_that_the_review_holds(printer: TypstPrinter) -> None:
    text = await printed(printer, REVIEW, CHARTS)
    expected = ["Alder & Finch: 2026 Q4", "1 October 2026 to 31 December 2026"]
    expected += [word for pair in REVIEW.numbers for word in pair]
    expected += [POINT.heading, POINT.says, POINT.propose, "C-12, A-3"]
    expected += [chart.title for chart in CHARTS] + [chart.says for chart in CHARTS]
    expected += ["Change the passwords", "Not done", "Done on 20 Nov 2026", "Still running"]
    expected += list(REVIEW.unseen)
    assert not [each for each in expected if squeezed(each) not in text]


async def test_a_quarter_in_which_nothing_happened_says_so(printer: TypstPrinter) -> None:
    text = await printed(printer, QUIET)
    assert squeezed("Brandwarden found no weaknesses in what it checked") in text
    assert squeezed("No earlier decision was still open") in text
    assert squeezed("That does not mean that everything was checked") in text


async def test_a_full_review_has_two_to_four_pages(printer: TypstPrinter) -> None:
    long = msgspec.structs.replace(POINT, says="Two sellers came back on Friday evenings. " * 14)
    full = msgspec.structs.replace(REVIEW, points=(long,) * 8, numbers=REVIEW.numbers * 5)
    pages = page_texts(await printer.review(full, CHARTS, "Alder & Finch"))
    assert 2 <= len(pages) <= 4
    for number, text in enumerate(pages, start=1):
        assert squeezed(f"page {number} of {len(pages)}") in text


async def test_what_cannot_wait_stands_on_the_first_page(printer: TypstPrinter) -> None:
    says = "1 user new since the last review: Parcel Insights (all permissions)."
    urgent = msgspec.structs.replace(POINT, heading="1 unknown user", says=says, urgent=True)
    full = msgspec.structs.replace(REVIEW, points=(urgent, *(POINT,) * 7))
    first, *_ = page_texts(await printer.review(full, CHARTS, "Alder & Finch"))
    assert squeezed("Today: 1 unknown user") in first
    assert first.index(squeezed(says)) < first.index(squeezed("The quarter in numbers"))
    assert "Today:" not in await printed(printer, REVIEW)


async def test_every_page_of_a_simulation_says_so(printer: TypstPrinter) -> None:
    simulated = msgspec.structs.replace(REVIEW, simulated=True, points=(POINT,) * 8)
    pages = page_texts(await printer.review(simulated, CHARTS, "Alder & Finch"))
    assert len(pages) > 1
    for text in pages:
        assert squeezed("SIMULATED: these facts come from a simulated marketplace") in text
    assert "SIMULATED" not in await printed(printer, REVIEW)


async def test_the_same_review_is_the_same_file(printer: TypstPrinter) -> None:
    first = await printer.review(REVIEW, CHARTS, "Alder & Finch")
    assert first == await TypstPrinter().review(REVIEW, CHARTS, "Alder & Finch")
    assert re.search(rb"D:20270104", first)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
async def test_hostile_words_are_printed_and_never_obeyed(printer: TypstPrinter, text: str) -> None:
    point = Point(heading=text, says=text, propose=text, refs=(text, text))
    earlier = Earlier(text=text, owner=text, due=date(2026, 11, 1))
    hostile = msgspec.structs.replace(
        REVIEW,
        points=(point,) * 8,
        numbers=((text, text),),
        unseen=(text,),
        earlier=(earlier,),
        quarter=text,
    )
    content = await printer.review(hostile, (), text)
    assert content.startswith(b"%PDF")
    assert len(page_texts(content)) <= 16


def test_a_list_that_is_too_long_says_how_much_is_missing() -> None:
    many = msgspec.structs.replace(REVIEW, earlier=REVIEW.earlier * 30)
    made = page(many, (), "Alder & Finch")
    assert len(made.earlier) == 60
    assert "30 more past decisions are not printed here." in made.unseen
