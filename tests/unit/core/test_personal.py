"""What tells of a buyer is found; what tells of products, orders, money and time is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.personal_data import personal_data
from tests.cases import for_each

MAILS = (
    "jo@example.com",
    "Jo.Doe+amazon@mail.example.co.uk",
    "x9q8w7@marketplace.amazon.de",
    "<jo@example.com>",
    "mailto:jo@example.com",
    "jo@münchen.example",
    "jo [at] example [dot] com",
    "jo(at)example.com",
    "jo\u200b@example.com",
    "\uff4a\uff4f\uff20example.com",
    "jo @ example.com",
    "jo@ example.com",
    "jo{at}example.com",
    "jo at example dot com",
    "Jo.Doe AT mail DOT example DOT co DOT uk",
    "jo ät example punkt de",
    "jo arobase example point fr",
    "jo arroba example punto es",
    "jo chiocciola example punto it",
    '"jo doe"@example.com',
    "邮箱jo@example.com",
)
PHONES = (
    "+49 170 5550123",
    "+49 (0)170 5550123",
    "+1 (555) 010-1234",
    "+15550101234",
    "+44 20 7946 0018",
    "0049 170 5550123",
    "0170 5550123",
    "0170/5550123",
    "0170-5550123",
    "01705550123",
    "(030) 5550123",
    "030 555 01 23",
    "020 7946 0018",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "03-1234-5678",
    "(555) 010-1234",
    "555-010-1234",
    "555.010.1234",
    "1-555-010-1234",
    "0170\u00a05550123",
    "0170\u20115550123",
    "tel. 5550123",
    "Phone: 5550101234",
    "mobile number 612 345 678",
    "WhatsApp 5550101234",
    "0151 / 234 567 89",
    "(020)7946 0018",
    "Telefonnummer: 901820",
    "Handynummer 15123456789",
    "téléphone 612345678",
    "móvil: 612345678",
    "Tlf. 612 34 56 78",
    "telefono 3331234567",
    "wa.me/4915123456789",
    "call 2065550100",
    "my number is 2065550100",
    "612 345 678",
    "612 34 56 78",
    "91 123 45 67",
    "912 345 678",
    "333 1234567",
    "333-1234567",
    "電話番号は09012345678です",
    "携帯090-1234-5678",
    "电话：13800138000",
    "手机号13800138000",
    "手机号码是 138 0013 8000",
)
ACCOUNTS = (
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "GB29 NWBK 6016 1331 9268 19",
    "fr14 2004 1010 0505 0001 3m02 606",
    "IT60X0542811101000000123456",
    "ES91 2100 0418 4502 0005 1332",
)
HARMLESS = (
    "",
    "B0EXAMPLE1",
    "0306406152",
    "080442957X",
    "ISBN 978-0-306-40615-7",
    "投诉编号：01234567890",
    "批号 0170 5550123",
    "A0123456789012",
    "302-1234567-7654321",
    "orders 111-0000001-0000002 and 111-0000003-0000004",
    "D01-1234567-1234567",
    "19.99",
    "EUR 12.345.678,00",
    "+12 345 678.00 EUR",
    "$0123456789",
    "1 000 000 units",
    "0.123456789",
    "2026-11-26",
    "2026-11-26T09:30:00+01:00",
    "01.02.2026 10:30 to 05.02.2026 11:45",
    "01.02.26-05.02.26",
    "01/02/2026, 02/02/2026, 03/02/2026",
    "02 03 2026",
    "01/2026 02/2026 03/2026",
    "012345678905",
    "4006381333931",
    "00012345678905",
    "00340434161094021501",
    "from 192.168.100.12",
    "12 one-star reviews in 3 days, rank 45,678 to 123,456",
    "we sell @ 19.99 or @brand.name",
    "SKU-0170-5550123",
    "case 1234567890",
    "complaint 05123456789",
    "complaint ID: 0512345678",
    "Amazon's case 09876543210",
    "view-case?caseID=01234567890",
    "tracking number 01234567890123",
    "tracking 9400 1000 0000 0000 0000 00",
    "Sendungsnummer 0190 5012 3456 78",
    "EAN 4006381 333931",
    "UPC 012345678906",
    "serial no. 0012345678",
    "SKU 0170-5550123",
    "model 020-1234-567",
    "EUTM 018 123 456",
    "trademark no. 018123456",
    "Unionsmarke 018 118 204",
    "Wortmarke 018 118 204",
    "design 008765432-0001",
    "SIREN 732 829 320",
    "invoice 0001234567",
    "注文番号0123456789",
    "open 08.00-12.00 and 13.00-17.00",
    "from 01.11.-05.11. 2026",
    "we looked at this point in time, at the dot in the middle",
    "sold at example.com, 5 @ amazon.de",
    "IBAN DE89 3704 0044 0532 0130 01",
    "TBA123456789000",
)


@for_each("mail", MAILS)
def test_an_e_mail_address_is_found(mail: str) -> None:
    assert personal_data(f"The buyer {mail} wrote.").startswith("an email address (")


@for_each("phone", PHONES)
def test_a_phone_number_is_found(phone: str) -> None:
    assert personal_data(f"The buyer, {phone}, called 3 times.").startswith("a phone number (")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_bank_account_is_found(account: str) -> None:
    assert personal_data(f"Pay it to {account}, please.").startswith("a bank account (")
    assert personal_data(account).startswith("a bank account (")


@pytest.mark.parametrize("text", ["case 7 0170 5550123", "complaint 12345678901, 0170 5550123"])
def test_a_phone_number_behind_another_number_is_found(text: str) -> None:
    assert personal_data(text) == "a phone number (...123)"


@for_each("text", HARMLESS)
def test_products_orders_money_and_time_pass(text: str) -> None:
    assert personal_data(text) == ""
    assert personal_data(f"It was {text}.") == ""


def test_only_a_few_characters_are_said_again() -> None:
    assert personal_data("Ask annemarie.quistorp@example.com") == "an email address (ann...)"
    assert personal_data("Ask +49 170 5550123") == "a phone number (...123)"


def test_a_phone_number_among_harmless_numbers_is_found() -> None:
    told = "order 302-1234567-7654321 of 01.02.2026, EUR 19.99, 0170 5550123, B0EXAMPLE1"
    assert personal_data(told) == "a phone number (...123)"


@given(st.text(max_size=200))
@example("0" * 200)
@example("a" * 5000 + "@" + "a." * 2000)
def test_any_text_is_read(text: str) -> None:
    assert isinstance(personal_data(text), str)


@given(st.text(max_size=60), st.sampled_from(MAILS), st.text(max_size=60))
def test_an_e_mail_address_is_found_in_any_text(before: str, mail: str, after: str) -> None:
    assert personal_data(f"{before} {mail} {after}") != ""


@given(
    st.lists(
        st.one_of(
            st.dates(date(1990, 1, 1), date(2090, 1, 1)).flatmap(
                lambda day: st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"]).map(day.strftime)
            ),
            st.from_regex(r"\A[0-9]{3}-[0-9]{7}-[0-9]{7}\Z"),
            st.from_regex(r"\AB0[0-9A-Z]{8}\Z"),
            st.decimals(0, 999_999, places=2).map(lambda amount: f"EUR {amount:,}"),
            st.decimals(0, 999_999, places=2).map(lambda amount: f"{amount:f} EUR"),
        ),
        max_size=5,
    )
)
def test_what_reports_are_full_of_passes(parts: list[str]) -> None:
    assert personal_data(", ".join(parts)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Gemeinschaftsgeschmacksmuster 008771204-0001",
        "Gebrauchsmuster Nr. 0202020101123",
        "diseño 0087712040001",
        "dessin 008771204-0001",
    ],
)
def test_the_number_of_a_registered_design_is_no_phone_number(text: str) -> None:
    assert personal_data(text) == ""
