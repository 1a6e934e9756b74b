from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import typst
from PIL import Image

from adapters.rendering import pdf, typesetter
from adapters.rendering.dossier import sheet
from adapters.rendering.words import catalog
from bot.core.languages import LANGUAGES
from bot.errors import BrandwardenError
from bot.features.evidence.models.capture import PageElement
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.dossier import (
    Dossier,
    Limit,
    LimitKind,
    Moment,
    MomentKind,
    ReportPoint,
)
from tests.unit.adapters.packets.dossiers import (
    ASIN,
    AT,
    CHANGED,
    COPIED,
    OFFERS,
    ORDER,
    PURCHASE,
    RIGHT,
    SELLER,
    STATEMENT,
    Shelf,
    by_nobody_known,
    copied,
    dossier,
    heavy,
    light,
    offer,
    photo,
    taken_over,
    used_as_new,
)
from tests.unit.adapters.packets.reading import page_texts
from tests.unit.texts.subjects import each_language_of

HOSTILE = (
    '#import "@preview/evil:1.0.0": *',
    "#panic()",
    "]] #[*bold* _it_ $x^2$ @ref <label>",
    '"); #read("/etc/passwd")',
    "`raw` // comment /* not closed",
    "\\ \\u{41} ~ -- --- ... =h",
)

LONGEST_IN_CELL = 10
"""From so many characters on, the template breaks a word in a table of offers."""


def squeezed(text: str) -> str:
    return "".join(text.split())


async def printed(dossier: Dossier, shelf: Shelf | None = None) -> list[str]:
    return page_texts(await pdf.print_dossier(dossier, (shelf or Shelf()).read))


_LIGHT: list[bytes] = []


async def printed_light() -> bytes:
    """Print the light dossier once for all tests that look at it: it takes a third of a second."""
    if not _LIGHT:
        shelf = Shelf()
        _LIGHT.append(await pdf.print_dossier(light(shelf), shelf.read))
    return _LIGHT[0]


async def test_every_page_says_whose_it_is_and_that_it_is_simulated() -> None:
    pages = page_texts(await printed_light())
    for number, text in enumerate(pages, start=1):
        assert squeezed(f"Brandwarden · C-12 · R-3 · page {number} of {len(pages)}") in text
        assert squeezed("SIMULATED: these facts come from a simulated marketplace") in text


async def test_real_facts_are_not_called_simulated() -> None:
    real = dossier(OFFERS, (), simulated=False)
    assert "SIMULATED" not in "".join(await printed(real))


async def test_it_tells_everything_that_the_dossier_holds() -> None:
    told = light(Shelf())
    text = "".join(page_texts(await printed_light()))
    expected = [told.brand, told.says, told.asks, "Nov 23, 2026, 10:00 UTC", told.seal, ORDER]
    expected += [told.offer.price, told.offer.ours, RIGHT.registration, RIGHT.owner]
    expected += STATEMENT.split("\n")
    expected += [word for row in told.offers for word in (row.asin, row.seller, row.price)]
    expected += [moment.about for moment in told.moments]
    for exhibit in told.exhibits:
        expected += [exhibit.label, exhibit.name, exhibit.caption, exhibit.sha256, exhibit.url]
        expected += exhibit.lines
    expected += [line.sha256 for line in told.custody]
    expected += ["From NORDLICHT TRADE, ASIN B0ALDER001 · Paid EUR 30.90"]
    missing = [each for each in expected if squeezed(each) not in text]
    assert not missing


async def test_the_first_page_alone_says_who_did_what_how_it_is_known_and_what_is_asked() -> None:
    told, content = light(Shelf()), await printed_light()
    first = page_texts(content)[0]
    expected = [told.says, told.asks, SELLER.name, SELLER.id, "Nordlicht Handel UG", ORDER]
    expected += [ASIN, RIGHT.registration, "EUR 30.90 · New", "Ordered Nov 11, 2026"]
    expected += [*told.differences, PURCHASE.verified, "Received from this seller (E-2)"]
    expected += ["Genuine product (E-3)", "Still live: Nov 23, 2026, 09:00 UTC"]
    assert not [each for each in expected if squeezed(each) not in first]
    # Marked on one photo and listed below: each number stands twice, the first also on the other.
    assert all(first.count(number) >= 2 for number in "123")
    for link in (SELLER.link, told.products[0].link):
        assert link.encode() in content


async def test_the_second_page_shows_the_offers_page_and_the_order() -> None:
    second = page_texts(await printed_light())[1]
    assert squeezed("The offer page E-1") in second
    assert squeezed("Order confirmation E-4") in second


