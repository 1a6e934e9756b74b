"""What a captured page is: only an offer's page may pass for one."""

from __future__ import annotations

import pytest

from bot.features.evidence.models.capture import SHORT, CapturedPage, PageKind, recognise
from tests.cases import for_each

OFFER = "https://www.amazon.de/dp/B0ALDER001?m=A3ALDERFINCH01"
WORDS = "Alder & Finch Saucepan\n$49.90\nIn stock\nSold by\nHarbor Goods\nFulfilled by\nAmazon\n"
LONG = WORDS + "Customers also viewed\n" * 200


def page(
    text: str = WORDS, *, url: str = OFFER, status: int = 200, title: str = "Pan"
) -> CapturedPage:
    return CapturedPage(url=url, status=status, title=title, text=text)


@pytest.mark.parametrize(
    "url",
    [
        OFFER,
        "https://www.amazon.com/Saucepan-Cast-Iron/dp/B0ALDER001/ref=sr_1_1?th=1",
        "https://www.amazon.co.uk/gp/product/B0ALDER001",
        "http://127.0.0.1:8643/dp/B0ALDER001",
    ],
)
def test_a_products_page_with_an_offer(url: str) -> None:
    assert recognise(page(url=url)) is PageKind.OFFER
    assert not PageKind.OFFER.refusal


@pytest.mark.parametrize("url", ["https://www.amazon.com/sp?seller=A3ALDERFINCH01", OFFER[:21]])
def test_another_page_is_no_offer_and_no_failure(url: str) -> None:
    assert recognise(page(url=url)) is PageKind.OTHER
    assert not PageKind.OTHER.refusal


@pytest.mark.parametrize(
    "words",
    ["Currently unavailable", "Derzeit nicht verfügbar.", "No featured offers available"],
)
def test_a_product_that_nobody_offers_is_no_offer(words: str) -> None:
    assert recognise(page(f"Saucepan\n{words}\nSee all")) is PageKind.OTHER


@for_each(
    ("seen", "kind"),
    [
        (page("Enter the characters you see below\nSorry, we"), PageKind.CAPTCHA),
        (page("Type the characters you see in this image:"), PageKind.CAPTCHA),
        (page("Click the button below to continue shopping"), PageKind.CAPTCHA),
        (page("Geben Sie die Zeichen unten ein"), PageKind.CAPTCHA),
        (page(url="https://www.amazon.com/errors/validateCaptcha?amzn=1"), PageKind.CAPTCHA),
        (page(LONG, title="Robot Check"), PageKind.CAPTCHA),
        (page(url="https://www.amazon.com/ap/signin?openid.return_to=x"), PageKind.LOGIN),
        (page(LONG, title="Amazon Sign-In"), PageKind.LOGIN),
        (page("Sign in\nEmail or mobile phone number\nContinue"), PageKind.LOGIN),
        (page("Sorry! Something went wrong on our end."), PageKind.ERROR),
        (page(title="Sorry! Something went wrong!"), PageKind.ERROR),
        (page(title="503 - Service Unavailable Error"), PageKind.ERROR),
        (page(status=503), PageKind.ERROR),
        (page(status=429), PageKind.ERROR),
        (page(status=202), PageKind.ERROR),
        (page(status=404), PageKind.MISSING),
        (page(status=410), PageKind.MISSING),
        (page("Looking for something?\nWe're sorry. The Web address"), PageKind.MISSING),
        (page(title="Page Not Found"), PageKind.MISSING),
    ],
)
def test_what_stands_in_an_offers_place_is_refused_with_a_reason(
    seen: CapturedPage, kind: PageKind
) -> None:
    assert recognise(seen) is kind
    assert kind.refusal.endswith(".")


@pytest.mark.parametrize("kind", PageKind)
def test_only_what_was_asked_for_is_no_refusal(kind: PageKind) -> None:
    assert (kind.refusal == "") is (kind in (PageKind.OFFER, PageKind.OTHER))


def test_a_seller_cannot_write_a_refusal_into_an_offers_page() -> None:
    text = LONG + "Enter the characters you see below. Sorry! Something went wrong."
    assert len(text) > SHORT
    assert recognise(page(text)) is PageKind.OFFER


@pytest.mark.parametrize("title", ["Sign in book, 80 pages", "404 Jeans", "503 Jeans, blue"])
def test_a_product_may_be_called_like_an_error(title: str) -> None:
    assert recognise(page(title=title)) is PageKind.OFFER
