from __future__ import annotations

import asyncio
import re
from typing import cast

import msgspec
import pytest
import typst

from adapters.rendering.printer import TypstPrinter
from bot.core.charts import Bar, Bars, Chart, Course, Curve, Curves, Heat, Phase, PhaseKind, spoken
from bot.errors import BrandwardenError
from tests.unit.adapters.rendering.drawing import (
    BARS,
    COURSE,
    CURVES,
    DAYS,
    FOLDER,
    HEAT,
    HOSTILE,
    HOURS,
    image,
    words,
)

WIDTH = 720
SMALLEST = 11
"""Points of a text, where the picture is 360 points wide."""
LARGEST = 600_000
"""Bytes of a picture with all that fits."""
TEMPLATE = (FOLDER / "chart.typ").read_text("utf-8")
EMPTY: tuple[Chart, ...] = (
    Bars(title="Sources", says="Nobody.", bars=()),
    Course(title="Score", says="Not yet.", points=(), most=100),
    Heat(title="When", says="Never.", rows=DAYS, columns=HOURS, counts=((0,) * 24,) * 7),
    Heat(title="When", says="Never.", rows=(), columns=(), counts=()),
    Curves(title="Prices", says="Not yet."),
    Curves(title="Prices", says="None seen.", curves=(Curve(label="Our price"),)),
)


@pytest.fixture(scope="module")
def printer() -> TypstPrinter:
    return TypstPrinter()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "chart", [BARS, COURSE, HEAT, CURVES, *EMPTY], ids=lambda chart: chart.title
)
async def test_a_picture_is_a_light_card_as_wide_as_a_phone(
    printer: TypstPrinter, chart: Chart
) -> None:
    content = await printer.chart(chart)
    picture = image(content)
    assert (picture.format, picture.width) == ("PNG", WIDTH)
    assert 100 < picture.height < 2 * WIDTH
    assert len(content) < LARGEST
    # The edge is its own, so that it is read on a dark chat as well as on a light one.
    pixels = picture.convert("RGBA")
    corners = [(8, 8), (WIDTH - 9, 8), (8, picture.height - 9)]
    for corner in corners:
        *light, opaque = cast("tuple[int, ...]", pixels.getpixel(corner))
        assert min(light) > 240
        assert opaque == 255


@pytest.mark.ci
def test_the_picture_says_title_sentence_and_numbers() -> None:
    for chart in (BARS, COURSE, HEAT, CURVES):
        said = words(chart)
        assert squeezed(chart.title) in said
        assert squeezed(chart.says) in said
    for bar in BARS.bars:
        assert squeezed(f"{bar.value:g}{bar.note}") in words(BARS)
        assert squeezed(bar.label) in words(BARS)


async def test_a_picture_from_a_simulated_marketplace_says_so(printer: TypstPrinter) -> None:
    assert "SIMULATED:" in words(BARS, simulated="yes")
    assert "SIMULATED" not in words(BARS)
    marked = await TypstPrinter(simulated=True).chart(BARS)
    assert image(marked).height > image(await printer.chart(BARS)).height


@pytest.mark.parametrize("chart", EMPTY, ids=lambda chart: type(chart).__name__)
def test_an_empty_chart_says_so(chart: Chart) -> None:
    assert "nothingyet" in words(chart)
    assert "othing yet" in spoken(chart)


async def test_one_bar_and_forty_bars(printer: TypstPrinter) -> None:
    one = Bars(title="One", says="Alone.", bars=(Bar("A1QX7ZP9KD4W2M", 1),))
    assert image(await printer.chart(one)).height < 400
    many = tuple(Bar(f"Seller {place}", place, "B0ALDER001") for place in range(44))
    forty = Bars(title="Forty", says="Many.", bars=many)
    content = await printer.chart(forty)
    assert image(content).width == WIDTH
    assert len(content) < LARGEST
    assert squeezed("Seller 39") in words(forty)
    assert squeezed("and 4 more") in words(forty)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
async def test_hostile_words_are_drawn_and_never_obeyed(printer: TypstPrinter, text: str) -> None:
    bars = (Bar(text, 3, text, strong=True), Bar(text, -1), Bar(text, float("nan")))
    for chart in (
        Bars(title=text, says=text, bars=bars, unit=text),
        Course(title=text, says=text, points=bars, most=float("inf"), unit=text),
        Heat(title=text, says=text, rows=(text,), columns=(text, text), counts=((1, 2),)),
        hostile_curves(text),
    ):
        picture = image(await printer.chart(chart))
        assert picture.width == WIDTH
        assert picture.height < 3 * WIDTH


