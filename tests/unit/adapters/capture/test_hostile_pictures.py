"""Pictures that are damaged, or want to hurt: a copy is made, or words say why there is none."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from adapters.capture import pictures
from adapters.capture.pictures import LONGEST_SIDE, reader_copy
from bot.errors import UserError
from bot.features.evidence.rules.content import ContentKind, recognise
from tests.patience import computing
from tests.strategies import examples
from tests.unit.adapters.capture.pixels import RED, exif, halves, near, opened, saved


@pytest.mark.parametrize("profile", [b"nonsense", b"\x00" * 128, b"x" * 2_000_000])
def test_a_profile_that_makes_no_sense_is_left_out(profile: bytes) -> None:
    content = saved(halves(), "JPEG", icc_profile=profile)
    assert near(opened(reader_copy(content)), (0.25, 0.5), RED)


@pytest.mark.parametrize(
    "notes", [b"Exif\x00\x00", b"Exif\x00\x00MM\x00*\xff\xff\xff\xff", b"Exif\x00\x00II*\x00" * 9]
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_picture_with_damaged_notes_is_copied_as_it_stands(notes: bytes) -> None:
    assert near(opened(reader_copy(saved(halves(), "JPEG", exif=notes))), (0.25, 0.5), RED)


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
    with computing(5), pytest.raises(UserError, match="Attach one with at most"):
        reader_copy(content)


def test_what_would_be_decoded_is_measured_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 60 * 40 - 1)
    with pytest.raises(UserError, match="cannot be read"):
        reader_copy(saved(halves(), "PNG"))


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


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore::UserWarning")
@examples(300)
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
