"""PDFs that do something, or are something else besides: refused, or taken with a remark."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.features.evidence.rules import active_pdf
from bot.features.evidence.rules.active_pdf import MOST_STREAMS, MOST_UNPACKED, remarks
from bot.features.evidence.rules.content import ContentKind, recognise
from tests.patience import computing

PACKED = b"7 0 <</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"
PROGRAM = b"<</S/JavaScript/JS(app.alert(1))>>"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R" + trailer + b">>\n%%EOF\n"


def stream(data: bytes, told: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (told, len(data), data)


def objects(data: bytes, told: bytes = b"/Type/ObjStm/N 1/First 4") -> bytes:
    return stream(zlib.compress(b"7 0 " + data), told + b"/Filter/FlateDecode")


def refusal(content: bytes) -> str:
    with pytest.raises(UserError) as refused:
        recognise(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (b"/OpenAction" + PROGRAM, "a program (JavaScript)"),
        (b"/AA<</O" + PROGRAM + b">>", "a program (JavaScript)"),
        (b"/A<</S/Rendition/R 3 0 R>>", "a video or an animation"),
        (b"/A<</S/J#61vaScript#20>>", ""),
        (b"/A<</S/J#61v#61Script/J#53(x)>>", "a program (JavaScript)"),
        (b"/A<</S/Launch/F(calc.exe)>>", "a command that starts a program"),
        (b"/Names<</EmbeddedFiles 3 0 R>>", "another file"),
        (b"/X<</Type/EmbeddedFile>>", "another file"),
        (b"/Annots[<</Subtype/RichMedia>>]", "a video or an animation"),
    ],
)
def test_a_pdf_that_does_something_is_refused(told: bytes, why: str) -> None:
    for content in (
        pdf(b"<</Type/Catalog" + told + b">>"),
        pdf(objects(b"<</Type/Catalog" + told + b">>")),
        pdf(objects(b"<<" + told + b">>", b"/N 1/#46irst 4")),
        pdf(stream(b"7 0 <<" + told + b">>", b"/Type/ObjStm/N 1/First 4")),
    ):
        if why:
            said = refusal(content)
            assert f"It starts like a PDF but contains {why}. Print it to a new PDF" in said
        else:
            assert recognise(content) is ContentKind.PDF


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (PACKED.hex().encode() + b">", b"/Filter/ASCIIHexDecode"),
        (zlib.compress(PACKED).hex().encode() + b">", b"/Filter[/AHx/Fl]"),
        (base64.a85encode(PACKED) + b"~>", b"/Filter/#41SCII85Decode"),
        (zlib.compress(b"\x02" + PACKED), b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
    ],
)
def test_objects_that_are_packed_in_a_rare_way_are_refused(data: bytes, told: bytes) -> None:
    said = refusal(pdf(stream(data, b"/Type/ObjStm/N 1/First 4" + told)))
    assert "has parts that Brandwarden cannot check" in said


@pytest.mark.parametrize("end", [b"\r", b" \n", b" \r\n"])
def test_a_stream_begins_behind_any_end_of_a_line(end: bytes) -> None:
    content = pdf(objects(b"<</OpenAction" + PROGRAM + b">>")).replace(
        b"stream\n", b"stream" + end, 1
    )
    assert "JavaScript" in refusal(content)


def test_an_attached_file_is_found_by_what_holds_it() -> None:
    held = b"<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>"
    assert "another file" in refusal(pdf(held, stream(zlib.compress(b"MZ"))))


def test_bookmarks_before_a_photo_hide_nothing() -> None:
    photo = stream(b"\xff\xd8\xff \xff\xd9", b"/Subtype/Image/Filter/DCTDecode")
    outlines = b"<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 1>>"
    assert remarks(pdf(b"<</Type/Catalog>>", outlines, photo)) == ()


def test_a_program_is_found_though_nothing_calls_it_one() -> None:
    content = pdf(b"<</A<</S/Rendition/JS(app.alert(1))>>>>")
    assert "a program (JavaScript)" in refusal(content)


def test_a_name_that_hides_behind_a_stream_that_is_none_is_found() -> None:
    content = pdf(b"<</X(>> stream\n)/A<</S/JavaScript>>>>", stream(zlib.compress(b"q Q")))
    assert "JavaScript" in refusal(content)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (b"/OpenAction[3 0 R/Fit]", "It may start an action when you open or read it."),
        (b"/AA<<>>", "It may start an action when you open or read it."),
        (b"/AcroForm<</XFA 3 0 R>>", "It is a form that can change while you read it."),
        (b"/A<</S/GoToR/F(b.pdf)>>", "It links to other files."),
        (b"/A<</S/SubmitForm/F(x)>>", "It can send what you type into it."),
    ],
)
def test_what_may_do_no_harm_is_taken_with_a_remark(told: bytes, says: str) -> None:
    for content in (pdf(b"<<" + told + b">>"), pdf(objects(b"<<" + told + b">>"))):
        assert recognise(content) is ContentKind.PDF
        assert remarks(content) == (says,)


def test_a_paper_that_does_nothing_has_no_remark() -> None:
    page = stream(zlib.compress(b"BT /F1 12 Tf (Invoice 4711) Tj ET"))
    picture = stream(zlib.compress(bytes(3_000_000)), b"/Subtype/Image/Filter/FlateDecode")
    photo = stream(b"\xff\xd8\xff/JS /AA \xff\xd9", b"/Subtype/Image/Filter/DCTDecode")
    content = pdf(b"<</Type/Catalog/Lang(en)>>", page, picture, photo, objects(b"<</Type/Page>>"))
    assert remarks(content) == ()


def test_a_protected_paper_is_taken_and_it_is_said_what_could_not_be_checked() -> None:
    hidden = stream(b"\x91\x17\x33 secret", b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    [says] = remarks(pdf(b"<<>>", hidden, trailer=b"/Encrypt 9 0 R"))
    assert says == "It is protected, so Brandwarden could not check it for hidden content."


@pytest.mark.parametrize("packing", [b"/LZWDecode", b"/ASCII85Decode", b"[/AHx/Fl]"])
def test_objects_that_cannot_be_unpacked_are_refused(packing: bytes) -> None:
    hidden = stream(b"\x80\x0b\x60\x50", b"/Type/ObjStm/N 1/First 4/Filter" + packing)
    assert "has parts that Brandwarden cannot check" in refusal(pdf(b"<<>>", hidden))


@pytest.mark.parametrize("page", [b"<html>", b"<ScRiPt>alert(1)</script>", b"<!DOCTYPE html>"])
def test_a_paper_that_is_a_web_page_too_is_refused(page: bytes) -> None:
    assert "is also a web page" in refusal(b"%PDF-1.7\n%" + page + pdf(b"<<>>"))


@pytest.mark.parametrize("disk", [b"\x00\x00", b"\x01\x00"])
@pytest.mark.parametrize("behind", [0, 100_000])
def test_a_paper_that_is_an_archive_too_is_refused(disk: bytes, behind: int) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("evil.txt", "x")
    packed = written.getvalue()
    place = packed.rindex(b"PK\x05\x06") + 4
    changed = packed[:place] + disk + packed[place + 2 :]
    assert "archive" in refusal(b"%PDF-1.7\n" + changed + bytes(behind) + pdf(b"<<>>"))
    assert "archive" in refusal(pdf(b"<<>>") + changed + b"%%EOF")


@pytest.mark.ci
def test_hostile_papers_cost_little() -> None:
    bomb = stream(zlib.compress(b"7 0 " + b" " * (2 * MOST_UNPACKED)))
    with computing(20):
        assert "contains too much compressed data" in refusal(pdf(bomb))
        assert "has too many parts" in refusal(pdf(b"stream\n" * (MOST_STREAMS + 1)))
        assert recognise(pdf(b"/" * 5_000_000, b"#" * 5_000_000)) is ContentKind.PDF
        assert recognise(pdf(b"%" + b" " * 9_000_000, stream(b"%\n" * 999_999))) is ContentKind.PDF
        blank = stream(zlib.compress(b"%\n" * 5_000_000))
        assert recognise(pdf(*[blank] * 5)) is ContentKind.PDF


def test_what_unpacks_to_nothing_is_read_no_further_than_what_unpacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(active_pdf, "MOST_UNPACKED", 200_000)
    # Each begins the next one in what it holds, so that they end together.
    begins = b"stream\n" + zlib.compress(b"", 0)[:2] + block(b"7 ")
    nothing = block(b"") * 2000
    content = pdf(begins + nothing + (block(begins) + nothing) * 10)
    assert "contains too much compressed data" in refusal(content)
    assert recognise(pdf(*[objects(b"<<>>")] * 2000)) is ContentKind.PDF


def block(data: bytes) -> bytes:
    """Return a block as packers write it who do not pack it, and that is not the last one."""
    return struct.pack("<BHH", 0, len(data), len(data) ^ 0xFFFF) + data


@given(
    st.lists(st.sampled_from([*re.findall(rb"\S+|\s", pdf(objects(PROGRAM), b"<</AA 1>>")), b""]))
)
def test_any_paper_is_refused_or_taken(words: list[bytes]) -> None:
    content = b"%PDF-1.7\n" + b"".join(words) + b"%%EOF"
    with suppress(UserError):
        assert recognise(content) is ContentKind.PDF


@given(
    st.text("JavScript", min_size=1, max_size=10), st.lists(st.booleans(), min_size=10, max_size=10)
)
def test_an_escaped_name_is_the_name(word: str, escaped: list[bool]) -> None:
    spelled = "".join(
        f"#{ord(c):02x}" if e else c for c, e in zip("JavaScript", escaped, strict=True)
    )
    assert "JavaScript" in refusal(pdf(f"<</{word}x/{spelled} 1>>".encode()))
