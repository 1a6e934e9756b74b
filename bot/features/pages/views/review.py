"""One page that a person looks at before they approve it."""

from __future__ import annotations

from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import tr, tr_data
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext, field
from bot.features.pages.models import FIELD_NAMES, GuardedPage, PageState

APPROVE_PAGE = "approve-page"
KEEP_OWN = "page-own-data"
SKIP = "skip-page"
"""The buttons of the card."""
SHOWN = 5
"""Parts that are compared."""
SIDE = 135
"""Characters of a part in our data, and on the page."""
TITLE = 60
"""Characters of a product's name in the title."""
TEXT = 200
"""Characters of a part of the page."""


def review_card(page: GuardedPage, view: ViewContext) -> Card:
    """Show a page beside our own listing data, or alone where there is none."""
    content = page.baseline
    name = view.name_of(content.marketplace, content.asin)
    differs = page.state is PageState.DIFFERS
    return Card(
        title=one_line(tr("Page to approve: {name}", name=name), 2 * TITLE),
        body=tr("It differs from your own listing data.")
        if differs
        else clip(tr("Could not compare it. {why}", why=tr_data(page.uncompared)), 2 * TEXT),
        tone=Tone.WARNING if differs else Tone.INFO,
        fields=tuple(_differences(page) if differs else _texts(page)),
        buttons=(*_buttons(page), *_links(page, view)),
        footer=one_line(f"{content.asin} · {content.marketplace}", TEXT),
    )


def nothing_card() -> Card:
    """Say that no page is left to look at."""
    return Card(title=tr("No page is left to review"), tone=Tone.GOOD)


def _differences(page: GuardedPage) -> list[Field]:
    return [
        field(
            tr_data(FIELD_NAMES[change.field]),
            tr(
                "Your data: {own}\nPage: {page}",
                own=at_word(change.before, SIDE),
                page=at_word(change.after, SIDE),
            ),
            wide=True,
        )
        for change in page.differences[:SHOWN]
    ]


def _texts(page: GuardedPage) -> list[Field]:
    content = page.baseline
    parts = (
        ("title", content.title),
        ("brand", content.brand),
        ("bullets", None if content.bullets is None else " · ".join(content.bullets)),
        ("description", content.description),
        ("product-type", content.product_type),
    )
    unread = tr("Could not check")
    return [
        field(tr_data(FIELD_NAMES[name]), one_line(text, TEXT) if text else _none(text, unread))
        for name, text in parts
    ]


def _none(text: str | None, unread: str) -> str:
    return unread if text is None else tr("Empty")


def _buttons(page: GuardedPage) -> list[Button]:
    approve = Button(
        label=tr("Approve the page"), action=APPROVE_PAGE, ref=page.key, style=Style.PRIMARY
    )
    skip = Button(label=tr("Next page"), action=SKIP, ref=page.key)
    if page.own is None:
        return [approve, skip]
    return [approve, Button(label=tr("Our data is right"), action=KEEP_OWN, ref=page.key), skip]


def _links(page: GuardedPage, view: ViewContext) -> list[Button]:
    url = view.links.product(page.baseline.marketplace, page.baseline.asin)
    return [Button(label=tr("Open the listing"), url=url)]
