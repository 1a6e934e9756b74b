"""What a picture tells besides what it shows: found, and taken out bit for bit."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from bot.core.files import Hidden
from bot.errors import UserError
from bot.features.evidence.rules import exif
from bot.features.evidence.rules.content import ContentKind, recognise
from bot.features.evidence.rules.hidden import hidden, without
from tests.cases import for_each

FORMS = ("JPEG", "PNG", "WEBP")
GPS, OWN = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif
FILM = b"\x00\x00\x00\x10ftypmp42" + bytes(4) + b"\x00\x00\x00\x0cmdat\x01\x02\x03\x04"
NOTES = b"\x00\x00\x01\x0aData" + b"SEFH" + bytes(8) + struct.pack("<I", 12) + b"SEFT"
MOTION = NOTES[:4] + b"\x10\x00\x00\x00MotionPhoto_Data" + FILM + NOTES[8:]
XMP = b"<x:xmpmeta><rdf:Description %s/></x:xmpmeta>"


def picture(form: str, **how: object) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(written, form, **how)
    return written.getvalue()


def noted(write: Callable[[Image.Exif], object]) -> bytes:
    """Return EXIF with what was written into it."""
    data = Image.Exif()
    write(data)
    return data.tobytes()


def own(tag: int, value: object) -> bytes:
    return noted(lambda data: data.get_ifd(OWN).update({tag: value}))


PLACE = noted(lambda data: data.get_ifd(GPS).update({ExifTags.GPS.GPSLatitude: (48.0, 51.0, 29.0)}))
EXIF = {
    "a place": (PLACE, Hidden.PLACE),
    "an altitude": (noted(lambda data: data.get_ifd(GPS).update({6: 34.5})), Hidden.PLACE),
    "an artist": (noted(lambda data: data.update({0x013B: "Marie"})), Hidden.PERSON),
    "an owner": (own(0xA430, "Marie"), Hidden.PERSON),
    "an author": (noted(lambda data: data.update({0x9C9D: b"M\x00a\x00"})), Hidden.PERSON),
    "a body": (own(0xA431, "4711"), Hidden.SERIAL),
    "a lens": (own(0xA435, "4711"), Hidden.SERIAL),
    "a maker": (own(0x927C, b"Canon 0815 Marie"), Hidden.NOTES),
    "a computer": (noted(lambda data: data.update({0x013C: "Marie's laptop"})), Hidden.PERSON),
    "a description": (noted(lambda data: data.update({0x010E: "At Marie's"})), Hidden.WORDS),
    "a remark": (noted(lambda data: data.update({0x9C9C: b"A\x00t\x00"})), Hidden.WORDS),
    "a comment": (own(0x9286, b"ASCII\x00\x00\x00At Marie's"), Hidden.WORDS),
    "nonsense": (b"Exif\x00\x00II*\x00\xff\xff\xff\xff", Hidden.DATA),
}
HARMLESS = noted(
    lambda data: data.update({0x010F: "Canon", 0x0112: 1, 0x0132: "2026:11:20 10:00:00"})
)


@for_each("form", FORMS)
@for_each("what", EXIF)
def test_what_exif_tells_is_found_and_taken_out(form: str, what: str) -> None:
    told, found = EXIF[what]
    assert_bare(picture(form, exif=told), found)


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_tells_nothing_is_left_alone(form: str) -> None:
    silent = own(0x9286, b"ASCII\x00\x00\x00   ")
    shot = own(0x9286, b"ASCII\x00\x00\x00Screenshot")
    for content in (picture(form), *(picture(form, exif=it) for it in (HARMLESS, silent, shot))):
        assert hidden(recognise(content), content) == ()


@for_each(
    ("told", "found"),
    [
        (b'exif:GPSLatitude="48,51.5N"', Hidden.PLACE),
        (b'photoshop:City="Paris"', Hidden.PLACE),
        (b'Iptc4xmpCore:Location="Here"', Hidden.PLACE),
        (b'aux:SerialNumber="1"', Hidden.SERIAL),
        (b'exifEX:BodySerialNumber="1"', Hidden.SERIAL),
        (b'aux:OwnerName="Marie"', Hidden.PERSON),
        (b'dc:creator="Marie"', Hidden.PERSON),
        (b'Iptc4xmpExt:PersonInImage="Marie"', Hidden.PERSON),
        (b'dc:description="At Marie\'s"', Hidden.WORDS),
        (b'exif:UserComment="At Marie\'s"', Hidden.WORDS),
    ],
)
def test_what_xmp_tells_is_found_and_taken_out(told: bytes, found: Hidden) -> None:
    xmp = XMP % told
    for form in ("JPEG", "WEBP"):
        assert_bare(picture(form, xmp=xmp), found)
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
    assert_bare(picture("PNG", pnginfo=texts), found)


def test_who_made_the_file_with_which_program_is_nothing_private() -> None:
    shot = (
        b"/><exif:UserComment><rdf:Alt><rdf:li>Screenshot</rdf:li></rdf:Alt></exif:UserComment><x"
    )
    for told in (b'xmp:CreatorTool="Pan 3" xmp:CreateDate="2026-11-20"', shot):
        content = picture("JPEG", xmp=XMP % told)
        assert hidden(ContentKind.JPEG, content) == ()
    for remark in (b"CREATOR: gd-jpeg v1.0", b"Created with GIMP", b"Lavc60.3.100\x00", b" \x00"):
        assert hidden(ContentKind.JPEG, segment(picture("JPEG"), 0xFE, remark)) == ()
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Software", "Pan 3")
    texts.add_text("Comment", "Created with GIMP")
    assert hidden(ContentKind.PNG, picture("PNG", pnginfo=texts)) == ()


def test_a_comment_in_a_jpeg_is_found_and_taken_out() -> None:
    assert_bare(segment(picture("JPEG"), 0xFE, b"At Marie's"), Hidden.WORDS)


@pytest.mark.parametrize(
    ("number", "found"), [(90, Hidden.PLACE), (80, Hidden.PERSON), (120, Hidden.WORDS)]
)
def test_what_iptc_tells_is_found_and_taken_out(number: int, found: Hidden) -> None:
    record = b"\x1c\x02" + bytes([number]) + b"\x00\x05Marie"
    data = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0a" + record
    assert_bare(segment(picture("JPEG"), 0xED, data), found)


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("Author", "Marie", Hidden.PERSON),
        ("Description", "At Marie's", Hidden.WORDS),
        ("Comment", "At Marie's", Hidden.WORDS),
        ("exif:GPSLatitude", "48/1", Hidden.PLACE),
        ("Raw profile type exif", f"\nexif\n{len(PLACE)}\n{PLACE.hex()}\n", Hidden.PLACE),
        ("Raw profile type exif", "\nexif\n9\nnonsense\n", Hidden.DATA),
    ],
)
def test_what_a_pngs_texts_tell_is_found_and_taken_out(
    keyword: str, text: str, found: Hidden
) -> None:
    for packed in (False, True):
        texts = PngImagePlugin.PngInfo()
        texts.add_text(keyword, text, zip=packed)
        assert_bare(picture("PNG", pnginfo=texts), found)


def test_a_text_that_unpacks_to_more_than_anybody_reads_is_taken_out_unread() -> None:
    bomb = b"XML:com.adobe.xmp\x00\x00" + zlib.compress(bytes(100_000_000))
    content = picture("PNG")
    check = struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    text = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + check
    assert_bare(content[:33] + text + content[33:], Hidden.DATA)


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (FILM, Hidden.FILM),
        (FILM[:-2], Hidden.FILM),
        (MOTION, Hidden.FILM),
        (NOTES, Hidden.NOTES),
        (NOTES.replace(b"SEFH", b"SEFX"), Hidden.DATA),
        (b"\x17some bytes", Hidden.DATA),
        (picture("JPEG") + FILM, Hidden.FILM),
        (picture("JPEG", exif=PLACE), Hidden.PLACE),
        (bytes(8) + picture("JPEG", exif=PLACE) + bytes(8), Hidden.PLACE),
    ],
    ids=[
        "Google's film",
        "cut off",
        "Samsung's film",
        "notes",
        "no notes",
        "bytes",
        "both",
        "two",
        "padded",
    ],
)
def test_what_stands_behind_a_photo_is_found_and_taken_out(behind: bytes, found: Hidden) -> None:
    assert_bare(picture("JPEG") + behind, found)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_stands_behind_other_pictures_is_found_and_taken_out(form: str) -> None:
    assert_bare(picture(form) + FILM, Hidden.FILM)
    assert_bare(picture(form) + b"\x17some bytes", Hidden.DATA)


def test_padding_and_a_second_picture_that_tells_nothing_are_left_alone() -> None:
    for behind in (b"", bytes(99), b"\r\n", picture("JPEG"), picture("JPEG") + bytes(4)):
        assert hidden(ContentKind.JPEG, picture("JPEG") + behind) == ()


@pytest.mark.parametrize(("start", "order"), [(b"II*\x00", "<"), (b"MM\x00*", ">")])
def test_how_the_camera_was_held_is_read_in_both_orders_of_bytes(start: bytes, order: str) -> None:
    field = struct.pack(f"{order}IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    assert exif.orientation(start + field) == 6


@for_each("form", FORMS)
@for_each("turned", range(1, 9))
def test_a_picture_is_upright_without_what_it_told(form: str, turned: int) -> None:
    def write(data: Image.Exif) -> None:
        data[0x0112] = turned
        data.get_ifd(GPS)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)

    content = picture(form, exif=noted(write))
    bare = assert_bare(content, Hidden.PLACE)
    assert exif.orientation(noted(write)) == turned
    assert upright(bare).tobytes() == upright(content).tobytes()


def test_colours_stay_as_they_were() -> None:
    profile = bytes(range(200))
    for form in FORMS:
        bare = without(ContentKind(form.lower()), picture(form, icc_profile=profile, exif=PLACE))
        with Image.open(io.BytesIO(bare)) as seen:
            assert seen.info["icc_profile"] == profile


def test_several_things_are_told_in_one_order() -> None:
    def write(data: Image.Exif) -> None:
        data[0x013B] = "Marie"
        data.get_ifd(GPS)[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 29.0)

    content = picture("JPEG", exif=noted(write)) + FILM
    assert hidden(ContentKind.JPEG, content) == (Hidden.PLACE, Hidden.PERSON, Hidden.FILM)


@given(st.sampled_from(FORMS), st.data())
def test_whatever_is_changed_it_is_refused_or_can_be_taken_out(
    form: str, data: st.DataObject
) -> None:
    content = bytearray(picture(form, exif=PLACE, xmp=XMP % b'dc:creator="M"') + FILM)
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for changed in (bytes(content), bytes(content[:cut])):
        try:
            kind = recognise(changed)
        except UserError:
            continue
        bare = without(kind, changed)
        if kind.picture:
            assert recognise(bare) is kind
            assert hidden(kind, bare) == ()
            assert without(kind, bare) == bare


@given(st.binary(max_size=400))
def test_exif_of_any_bytes_is_read(data: bytes) -> None:
    for order in (b"", b"II*\x00\x08\x00\x00\x00", b"MM\x00*\x00\x00\x00\x08"):
        exif.told(order + data)
        exif.orientation(order + data)


def test_exif_in_circles_and_of_many_fields_ends() -> None:
    circle = b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"
    assert exif.told(circle) == {Hidden.DATA}
    assert exif.told(b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(12 * 65_535)) == {Hidden.DATA}


@pytest.mark.parametrize(
    ("fields", "found"), [(exif.MOST_READ - 1, set()), (exif.MOST_READ + 1, {Hidden.DATA})]
)
def test_exif_whose_fields_overlap_is_not_read_over_and_over(
    fields: int, found: set[Hidden]
) -> None:
    head = b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", fields)
    values = bytes(10_000)
    start = len(head) + 12 * fields + 4
    field = struct.pack("<HHII", 0x010F, 7, len(values), start)
    assert exif.told(head + field * fields + bytes(4) + values) == found


def assert_bare(content: bytes, found: Hidden) -> bytes:
    kind = recognise(content)
    assert found in hidden(kind, content)
    bare = without(kind, content)
    assert recognise(bare) is kind
    assert hidden(kind, bare) == ()
    assert b"Marie" not in bare
    if found is Hidden.DATA:
        # Pillow refuses what is not taken out yet.
        return bare
    with Image.open(io.BytesIO(bare)) as left, Image.open(io.BytesIO(content)) as right:
        assert left.tobytes() == right.tobytes()
    return bare


def segment(content: bytes, marker: int, data: bytes) -> bytes:
    head = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2)
    return content[:2] + head + data + content[2:]


def upright(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        return ImageOps.exif_transpose(opened)
