"""Texts say the same in all ways in which Amazon writes them, and other things never do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import UNSEEN
from checks.wording.wording import same, wording
from tests.cases import for_each
from tests.unit.checks.wording.pairs import cases

SAME = {
    "en": [
        ("Non-Slip", "Nonslip"),
        ("non slip", "NON-SLIP"),
        ("1,000 Piece", "1000 pieces"),
        ("36 x 27 Inches", '36" x 27"'),
        ('72 x 26 in.', '72"x26"'),
        ("6'1\"", "6\N{PRIME}1\N{DOUBLE PRIME}"),
        ("6.6 ft", "6.6 feet"),
        ("16.9 Fl. Oz.", "16.9 fluid ounces"),
        ("(Pack of 3)", ", 3-Pack"),
        ("Set of 2", "2 Set"),
        ("Salt & Pepper", "salt and pepper"),
        ("Salt + Pepper", "Salt & Pepper"),
        ('"Size 5" ball', "\u201cSize 5\u201d ball"),
        ("w/ lid", "with lid"),
        ("w/o lid", "without lid"),
        ("1.5 L", "1500 ml"),
        (".5 oz", "0.5 oz"),
        ("5\N{VULGAR FRACTION ONE HALF} in", "5.5 inches"),
        ("1/2 cup", "\N{VULGAR FRACTION ONE HALF} cup"),
        ("250 g/m\N{SUPERSCRIPT TWO}", "250 gsm"),
        ("SPF 50+", "spf 50 +"),
        ("SPF 50+", "SPF 50\N{FULLWIDTH PLUS SIGN}"),
        ("-5 \N{DEGREE SIGN}C", "\N{MINUS SIGN}5\N{DEGREE SIGN}C"),
        ("15 %", "15 percent"),
        ("two-year", "2-year"),
        ("3 to 8 years", "3\N{EN DASH}8 years"),
        ("20 \N{DEGREE SIGN}C to 40 \N{DEGREE SIGN}C", "20\N{DEGREE SIGN}C-40\N{DEGREE SIGN}C"),
        ("2 * 500 ml", "2\N{MULTIPLICATION SIGN}500ml"),
        ("Grey, colour", "gray color"),
        ("XL", "X-Large"),
        ("a&amp;nbsp;b", "A B"),
        ("&lt;br&gt;A&NBSP;B", "a b"),
        ("Oak\N{REGISTERED SIGN} (TM)", "oak"),
    ],
    "de": [
        ("1.450 ppm", "1450 ppm"),
        ("0,5 Liter", "0.5 l"),
        ("Salz & Pfeffer", "Salz und Pfeffer"),
        ("gleichmäßig", "GLEICHMÄSSIG"),
        ("für", "fuer"),
        ("125 Stück", "125 Stk."),
        ("3er-Pack", "3er Pack"),
        ("inkl. Kabel", "inklusive Kabel"),
        ("12 bis 40 mm", "12-40mm"),
        ("12 Stunden", "12 Std."),
        ("210D Nylon", "210 Denier Nylon"),
    ],
    "fr": [
        ("1 000 g", "1\N{NARROW NO-BREAK SPACE}kg"),
        ("5,2 L", "5,2 litres"),
        ("15 h", "15 heures"),
        ("c\N{LATIN SMALL LIGATURE OE}ur", "coeur"),
        ("10 pour cent", "10 %"),
    ],
    "es": [("12 kg", "12 kilos"), ("sal y pimienta", "sal & pimienta"), ("5 a 7 días", "5-7 días")],
    "it": [("1,5 L", "1,5 litri"), ("bianchi e neri", "bianchi & neri"), ("8x3 cm", "8 x 3cm")],
    "en_IN": [("1,25,000 pcs", "125000 pcs"), ("500 g", "500 gm")],
    "pl": [("400 lumenów", "400 lm"), ("10 minut", "10 min."), ("45 l", "45 litrów")],
    "sv": [("3,5 minuter", "3,5 min")],
    "nl": [("5 dagen", "5 dag"), ("12 stuks", "12 st")],
    "tr": [
        ("15 dakika", "15 dk"),
        ("T\u0130RYAK\u0130", "Tiryaki"),
    ],
    "ar": [("ضمان", "ضم\N{ARABIC TATWEEL}\N{ARABIC TATWEEL}ان")],
    "ja": [
        ("24か月保証", "24ヶ月保証"),
        ("\uff11\uff10\uff10\uff47", "100グラム"),
        ("ｽﾏｰﾄﾌｫﾝ", "スマートフォン"),
        ("【二段】", "[2段]"),
        ("10個入り", "10個入"),
        ("フォルダー", "フォルダ"),
    ],
}  # fmt: skip
OTHER = {
    "en": [
        ("5 oz", ".5 oz"),
        ("2 lb", "2 oz"),
        ("50+", "50"),
        ("1/2 tablet", "1-2 tablet"),
        ("99.9%", "9.99%"),
        ("100%", "100"),
        ("3-8", "38"),
        ("3 to 8", "38"),
        ("1.450 g", "1,450 g"),
        ("with lid", "w/o lid"),
        ("400 mg", "400 mcg"),
        ("20 \N{DEGREE SIGN}C", "20 \N{DEGREE SIGN}F"),
        ("down to -20 \N{DEGREE SIGN}C", "down to 20 \N{DEGREE SIGN}C"),
        ("from -20 to 40", "from 20 to 40"),
        ("$5", "\N{EURO SIGN}5"),
        ("< 5 mg", "> 5 mg"),
        ("BPA \N{CHECK MARK}", "BPA \N{BALLOT X}"),
        ("Call 0142", "Call 142"),
        ("ours", '<a href="https://evil.shop">ours</a>'),
        ("oak", "o\N{CYRILLIC SMALL LETTER A}k"),
        ("oak", "oak \N{PILE OF POO}"),
        ("2 000 pieces", "2 x 000 pieces"),
        ("18 200 pieces", "18 2000 pieces"),
        ("18 200 pieces", "18 20 pieces"),
        ("18 200 pieces", "18 pieces 200"),
        ("18 200 ml", "18.2 L"),
        ("1 000 g", "1 kg"),
        ("1 000 g", "1.000 g"),
        ("1 20 g", "120 g"),
        ("1 200 300", "1,200 300"),
        ("2 000", "2000 000"),
        ("4 0000", "40000"),
        ("12 345 67", "1234567"),
    ],
    "de": [("1,5 kg", "15 kg"), ("1,450 g", "1450 g"), ("mit", "ohne")],
    "es": [("12 kg", "1,2 kg"), ("año", "ano"), ("5 a 7", "5 a 8")],
    "fr": [("0,3 %", "3 %"), ("salé", "sale")],
    "ja": [
        *(("99%以上", "9%"), ("カバー", "カバ"), ("対応", "不可"), ("日本製", "中国製")),
        ("耐冷温度は-20℃", "耐冷温度は20℃"),
    ],
    "tr": [("1 kg", "1 g"), ("15 dakika", "15 saat")],
    "pl": [("45 litrów", "45 ml")],
}  # fmt: skip


@for_each(("tag", "before", "after"), cases(SAME))
def test_another_way_of_writing_says_the_same(tag: str, before: str, after: str) -> None:
    assert wording(before, tag).key == wording(after, tag).key
    assert same(before, after, f"{tag}_XX")


@for_each(("tag", "before", "after"), cases(OTHER))
def test_what_a_buyer_would_understand_differently_is_another(
    tag: str, before: str, after: str
) -> None:
    assert not same(before, after, tag)


@for_each("turn", ["\u202e", "&#8238;", "&#x202E;"])
def test_a_text_that_is_mirrored_says_something_else_and_shows_that(turn: str) -> None:
    mirrored = wording(f"Bike light, {turn}not approved", "en")
    assert not wording("Bike light, not approved", "en").says(mirrored)
    assert mirrored.text.startswith(UNSEEN)
    assert same("Bike \u200elight\u200f", "Bike light", "en")


@for_each(
    ("tag", "before", "after"),
    [
        ("en", "Box of 2,500 Screws, 3 in", "Box of 2 500 screws, 3 inches"),
        ("en", "12,000 mAh, 1,000 cycles", "12\N{NO-BREAK SPACE}000mAh, 1000 cycles"),
        ("en", "1 500 lm; 10,000 h", "1,500 lm; 10\N{THIN SPACE}000 hours"),
        ("en", "1,250,000 dots", "1 250 000 dots"),
        ("ja", "1,500枚", "1 500枚"),
    ],
)
def test_a_space_parts_thousands_in_english_where_all_digits_stay(
    tag: str, before: str, after: str
) -> None:
    assert same(before, after, tag)
    assert same(after, before, tag)


def test_numbers_are_read_by_the_language_of_the_page() -> None:
    assert same("1.450", "1450", "de_DE")
    assert not same("1.450", "1450", "en_US")
    assert same("1,450", "1450", "es_MX")
    assert not same("1,450", "1450", "es_ES")


@given(st.text(max_size=300), st.sampled_from(["en_US", "de_DE", "fr_FR", "ja_JP", "", "xx"]))
def test_whatever_stands_in_a_text_it_is_read_and_says_what_it_says(text: str, tag: str) -> None:
    read = wording(text, tag)
    assert read == wording(text, tag)
    assert all(0 <= word.start <= word.end <= len(read.text) for word in read.words)


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["en", "de"]))
def test_a_number_is_the_same_with_its_thousands_parted(number: object, tag: str) -> None:
    plain, parted = f"{number:.2f}", f"{number:,.2f}"
    if tag == "de":
        plain, parted = (each.translate(str.maketrans(",.", ".,")) for each in (plain, parted))
    assert same(f"{plain} kg", f"{parted} kg", tag)


def test_a_text_of_a_hostile_size_is_read_up_to_a_bound() -> None:
    read = wording("<b " * 50_000 + "&amp;" * 50_000 + "9" * 50_000, "en")
    assert len(read.text) <= 60_000
