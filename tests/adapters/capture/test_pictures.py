"""Copies of pictures: what a reader sees is there, what hides in the original is not."""

from __future__ import annotations

import hashlib
import io
import struct
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageStat
from PIL.PngImagePlugin import PngInfo

from adapters.capture.pictures import (
    LONGEST_SIDE,
    MARGIN,
    PANEL,
    PillowPictures,
    beside,
    reader_copy,
)
from bot.domain.evidence.content import ContentKind, recognise
from bot.errors import UserError
from bot.ports import Pictures

ORIENTATION, MAKER, GPS, LATITUDE = 0x0112, 0x010F, 0x8825, 2
RED, BLUE = (200, 30, 40), (30, 40, 200)
HIDDEN = (b"Quistorp", b"Exif", b"GPS", b"Phone 17", b"ICC_PROFILE", b"xmp", b"secret")


def halves(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Draw a picture that is red on its left and blue on its right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **how)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[ORIENTATION] = orientation
    found[MAKER] = "Phone 17 of A. Quistorp"
    found.get_ifd(GPS).update({1: "N", LATITUDE: (49.0, 45.0, 30.0), 3: "E", 4: (6.0, 38.0, 9.0)})
    return found


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def near(picture: Image.Image, place: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    """Tell whether the colour is there, at a place in parts of width and height."""
    found = picture.convert("RGB").getpixel(
        (int(place[0] * picture.width), int(place[1] * picture.height))
    )
    assert isinstance(found, tuple)
    return all(abs(one - other) < 30 for one, other in zip(found, colour, strict=True))


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


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "red", "blue"),
    [
        (1, (0.25, 0.5), (0.75, 0.5)),
        (2, (0.75, 0.5), (0.25, 0.5)),
        (3, (0.75, 0.5), (0.25, 0.5)),
        (6, (0.5, 0.25), (0.5, 0.75)),
        (8, (0.5, 0.75), (0.5, 0.25)),
    ],
)
def test_the_copy_is_upright(
    form: str, orientation: int, red: tuple[float, float], blue: tuple[float, float]
) -> None:
    copy = opened(reader_copy(saved(halves(), form, exif=exif(orientation))))
    assert copy.size == ((60, 40) if orientation < 5 else (40, 60))
    assert near(copy, red, RED)
    assert near(copy, blue, BLUE)


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


@pytest.mark.parametrize(
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
    plain = halves(mode="L" if mode == "I;16" else mode)
    if mode == "I;16":
        plain = plain.convert("I").point(lambda value: value * 256).convert("I;16")
    copy = opened(reader_copy(saved(plain, form)))
    assert (copy.format, copy.mode, copy.size) == (copied, "RGB", (60, 40))
    expected = [RED, BLUE]
    if mode in ("L", "LA", "1", "I;16"):
        shades = halves(mode="L" if mode == "I;16" else mode).convert("RGB")
        expected = [shades.getpixel((4, 4)), shades.getpixel((56, 4))]  # type: ignore[list-item]
    if mode != "1":
        assert near(copy, (0.1, 0.1), expected[0])
        assert near(copy, (0.9, 0.1), expected[1])


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


@pytest.mark.parametrize("profile", [b"nonsense", b"\x00" * 128, b"x" * 2_000_000])
def test_a_profile_that_makes_no_sense_is_left_out(profile: bytes) -> None:
    content = saved(halves(), "PNG", icc_profile=profile)
    assert near(opened(reader_copy(content)), (0.25, 0.5), RED)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of many pixels in few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width // 8)) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


@pytest.mark.parametrize("content", [bomb(10_000, 10_000), bytes(100_000_000)])
def test_a_bomb_is_refused_at_once(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(UserError, match="are the most that is taken"):
        reader_copy(content)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n%%EOF\n",
        saved(halves(), "GIF"),
        saved(halves(), "JPEG") + b"<script>alert(1)</script>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UserError):
        reader_copy(content)


def test_a_picture_that_cannot_be_decoded_is_refused_with_advice() -> None:
    whole = saved(halves((600, 400)), "PNG")
    place = whole.index(b"IDAT") + 20
    broken = whole[:place] + bytes(200) + whole[place + 200 :]
    assert recognise(broken) is ContentKind.PNG
    with pytest.raises(UserError, match="save it again as PNG or JPEG"):
        reader_copy(broken)


ORIGINALS = [
    saved(halves(), form, exif=exif(6), icc_profile=ImageCms.ImageCmsProfile(profile).tobytes())
    for profile in [ImageCms.createProfile("sRGB")]
    for form in ("JPEG", "PNG", "WEBP")
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ORIGINALS), st.data())
def test_a_damaged_picture_is_copied_or_refused(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        copy = opened(reader_copy(bytes(damaged)))
    except UserError:
        return
    assert max(copy.size) <= LONGEST_SIDE


def test_two_pictures_stand_side_by_side_with_their_captions() -> None:
    theirs = saved(Image.new("RGB", (300, 200), RED), "PNG", exif=exif())
    genuine = saved(Image.new("RGB", (200, 300), BLUE), "JPEG", exif=exif())
    content = beside(theirs, genuine, "Received from A1STRANGER0003", "Genuine")
    sheet = opened(content)
    assert sheet.format == "JPEG"
    assert sheet.width == 2 * PANEL + 3 * MARGIN
    assert near(sheet, (0.25, 0.3), RED)
    assert near(sheet, (0.75, 0.3), BLUE)
    left = sheet.crop((MARGIN, MARGIN, PANEL, MARGIN + 60)).convert("L")
    assert ImageStat.Stat(left).stddev[0] > 5
    assert not [trace for trace in HIDDEN if trace in content]


@pytest.mark.parametrize(
    "label", ["", "x" * 5000, "W " * 5000, "a\x00\n\u202e\U0001f600 Größe…", "写真"]
)
def test_any_caption_can_be_drawn_and_stays_in_its_half(label: str) -> None:
    white = saved(Image.new("RGB", (30, 20), (255, 255, 255)), "PNG")
    sheet = opened(beside(white, white, label, "")).convert("L")
    assert sheet.height < 1200
    other = sheet.crop((PANEL + MARGIN + MARGIN // 2 + 6, 0, sheet.width, MARGIN + 30))
    plain = opened(beside(white, white, "", "")).convert("L")
    assert (
        other.tobytes() == plain.crop((PANEL + 3 * MARGIN // 2 + 6, 0, plain.width, 54)).tobytes()
    )


def test_a_half_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UserError):
        beside(saved(halves(), "PNG"), b"<svg/>")


async def test_copies_are_made_through_the_port() -> None:
    pictures: Pictures = PillowPictures()
    content = saved(halves(), "JPEG", exif=exif())
    assert await pictures.copy(content) == reader_copy(content)
    with pytest.raises(UserError):
        await pictures.copy(b"<svg/>")
