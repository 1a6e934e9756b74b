from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from adapters.rendering import pdf, typesetter
from bot.core.findings import Fact
from bot.errors import BrandwardenError
from bot.features.reports.models.dossier import Dossier, Moment
from tests.unit.adapters.packets.dossiers import (
    AT,
    OFFERS,
    STATEMENT,
    Shelf,
    dossier,
    heavy,
    light,
    offer,
    photo,
)
from tests.unit.adapters.packets.reading import page_texts

HOSTILE = (
    '#import "@preview/evil:1.0.0": *',
    "#panic()",
    "]] #[*bold* _it_ $x^2$ @ref <label>",
    '"); #read("/etc/passwd")',
    "`raw` // comment /* not closed",
    "\\ \\u{41} ~ -- --- ... =h",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


async def printed(dossier: Dossier, shelf: Shelf | None = None) -> list[str]:
    return page_texts(await pdf.print_dossier(dossier, (shelf or Shelf()).read))


async def test_every_page_says_whose_it_is_and_that_it_is_simulated() -> None:
    shelf = Shelf()
    pages = await printed(light(shelf), shelf)
    for number, text in enumerate(pages, start=1):
        assert squeezed(f"Brandwarden · C-12 · R-3 · page {number} of {len(pages)}") in text
        assert squeezed("SIMULATED: these facts come from a simulated marketplace") in text


async def test_real_facts_are_not_called_simulated() -> None:
    real = dossier(OFFERS, (), simulated=False)
    assert "SIMULATED" not in "".join(await printed(real))


async def test_it_tells_everything_that_the_dossier_holds() -> None:
    shelf = Shelf()
    told = light(shelf)
    text = "".join(await printed(told, shelf))
    expected = [told.brand, told.title, told.recommendation, "2026-11-23 10:00 UTC", told.seal]
    expected += [fact.value for fact in told.summary]
    expected += STATEMENT.split("\n")
    expected += [word for row in told.offers for word in (row.asin, row.seller, row.price)]
    expected += [moment.text for moment in told.moments]
    for exhibit in told.exhibits:
        expected += [exhibit.label, exhibit.kind, exhibit.caption]
        expected += [fact.value for fact in exhibit.facts]
    expected += [line.sha256 for line in told.custody] + list(told.unseen)
    expected += [told.sales.sentence] if told.sales else []
    missing = [each for each in expected if squeezed(each) not in text]
    assert not missing


async def test_the_seal_says_what_it_proves_and_that_nobody_confirmed_the_time() -> None:
    text = "".join(await printed(dossier((), ())))
    assert squeezed("It does not prove that what they show is true") in text
    assert squeezed("No outside authority confirmed the time") in text


async def test_the_seal_names_who_confirmed_the_time() -> None:
    text = "".join(await printed(dossier((), (), stamped="freetsa.org")))
    assert squeezed("An outside authority confirmed the time: freetsa.org") in text
    assert squeezed("All times come from the computer") not in text


async def test_the_reported_offer_and_ours_are_marked_in_words() -> None:
    text = "".join(await printed(dossier(OFFERS, ())))
    assert squeezed("NORDLICHT TRADE EUR 30.90 EUR 0.00 the seller Reported") in text
    assert squeezed("Alder & Finch EUR 39.90 EUR 0.00 Amazon Ours") in text


async def test_an_empty_dossier_says_what_is_missing() -> None:
    empty = dossier((), (), moments=(), sales=None, custody=(), unseen=(), summary=())
    text = "".join(await printed(empty))
    for said in (
        "No offers were on record",
        "Nothing is on record.",
        "This packet contains no evidence.",
        "Sales are not compared",
        "The custody log is empty.",
        "Nothing is listed as unchecked. That does not mean that everything was checked.",
    ):
        assert squeezed(said) in text


async def test_markup_is_shown_as_text_wherever_it_stands() -> None:
    shelf = Shelf()
    said = " ".join(HOSTILE)
    exhibit = msgspec.structs.replace(
        light(shelf).exhibits[1], label=said, kind=said, caption=said, facts=(Fact(said, said),)
    )
    told = dossier(
        (offer(said, said, accused=True),),
        (exhibit,),
        brand=said,
        case=said,
        report=said,
        title=said,
        recommendation=said,
        summary=(Fact(said, said),),
        statement=said,
        moments=(Moment(AT, said, said),),
        unseen=(said,),
        stamped=said,
    )
    text = "".join(await printed(told, shelf))
    assert text.count(squeezed(said)) >= 14


async def test_ten_thousand_letters_without_a_space_are_all_there() -> None:
    shelf = Shelf()
    long = "W" * 10_000
    exhibit = msgspec.structs.replace(light(shelf).exhibits[1], caption=long)
    told = dossier((offer(long, "EUR 1.00"),), (exhibit,), statement=long)
    text = "".join(await printed(told, shelf))
    assert text.count("W") >= 30_000


async def test_invisible_characters_become_visible() -> None:
    said = "a\x00b\x1bc\u202ed\u2066e\ud800f\uffffg\u200bh"
    text = "".join(await printed(dossier((offer(said, "EUR 1.00"),), ())))
    shown = "a[U+0000]b[U+001B]c[U+202E]d[U+2066]e[U+D800]f[U+FFFF]g[U+200B]h"
    assert shown in text


async def test_writing_from_right_to_left_and_letters_without_a_font_do_not_break_it() -> None:
    names = ("متجر النور", "חנות האור", "\U000102a0\U000102a1", "e\u0301\u0302")
    text = "".join(await printed(dossier(tuple(offer(name, "EUR 1.00") for name in names), ())))
    assert text.count(squeezed("EUR 1.00")) == len(names)


@pytest.mark.ci
async def test_thirty_offers_repeat_their_head_and_forty_pictures_are_there() -> None:
    shelf = Shelf()
    content = await pdf.print_dossier(heavy(shelf), shelf.read)
    pages = page_texts(content)
    head = squeezed("Product Seller Price Shipping Fulfilled by")
    assert sum(head in text for text in pages) == 2
    text = "".join(pages)
    assert all(f"E-{place}" in text for place in range(1, 41))
    # One of the forty is damaged.
    assert content.count(b"/Subtype/Image") == 39
    assert text.count(squeezed(typesetter.UNREADABLE)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg onload='x'/>", photo(1)[:40], b"\x89PNG\r\n\x1a\n" * 9]
)
async def test_what_is_no_picture_is_a_grey_box_that_says_so(content: bytes) -> None:
    shelf = Shelf()
    exhibit = light(shelf).exhibits[1]
    told = dossier((), (msgspec.structs.replace(exhibit, picture=shelf.keep(content)),))
    text = "".join(await printed(told, shelf))
    assert squeezed("The original is in the sealed archive") in text


async def test_a_picture_that_is_not_in_the_vault_is_said() -> None:
    exhibit = light(Shelf()).exhibits[1]
    text = "".join(await printed(dossier((), (exhibit,)), Shelf()))
    assert squeezed("The stored picture is missing or damaged") in text


async def test_pictures_beyond_the_bound_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PICTURES", 2)
    shelf = Shelf()
    text = "".join(await printed(light(shelf), shelf))
    assert text.count(squeezed("too many pictures to print")) == 1


async def test_the_same_dossier_is_the_same_bytes() -> None:
    shelf = Shelf()
    told = light(shelf)
    first, second = [await pdf.print_dossier(told, shelf.read) for _ in range(2)]
    assert first == second
    assert b"<pdfaid:part>2</pdfaid:part>" in first


@pytest.mark.ci
async def test_a_typesetter_that_hangs_is_ended_and_the_pictures_are_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging = tmp_path / "typesetter.py"
    true = Path(typesetter.__file__)
    hanging.write_text(
        "import pathlib, runpy, sys, time\n"
        "if '.jpg' in pathlib.Path(sys.argv[1], 'sheet.json').read_text('utf-8'):\n"
        "    time.sleep(600)\n"
        f"runpy.run_path({str(true)!r}, run_name='__main__')\n",
        "utf-8",
    )
    monkeypatch.setattr(typesetter, "__file__", str(hanging))
    monkeypatch.setattr(pdf, "LONGEST", 3.0)
    shelf = Shelf()
    text = "".join(await printed(light(shelf), shelf))
    assert text.count(squeezed("The pictures could not be printed")) == 3


async def test_a_typesetter_that_fails_is_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failing = tmp_path / "typesetter.py"
    failing.write_text("raise SystemExit('no type today')", "utf-8")
    monkeypatch.setattr(typesetter, "__file__", str(failing))
    with pytest.raises(BrandwardenError, match="could not be created: no type today"):
        await pdf.print_dossier(dossier((), ()), Shelf().read)
