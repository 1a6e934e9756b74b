from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rendering.dossier_annex import kept
from adapters.rendering.figures import time_line
from adapters.rendering.picture_sizes import LARGEST, Shape, shape
from adapters.rendering.sanitize import plain
from adapters.rendering.words import Words
from bot.features.evidence.models.custody import CustodyAction
from bot.features.reports.models.dossier import CustodyLine, CustodyNote, Moment, MomentKind
from tests.unit.adapters.packets.dossiers import AT, page, photo


@pytest.mark.parametrize(("form", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_pictures_size_is_read_from_its_head(form: str, ending: str) -> None:
    assert shape(photo(1, (321, 123), form)) == Shape(ending, 321, 123)


def test_a_picture_with_too_many_pixels_or_bytes_is_refused() -> None:
    bomb = bytearray(page(1))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    assert shape(bytes(bomb)) is None
    assert shape(page(1) + bytes(LARGEST)) is None


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"]))
def test_no_bytes_break_the_reading_of_a_head(content: bytes, head: bytes) -> None:
    found = shape(head + content)
    assert found is None or found.width * found.height > 0


@given(st.text(max_size=80))
def test_what_is_plain_is_one_line_of_what_can_be_printed(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert plain(shown) == shown


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "deleted: E-3, reason: Entered {twice}"),
        ("de", "gelöscht: E-3, Grund: Entered {twice}"),
        ("es-MX", "eliminado: E-3, motivo: Entered {twice}"),
        ("ja", "削除: E-3、理由\uff1aEntered {twice}"),
    ],
)
def test_the_custody_log_speaks_the_reports_language(language: str, said: str) -> None:
    line = CustodyLine(
        number=4,
        at=AT,
        who="Ana (ana)",
        deed=CustodyAction.DELETED,
        detail="E-3 was deleted: Entered {twice}",
        note=CustodyNote.DELETED,
        about="E-3",
        more="Entered {twice}",
        sha256="ab" * 32,
    )
    assert kept(line, Words(language)).what == said


def test_what_is_cut_says_how_much() -> None:
    assert plain("abcdef", 4) == "abcd [2 more characters]"


def moment(at: datetime) -> Moment:
    return Moment(at=at, kind=MomentKind.SEEN, about="")


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=4000)), min_size=1, max_size=60))
def test_every_moment_has_a_place_in_the_order_of_time(afters: Iterable[timedelta]) -> None:
    line = time_line([moment(AT + after) for after in sorted(afters)], date.isoformat)
    places = [point.place for point in line.points]
    assert places == sorted(places)
    assert all(0 <= each <= 1 for each in (*places, *(tick.place for tick in line.ticks)))
    assert len(line.ticks) <= 7


def test_neighbours_on_the_time_line_stand_above_each_other() -> None:
    line = time_line([moment(AT), moment(AT), moment(AT + timedelta(days=1))], date.isoformat)
    assert [point.level for point in line.points] == [0, 1, 0]