async def test_boxes_on_the_page_are_told_and_so_is_what_has_none() -> None:
    shelf = Shelf()
    boxed = msgspec.structs.replace(
        light(shelf).exhibits[0],
        boxed=(PageElement.SELLER, PageElement.PRICE),
        unboxed=(PageElement.SHIPS_FROM,),
    )
    second = (await printed(light(shelf, exhibits=(boxed,)), shelf))[1]
    assert squeezed("Boxed on the page: 1 Seller, 2 Price") in second
    assert squeezed("Not found on the page, so not boxed: Ships from") in second


async def test_nothing_internal_is_printed() -> None:
    text = "".join(page_texts(await printed_light()))
    for internal in ("Drafted by", "Confirmed by", "Our sales", "Report a Violation"):
        assert squeezed(internal) not in text


async def test_a_claim_about_a_page_shows_the_page_at_once_and_reports_no_offer() -> None:
    shelf = Shelf()
    told = taken_over(shelf)
    first = (await printed(told, shelf))[0]
    assert squeezed("E-1 Screenshot of the offer page") in first
    for words in ("Price and condition", "Offer first seen"):
        assert squeezed(words) not in first


async def test_a_claim_about_a_page_says_on_its_first_page_what_is_wrong_with_it() -> None:
    shelf = Shelf()
    for told, filled in ((taken_over(shelf), CHANGED), (copied(shelf), COPIED)):
        first = (await printed(told, shelf))[0]
        assert not [each for pair in filled.items() for each in pair if squeezed(each) not in first]


async def test_a_seller_is_responsible_for_a_change_alone() -> None:
    shelf = Shelf()
    assert squeezed("Seller responsible") in (await printed(taken_over(shelf), shelf))[0]
    first = (await printed(copied(shelf), shelf))[0]
    assert squeezed("Seller with an offer on this listing") in first
    nobody = (await printed(by_nobody_known(shelf), shelf))[0]
    assert SELLER.id not in nobody.partition("E-1")[0]


async def test_what_was_copied_stands_beside_the_page_on_the_first_page() -> None:
    shelf = Shelf()
    pages = await printed(copied(shelf), shelf)
    for words in ("Our picture (E-3)", "Studio original", "E-1 Screenshot of the offer page"):
        assert squeezed(words) in pages[0]
    assert squeezed("More pictures") not in "".join(pages)


async def test_points_that_leave_no_room_move_the_page_to_the_next() -> None:
    shelf = Shelf()
    told = copied(shelf, points=())
    long = msgspec.structs.replace(told, points=(ReportPoint("Copied", "All of it. " * 100),))
    pages = await printed(long, shelf)
    assert squeezed("(continued in Text of the report)") in pages[0]
    assert squeezed("E-1 Screenshot of the offer page") not in pages[0]
    assert squeezed("The offer page E-1 Screenshot of the offer page") in pages[1]


async def test_only_where_a_right_is_infringed_is_the_brands_product_the_genuine_one() -> None:
    shelf = Shelf()
    first = (await printed(used_as_new(shelf), shelf))[0]
    assert squeezed("Our product, to compare (E-3)") in first
    assert squeezed("Genuine product") not in first
    for words in ("EUR 30.90 · New", "Paid EUR 30.90", ORDER, "The seal of the box is cut"):
        assert squeezed(words) in first


async def test_only_what_was_bought_was_received_from_the_seller() -> None:
    shelf = Shelf()
    first = (await printed(light(shelf, purchases=()), shelf))[0]
    assert squeezed("The seller's product (E-2)") in first
    assert squeezed("Received from this seller") not in first


async def test_a_count_of_ratings_is_not_broken_in_japanese() -> None:
    rows = sheet(dossier(OFFERS, ()), {}, "ja").offers
    assert max(len(part) for row in rows for part in row.cells[6].split()) < LONGEST_IN_CELL


async def test_a_running_head_is_whole_below_its_line_of_writing(tmp_path: Path) -> None:
    async def lowest(brand: str) -> int:
        """Return the lowest dark row at the head of the second page, where the brand stands."""
        told = dossier(OFFERS, (), brand=brand, simulated=False, statement="Line\n\n" * 80)
        folder = tmp_path / brand
        folder.mkdir()
        pdf.lay_out(told, await pdf.gather(told, Shelf().read, folder), folder)
        typesetter.main(folder, 0)
        typst.compile(
            folder / typesetter.TEMPLATE,
            output=folder / "{0p}.png",
            root=folder,
            format="png",
            ppi=254.0,
        )
        with Image.open(min(folder.glob("*2.png"))) as page:
            # Ten pixels are a millimeter.
            head = page.convert("L").crop((180, 0, 230, 180)).point(lambda each: each < 150 and 255)
        box = head.getbbox()
        assert box is not None
        return box[3]

    assert await lowest("gggggg") >= await lowest("xxxxxx") + 5


