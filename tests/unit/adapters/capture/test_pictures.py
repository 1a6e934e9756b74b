"""Copies of pictures: what a reader sees is there, what hides in the original is not."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from adapters.capture.marks import GAP, HEADING, PANEL, RING
from adapters.capture.pictures import (
    LONGEST_SIDE,
    PillowPictures,
    compared,
    gridded,
    reader_copy,
)
from bot.core.spots import Spot
from bot.errors import UserError
from bot.features.evidence.resources import Pictures
from tests.cases import for_each
from tests.unit.adapters.capture.pixels import (
    BLUE,
    GPS,
    HIDDEN,
    LATITUDE,
    RED,
    exif,
    halves,
    near,
    opened,
    saved,
)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_place_stays_in_the_original_and_not_in_the_copy(form: str) -> None:
    original = saved(halves(), form, exif=exif())
    before = hashlib.sha256(original).hexdigest()
    copy = reader_copy(original)
    assert hashlib.sha256(original).hexdigest() == before
    assert opened(original).getexif().get_ifd(GPS)[LATITUDE] == (49.0, 45.0, 30.0)
    assert not opened(copy).getexif()
    assert not [trace for trace in HIDDEN if trace in copy]


def test_nothing_else_that_hides_in_a_picture_is_in_the_copy() -> None:
    notes = PngInfo()
    notes.add_text("Author", "A. Quistorp")
    notes.add_itxt("XML:com.adobe.xmp", "<secret/>", zip=True)
    png = saved(halves(), "PNG", pnginfo=notes, dpi=(72, 72))
    jpeg = saved(halves(), "JPEG", comment=b"A. Quistorp", xmp=b"<secret/>", dpi=(72, 72))
    for content in (png, jpeg + bytes(4) + saved(halves(), "JPEG", comment=b"secret")):
        assert any(trace in content for trace in HIDDEN)
        copy = reader_copy(content)
        assert not [trace for trace in HIDDEN if trace in copy]
        assert set(opened(copy).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@for_each("form", ["JPEG", "PNG", "WEBP"])
@for_each(
    ("orientation", "red", "blue"),
    [
        (1, (0.25, 0.5), (0.75, 0.5)),
        (2, (0.75, 0.5), (0.25, 0.5)),
        (3, (0.75, 0.5), (0.25, 0.5)),
        (4, (0.25, 0.5), (0.75, 0.5)),
        (5, (0.5, 0.25), (0.5, 0.75)),
        (6, (0.5, 0.25), (0.5, 0.75)),
        (7, (0.5, 0.75), (0.5, 0.25)),
        (8, (0.5, 0.75), (0.5, 0.25)),
        (9, (0.25, 0.5), (0.75, 0.5)),
    ],
)
def test_the_copy_is_upright(
    form: str, orientation: int, red: tuple[float, float], blue: tuple[float, float]
) -> None:
    copy = opened(reader_copy(saved(halves(), form, exif=exif(orientation))))
    assert copy.size == ((60, 40) if orientation not in range(5, 9) else (40, 60))
    assert near(copy, red, RED)
    assert near(copy, blue, BLUE)


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(place=st.integers(0, 200), new=st.binary(max_size=3))
def test_damaged_exif_is_no_reason_to_refuse_a_picture(place: int, new: bytes) -> None:
    held = exif(6).tobytes()
    damaged = held[:place] + new + held[place + len(new) :]
    assert {*opened(reader_copy(saved(halves(), "PNG", exif=damaged))).size} == {60, 40}


@pytest.mark.parametrize(
    ("size", "shown"),
    [((60, 40), (60, 40)), ((4800, 2400), (2400, 1200)), ((1000, 5000), (480, 2400))],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_longest_side_is_bounded_and_nothing_is_blown_up(
    form: str, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    assert opened(reader_copy(saved(halves(size), form))).size == shown
    assert max(shown) <= LONGEST_SIDE


@for_each(
    ("form", "mode", "copied"),
    [
        ("PNG", "RGB", "PNG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "P", "PNG"),
        ("PNG", "L", "PNG"),
        ("PNG", "LA", "PNG"),
        ("PNG", "1", "PNG"),
        ("PNG", "I;16", "PNG"),
        ("JPEG", "L", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("WEBP", "RGBA", "JPEG"),
    ],
)
def test_pictures_of_every_make_are_copied(form: str, mode: str, copied: str) -> None:
    copy = opened(reader_copy(saved(drawn(mode), form)))
    assert (copy.format, copy.mode, copy.size) == (copied, "RGB", (60, 40))
    for place in ((0.1, 0.1), (0.9, 0.1)):
        assert near(copy, place, seen(mode, place))


def drawn(mode: str) -> Image.Image:
    if mode == "P":
        return halves().quantize(8)
    if mode == "I;16":
        return halves(mode="I").point(lambda value: value * 256).convert("I;16")
    return halves(mode=mode)


def seen(mode: str, place: tuple[float, float]) -> tuple[int, int, int]:
    """Return the colour that the half of the picture has in that mode."""
    shown = halves(mode="L" if mode == "I;16" else mode).convert("RGB")
    if mode in ("P", "RGBA", "CMYK"):
        shown = halves()
    found = shown.getpixel((int(place[0] * 60), int(place[1] * 40)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    clear.paste((*RED, 255), (30, 0, 60, 40))
    for form in ("PNG", "WEBP"):
        copy = opened(reader_copy(saved(clear, form)))
        assert near(copy, (0.25, 0.5), (255, 255, 255))
        assert near(copy, (0.75, 0.5), RED)


def test_the_first_frame_of_an_animation_is_shown() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    for form in ("WEBP", "PNG"):
        content = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
        copy = opened(reader_copy(content))
        assert near(copy, (0.5, 0.5), RED)
        assert getattr(copy, "n_frames", 1) == 1


def test_colours_are_those_of_the_pictures_profile() -> None:
    # A profile that is told by its picture alone: luminance goes where sRGB has none.
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = lab.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    content = saved(Image.new("RGB", (60, 40), (255, 0, 0)), "PNG", icc_profile=swapped)
    assert near(opened(reader_copy(content)), (0.5, 0.5), (0, 0, 255))


def test_a_grid_lies_over_a_copy_and_names_its_cells() -> None:
    content = gridded(saved(Image.new("RGB", (600, 400), RED), "PNG", exif=exif()))
    sheet = opened(content)
    assert sheet.format == "JPEG"
    lines = [near(sheet, (part / 6, 0.55), RED) for part in range(1, 6)]
    assert not any(lines)
    middles = [(0.09 + part / 6, 0.09 + part / 6) for part in range(6)]
    assert all(near(sheet, middle, RED) for middle in middles)
    assert not [trace for trace in HIDDEN if trace in content]


def test_two_pictures_stand_side_by_side_with_a_number_at_each_mark() -> None:
    theirs = saved(Image.new("RGB", (300, 200), BLUE), "PNG", exif=exif())
    genuine = saved(Image.new("RGB", (200, 300), BLUE), "JPEG", exif=exif())
    plain = opened(compared(theirs, genuine, []))
    assert plain.width == 2 * PANEL + 3 * GAP
    content = compared(theirs, genuine, [(Spot(500, 500), None), (Spot(0, 0), Spot(1000, 1000))])
    drawn = ImageChops.difference(plain, opened(content)).convert("L").point(_strong)
    left = drawn.crop((0, 0, PANEL + GAP, drawn.height))
    right = drawn.crop((PANEL + 2 * GAP, 0, drawn.width, drawn.height))
    # One at the corner and one in the middle: no third.
    right_of, below = GAP + PANEL // 2 + RING, GAP + HEADING + PANEL // 3 + RING
    assert left.getbbox() == pytest.approx((GAP, GAP + HEADING, right_of, below), abs=8)
    box = right.getbbox()
    assert box is not None
    assert box[2] - box[0] < 2 * RING + 8
    assert not [trace for trace in HIDDEN if trace in content]


def _strong(value: int) -> int:
    return 255 if value > 60 else 0


@pytest.mark.parametrize("size", [(1, 1), (4000, 1), (1, 4000), (10_000, 2)])
def test_pictures_of_any_shape_can_be_drawn_on(size: tuple[int, int]) -> None:
    thin = saved(Image.new("RGB", size, RED), "PNG")
    turned = saved(Image.new("RGB", size[::-1], RED), "PNG")
    assert opened(gridded(thin)).format == "JPEG"
    assert opened(compared(thin, turned, [(Spot(0, 0), Spot(1000, 1000))])).format == "JPEG"


def test_a_half_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UserError):
        compared(saved(halves(), "PNG"), b"<svg/>", [])


async def test_copies_are_made_through_the_port() -> None:
    port: Pictures = PillowPictures()
    content = saved(halves(), "JPEG", exif=exif())
    assert await port.copy(content) == reader_copy(content)
    with pytest.raises(UserError):
        await port.copy(b"<svg/>")
    assert await port.grid(content) == gridded(content)
    marks = [(Spot(1, 2), None)]
    assert await port.marked(content, content, marks) == compared(content, content, marks)
