"""Captures: pictures of pages as a visitor sees them, and what such a page is.

A login wall, a captcha or an error page has the address of an offer and shows none: it must never
be kept as proof of one.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec

from bot.core.interface import listed, tr
from bot.core.labeled import LabeledEnum
from bot.features.cases.models.seller_pages import SellerWords

SHORT = 2_000
"""The most characters of a page that stands in an offer's place: such a page is short."""


class PageKind(enum.StrEnum):
    """What a captured page is: an offer, another page, or what hides one."""

    OFFER = "offer"
    OTHER = "other"
    LOGIN = "login"
    CAPTCHA = "captcha"
    ERROR = "error"
    MISSING = "missing"

    @property
    def refusal(self) -> str:
        """Why it proves nothing, as a sentence; empty: it was what was asked for."""
        return REFUSALS.get(self, "")


REFUSALS = {
    PageKind.LOGIN: "The marketplace asked for a login instead of showing the page. "
    "Take the screenshot yourself.",
    PageKind.CAPTCHA: "The marketplace asked for a captcha instead of showing the page. "
    "Try again later, or take the screenshot yourself.",
    PageKind.ERROR: "The marketplace showed an error page. Try again in a few minutes.",
    PageKind.MISSING: "The marketplace does not have this page. Check the listing.",
}
"""Why a page proves nothing, by what it is."""


class PageElement(LabeledEnum):
    """An element of an offer's page that gets a numbered box on the copy."""

    SELLER = "seller", "Seller"
    PRICE = "price", "Price"
    SHIPS_FROM = "ships-from", "Ships from"


class CapturedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser saw; every text is the page's own and may be hostile."""

    url: str
    """The final address, behind all redirects."""
    status: int
    """The HTTP status."""
    title: str
    text: str
    """What a reader sees, from the top, cut to a bounded length."""


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """A page's picture with its circumstances."""

    kind: PageKind
    """OFFER, or OTHER for a page that shows no offer, such as a seller's."""
    url: str
    """The final address, behind all redirects."""
    title: str
    text: str
    """What a reader sees, from the top, cut to a bounded length."""
    seller: SellerWords = SellerWords()
    """What it says of a seller, if it is a seller's page."""
    at: datetime
    """When the picture was taken, in UTC."""
    tool: str
    """``Chromium 156.0.8078.79``."""
    picture: bytes
    """The original: a PNG of the page as it was."""
    sha256: str
    """The original's hash, which the copy shows."""
    copy: bytes
    """A PNG for readers: the original above a strip with address, time and hash."""
    whole: bool
    """False: the page goes on below the picture."""
    simulated: bool
    """It is a page of the simulated marketplace."""
    boxed: tuple[PageElement, ...] = ()
    """What has a numbered box on an offer's copy, from 1."""
    unboxed: tuple[PageElement, ...] = ()
    """What was looked for on an offer's page and not found."""


NO_BOX = "no box, its element was not found"
"""What is said of an element that has no box."""


def numbered(elements: Iterable[str]) -> str:
    """Return the names of what has a box, each with its number: ``1 Seller, 2 Price``."""
    return ", ".join(f"{number} {each}" for number, each in enumerate(elements, start=1))


def boxes_told(boxed: Sequence[PageElement], unboxed: Sequence[PageElement]) -> str:
    """Return which elements have a box, by number, and which were not found, for people."""
    numbers = listed(*(f"{number} {each.said}" for number, each in enumerate(boxed, start=1)))
    missing = [
        tr("{element}: no box, its element was not found", element=each.said) for each in unboxed
    ]
    found = [tr("Boxes: {numbers}", numbers=numbers)] if numbers else []
    return tr(". ").join((*found, *missing))


def recognise(page: CapturedPage) -> PageKind:
    """Tell what a page is, by its address, status, title and text."""
    path = urlsplit(page.url).path
    brief = page.text if len(page.text) <= SHORT else ""
    for kind, paths, titles, texts in _SIGNS:
        if paths.search(path) or titles.search(page.title) or texts.search(brief):
            return kind
    if page.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return PageKind.MISSING
    if page.status != HTTPStatus.OK:
        return PageKind.ERROR
    product = _PRODUCT.search(path) is not None
    return PageKind.OFFER if product and not _NO_OFFER.search(page.text) else PageKind.OTHER


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)


def _titles(*titles: str) -> re.Pattern[str]:
    """Match titles as a whole; a product may be called '404' or 'Sign in book'."""
    return re.compile(rf"^(?:{'|'.join(titles)})(?: · .*)?$", re.IGNORECASE)


_SIGNS = (
    (
        PageKind.CAPTCHA,
        _any(r"/validateCaptcha\b"),
        _titles("Robot Check", "Bot Check"),
        _any(
            r"enter the characters you see below",
            r"type the characters you see in this",
            r"click the button below to continue shopping",
            r"sorry, we just need to make sure you're not a robot",
            r"geben sie die (?:angezeigten )?zeichen",
            r"saisissez les caractères",
            r"escribe los caracteres",
            r"inserisci i caratteri",
            r"下に表示されている文字",
        ),
    ),
    (
        PageKind.LOGIN,
        _any(r"^/ap/(?:signin|register|mfa|cvf)\b", r"^/gp/sign-in\b"),
        _titles("Amazon Sign-In", "Amazon Sign In", "Sign in", "Amazon Anmelden"),
        _any(r"^email or (?:mobile )?phone", r"^enter (?:your )?(?:email|mobile number)\b"),
    ),
    (
        PageKind.ERROR,
        _any(r"^/errors/5"),
        _any(r"^sorry! something went wrong", r"^503 (?:- )?service unavailable"),
        _any(
            r"sorry! something went wrong",
            r"we're sorry\.? an error has occurred",
            r"service unavailable error",
            r"es tut uns leid!",
        ),
    ),
    (
        PageKind.MISSING,
        _any(r"^/errors/404"),
        _titles("Page Not Found", "404 - Document Not Found", "Seite nicht gefunden"),
        _any(
            r"looking for something\?\s+we're sorry",
            r"the web address you entered is not a functioning page",
            r"we couldn't find that page",
        ),
    ),
)
"""Kind, and what its path, its title or its text has. Text counts on short pages alone, so that
no seller can write it into an offer."""

_PRODUCT = re.compile(r"/(?:dp|gp/product|gp/offer-listing)/[0-9A-Z]{10}(?:/|$)", re.ASCII)
_NO_OFFER = _any(
    r"^currently unavailable\b",
    r"^no featured offers? available",
    r"^derzeit nicht verfügbar\b",
    r"^actuellement indisponible\b",
    r"^(?:actualmente )?no disponible\b",
    r"^(?:attualmente )?non disponibile\b",
    r"^現在在庫切れです",
)