async def test_what_all_happened_within_an_hour_is_no_line() -> None:
    at = [Moment(at=AT, kind=MomentKind.SEEN, about=ASIN) for _ in range(2)]
    assert sheet(dossier((), (), moments=tuple(at)), {}).line is None
    assert sheet(dossier((), ()), {}).line is not None


@each_language_of(sorted(LANGUAGES))
async def test_every_word_of_ours_is_in_the_reports_language(language: str) -> None:
    shelf = Shelf()
    told = light(shelf, language=language)
    content = await pdf.print_dossier(told, shelf.read)
    text = "".join(page_texts(content))
    base = language.partition("-")[0]
    # A machine may have no font for Japanese; a heading of numbers would help nobody.
    printed_in = base if base != "ja" or b"/Lang(ja)" in content else "en"
    assert f"/Lang({printed_in})".encode() in content
    words = catalog(printed_in)
    for expected in (words.claims[Claim.COUNTERFEIT], words.text["differences"]):
        assert squeezed(expected).casefold() in text.casefold()
    assert "[U+" not in text
    if printed_in != "en":
        assert squeezed("What happened") not in text


async def test_an_order_confirmation_that_is_a_pdf_is_printed_as_a_picture() -> None:
    shelf = Shelf()
    confirmation = await pdf.print_dossier(dossier((), ()), shelf.read)
    exhibit = msgspec.structs.replace(
        light(shelf).exhibits[3], picture=shelf.keep(confirmation), label="E-9"
    )
    told = dossier((), (exhibit,), confirmations=("E-9",))
    content = await pdf.print_dossier(told, shelf.read)
    assert b"/Subtype/Image" in content
    assert squeezed(catalog("en").text["first_page"]) in "".join(page_texts(content))
    assert b"<pdfaid:part>2</pdfaid:part>" in content


async def test_a_pdf_that_cannot_be_read_is_a_grey_box_that_says_so() -> None:
    shelf = Shelf()
    exhibit = msgspec.structs.replace(
        light(shelf).exhibits[3], picture=shelf.keep(b"%PDF-1.7 and nothing else")
    )
    text = "".join(await printed(dossier((), (exhibit,), confirmations=("E-4",)), shelf))
    assert squeezed(catalog("en").text["unreadable"]) in text


def paper(width: float, height: float) -> bytes:
    """Return a PDF of one page with a blue square; its sides are in points."""
    drawing = b"0 0 1 rg 10 10 400 400 re f"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %f %f]/Contents 4 0 R>>" % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
    ]
    content, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def confirmed(shelf: Shelf, *papers: bytes) -> Dossier:
    """Return a dossier with these order confirmations."""
    exhibits = tuple(
        msgspec.structs.replace(
            light(shelf).exhibits[3], picture=shelf.keep(content), label=f"E-{place}"
        )
        for place, content in enumerate(papers, start=4)
    )
    return dossier((), exhibits, confirmations=tuple(each.label for each in exhibits))


@pytest.mark.parametrize(
    "sides",
    [
        (14_400, 14_400),
        pytest.param((1e9, 1e9), marks=pytest.mark.ci),
        pytest.param((14_400, 2_000), marks=pytest.mark.ci),
    ],
)
async def test_a_pdf_with_a_huge_page_is_enclosed_as_a_file_and_its_place_says_so(
    sides: tuple[float, float],
) -> None:
    shelf = Shelf()
    content = await pdf.print_dossier(confirmed(shelf, paper(*sides), paper(595, 842)), shelf.read)
    text = "".join(page_texts(content))
    assert text.count(squeezed(catalog("en").text["too_large"])) == 1
    assert text.count(squeezed(catalog("en").text["first_page"])) == 1, "the other one is shown"


@pytest.mark.ci
async def test_many_large_pages_of_pdfs_are_drawn_as_far_as_they_fit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shelf = Shelf()
    narrow = tmp_path / "typesetter.py"
    narrow.write_text(
        "import pathlib, runpy, sys\n"
        f"main = runpy.run_path({typesetter.__file__!r})['main']\n"
        "main.__globals__['ALL_PAGES'] = 4_000_000\n"
        "main(pathlib.Path(sys.argv[1]), int(sys.argv[2]))\n",
        "utf-8",
    )
    monkeypatch.setattr(typesetter, "__file__", str(narrow))
    papers = [paper(595, height) for height in (842, 841, 840, 200)]
    text = "".join(page_texts(await pdf.print_dossier(confirmed(shelf, *papers), shelf.read)))
    assert text.count(squeezed(catalog("en").text["too_large"])) == 1
    assert text.count(squeezed(catalog("en").text["first_page"])) == 3


async def test_the_seal_says_what_it_proves_and_that_nobody_confirmed_the_time() -> None:
    text = "".join(await printed(dossier((), ())))
    assert squeezed("If the archive still has this seal") in text
    assert squeezed("That does not prove that what they show is true") in text
    assert squeezed("No outside authority confirmed the time") in text