def hostile_curves(text: str) -> Curves:
    way = ((float("-inf"), float("nan")), (0.5, -1), (7, 1e300))
    return Curves(
        title=text,
        says=text,
        curves=(Curve(label=text, note=text, ways=(way, ((0.5, 3),), ())),) * 5,
        band=text,
        phases=(Phase(2, -1, text, PhaseKind.LOUD),),
        gaps=((0.9, 0.1),),
        gap=text,
        marks=((0.5, text),) * 9,
        unit=text,
    )


def test_curves_say_what_each_line_each_phase_and_each_gap_is() -> None:
    said = words(CURVES)
    for each in CURVES.curves:
        assert squeezed(each.label) in said
        assert squeezed(each.note) in said
    for phase in CURVES.phases:
        assert squeezed(f"Buy Box: {phase.label}") in said
    assert squeezed("Not checked") in said
    assert squeezed("in USD") in said


async def test_a_drawing_for_a_page_is_light_or_dark_and_has_no_script(
    printer: TypstPrinter,
) -> None:
    light, dark = [await printer.drawing(CURVES, dark=dark) for dark in (False, True)]
    assert light != dark
    for drawn in (light, dark):
        assert drawn.startswith(b"<svg")
        assert b"<script" not in drawn
        assert b"http" not in drawn.replace(b"http://www.w3.org/", b"")
    assert b"#fbfbf9" in light
    assert b"#fbfbf9" not in dark


def test_markup_is_shown_as_it_was_written() -> None:
    text = HOSTILE[0]
    assert squeezed(text) in words(Bars(title=text, says="s", bars=()))


def test_a_long_label_is_cut_visibly_and_stays_within_its_room() -> None:
    long = "The very long name of a seller who likes to be found and never stops adding words"
    said = words(Bars(title="t", says="s", bars=(Bar(long, 5),)))
    assert re.search("Theverylongnameofaseller[a-z]*…", said)
    assert "words" not in said


def test_no_text_is_smaller_than_a_phone_needs() -> None:
    sizes = [float(size) for size in re.findall(r"(?:size:|small =) *([0-9.]+)pt", TEMPLATE)]
    assert len(sizes) >= 2
    assert min(sizes) >= SMALLEST


def test_the_strong_bar_is_told_apart_without_colour() -> None:
    paper, calm, loud = (_light(name) for name in ("paper", "calm", "loud"))
    assert (paper + 0.05) / (calm + 0.05) >= 3
    assert (calm + 0.05) / (loud + 0.05) >= 1.9
    for text in ("ink", "quiet", "loud"):
        assert (paper + 0.05) / (_light(text) + 0.05) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_lines_and_words_stand_out_from_the_paper(*, dark: bool) -> None:
    paper = _light("paper", dark=dark)
    for name, least in (("ink", 4.5), ("quiet", 4.5), ("loud", 4.5), ("ours", 3), ("calm", 3)):
        brighter, darker = sorted((paper, _light(name, dark=dark)), reverse=True)
        assert (brighter + 0.05) / (darker + 0.05) >= least, name


def _light(name: str, *, dark: bool = False) -> float:
    """Return the relative luminance of one of the template's colours (WCAG 2)."""
    found = re.search(rf'#let {name} = shade\("#(\w{{6}})", "#(\w{{6}})"\)', TEMPLATE)
    assert found is not None
    color = found[2 if dark else 1]
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


async def test_the_loop_goes_on_while_pictures_are_drawn(printer: TypstPrinter) -> None:
    await printer.chart(BARS)
    charts = [msgspec.structs.replace(HEAT, title=f"When {number}") for number in range(8)]
    drawing = asyncio.gather(*(printer.chart(chart) for chart in charts))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0)
        turns += 1
    # Drawn on the loop, each picture would leave it a few turns; the bench tells the longest wait.
    assert turns > 20 * len(charts)
    assert len(await drawing) == len(charts)


async def test_a_failure_of_typst_costs_one_picture(
    printer: TypstPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Panic(BaseException):
        """Typst's panics are no Exception."""

    def panicked(**_: object) -> typst.Compiler:
        raise Panic

    with monkeypatch.context() as patched:
        patched.setattr(typst, "Compiler", panicked)
        broken = TypstPrinter()
        with pytest.raises(BrandwardenError, match="could not be created"):
            await broken.chart(BARS)
    assert await broken.chart(BARS)
