"""The copy for readers: the original above a strip."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from adapters.capture.caption import LINE, LINES, SIMULATED_PAPER, Label, annotated
from bot.errors import CaptureError

LABEL = Label(
    url="https://www.amazon.com/dp/B0ALDER001?m=A3ALDERFINCH01",
    at=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
    sha256="ab" * 32,
    tool="Chromium 156.0",
    whole=True,
    simulated=False,
)


def png(width: int = 1280, height: int = 300, mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(written, "PNG")
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_the_original_stands_unchanged_above_the_strip() -> None:
    original, copy = opened(png()), opened(annotated(png(), LABEL))
    assert copy.width == 1280
    assert copy.height > original.height + 3 * LINE
    upper = copy.crop((0, 0, original.width, original.height))
    assert ImageChops.difference(upper, original).getbbox() is None


@pytest.mark.parametrize(
    "other",
    [
        replace(LABEL, url=LABEL.url + "2"),
        replace(LABEL, at=datetime(2026, 3, 1, 10, 0, 1, tzinfo=UTC)),
        replace(LABEL, sha256="ac" * 32),
        replace(LABEL, tool="Chromium 157.0"),
        replace(LABEL, whole=False),
        replace(LABEL, simulated=True),
    ],
)
def test_the_strip_shows_each_of_its_facts(other: Label) -> None:
    assert annotated(png(), other) != annotated(png(), LABEL)


def test_a_simulated_page_is_said_to_be_one_in_a_band_of_its_own() -> None:
    copy = opened(annotated(png(), replace(LABEL, simulated=True)))
    band = copy.getpixel((copy.width - 5, 300 + LINE))
    assert "#{:02x}{:02x}{:02x}".format(*band) == SIMULATED_PAPER  # type: ignore[misc]


def test_a_long_address_is_broken_and_bounded() -> None:
    short = opened(annotated(png(), LABEL)).height
    long = opened(annotated(png(), replace(LABEL, url=LABEL.url + "&x=" + "W" * 5000))).height
    assert long == short + (LINES - 1) * LINE


def test_an_odd_address_is_written_in_plain_letters() -> None:
    odd = replace(LABEL, url="https://www.amazon.com/\u202ekcab")
    plain = replace(LABEL, url=r"https://www.amazon.com/\u202ekcab")
    assert annotated(png(), odd) == annotated(png(), plain)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P"])
def test_any_kind_of_png_will_do(mode: str) -> None:
    assert opened(annotated(png(mode=mode), LABEL)).height > 300


@pytest.mark.parametrize("content", [b"", b"GIF89a", png()[:200]])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(CaptureError, match="damaged"):
        annotated(content, LABEL)


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(CaptureError, match="too large"):
        annotated(png(1280, 6001), LABEL)