async def test_the_seal_names_who_confirmed_the_time() -> None:
    text = "".join(await printed(dossier((), (), stamped="freetsa.org", limits=())))
    assert squeezed("An outside authority confirmed the time: freetsa.org") in text
    assert squeezed("No outside authority") not in text


async def test_the_reported_offer_and_ours_are_marked_in_words() -> None:
    text = "".join(await printed(dossier(OFFERS, ())))
    assert squeezed("NORDLICHT TRADE Reported EUR 30.90 Free CN FBM 67% of 3") in text
    assert squeezed("Alder & Finch Ours EUR 39.90 Free not given FBA 98% of 12480 Yes") in text


async def test_an_empty_dossier_says_what_is_missing() -> None:
    empty = dossier((), (), moments=(), custody=(), limits=(), products=(), seller=None)
    text = "".join(await printed(empty))
    for key in ("no_offers", "nothing_happened", "no_evidence", "no_custody", "no_limits"):
        assert squeezed(catalog("en").text[key]) in text
    # What people report was not recorded, and happened all the same.
    assert squeezed("No events were recorded automatically.") in text


async def test_markup_is_shown_as_text_wherever_it_stands() -> None:
    shelf = Shelf()
    said = " ".join(HOSTILE)
    exhibit = msgspec.structs.replace(
        light(shelf).exhibits[4],
        **dict.fromkeys(("label", "name", "caption", "url"), said),
        lines=(said,),
        notes=(said,),
    )
    told = dossier(
        (msgspec.structs.replace(offer(said, said, accused=True), shipping=said),),
        (exhibit,),
        **dict.fromkeys(("brand", "case", "report", "says", "asks", "statement", "stamped"), said),
        differences=(said,),
        moments=(Moment(at=AT, kind=MomentKind.SEEN, about=said),),
        limits=(Limit(kind=LimitKind.NO_ORDERS, about=said),),
    )
    text = "".join(await printed(told, shelf))
    assert text.count(squeezed(said)) >= 14


async def test_ten_thousand_letters_without_a_space_are_all_there() -> None:
    shelf = Shelf()
    long = "W" * 10_000
    exhibit = msgspec.structs.replace(light(shelf).exhibits[4], caption=long)
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
    head = squeezed("ASIN Seller Price (new) Shipping")
    assert sum(head in text for text in pages) == 2
    text = "".join(pages)
    assert all(f"E-{place}" in text for place in range(1, 41))
    # One of the forty is damaged.
    assert content.count(b"/Subtype/Image") == 39
    assert text.count(squeezed(catalog("en").text["unreadable"])) == 1


async def test_what_is_no_picture_is_a_grey_box_that_says_so() -> None:
    shelf = Shelf()
    damaged = (b"", b"GIF89a", b"<svg onload='x'/>", photo(1)[:40], b"\x89PNG\r\n\x1a\n" * 9)
    exhibit = light(shelf).exhibits[1]
    boxes = [
        msgspec.structs.replace(exhibit, picture=shelf.keep(content), label=f"E-{place}")
        for place, content in enumerate(damaged, start=1)
    ]
    content = await pdf.print_dossier(dossier((), tuple(boxes)), shelf.read)
    assert b"/Subtype/Image" not in content
    text = "".join(page_texts(content))
    assert text.count(squeezed("The original is in the sealed archive")) == len(damaged)


async def test_a_picture_that_is_not_in_the_vault_is_said() -> None:
    exhibit = light(Shelf()).exhibits[1]
    text = "".join(await printed(dossier((), (exhibit,)), Shelf()))
    assert squeezed("The stored picture is missing or damaged") in text


async def test_pictures_beyond_the_bound_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PICTURES", 2)
    shelf = Shelf()
    text = "".join(await printed(light(shelf), shelf))
    assert text.count(squeezed("too many pictures to print")) == 2


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
    assert text.count(squeezed("The pictures could not be printed")) == 4


async def test_a_typesetter_that_fails_is_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    failing = tmp_path / "typesetter.py"
    failing.write_text("raise SystemExit('no type today')", "utf-8")
    monkeypatch.setattr(typesetter, "__file__", str(failing))
    with pytest.raises(BrandwardenError, match="could not be created: no type today"):
        await pdf.print_dossier(dossier((), ()), Shelf().read)


async def test_a_long_page_is_shown_from_its_top_and_says_so() -> None:
    shelf = Shelf()
    long = msgspec.structs.replace(
        light(shelf).exhibits[0], picture=shelf.keep(photo(7, (1280, 5000), "PNG"))
    )
    text = "".join(await printed(dossier((), (long,), page="E-1"), shelf))
    assert squeezed(catalog("en").text["cropped"]) in text
