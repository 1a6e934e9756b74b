"""Cards about the listings of our account: being read, offered to be watched, watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.own_listings import OwnListing
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import field
from bot.core.views.lists import counted
from bot.features.watchlist.models.own_listings import ListingsPreview, PreviewState

WATCH_LISTINGS = "watch-listings"
NOT_NOW = "not-now"
"""The buttons under what is offered."""
SHOWN = 10
"""So many products are named; the rest is counted."""
NAMED = 3
"""So many marketplaces are named in a title."""
NAME = 60
"""Characters of a product's name."""
WHY = 120
"""Characters of why a marketplace could not be checked."""

TRY_AGAIN = Button(label="Try again", action="run", ref="watch all")
LISTED_LATER = "Amazon did not list them. Try again later."
SKUS_TOO = "Confirming also adds these SKUs. Products with a SKU are checked five times as often."
GUESSED = (
    "Not read: the app may not ask where you sell. To include them, add the role Finance and "
    "Accounting, then authorize the app again."
)


def reading_card(progress: Mapping[str, tuple[int, int]] | None = None) -> Card:
    """Say that the listings are being read; ``progress``: how many of how many, by marketplace."""
    lines = [
        f"{code}: {read:,} of {total:,}" if read else f"{code}: waiting for a report of {total:,}"
        for code, (read, total) in (progress or {}).items()
        if total
    ]
    more = "\nThousands of listings can take some minutes."
    return Card(
        title="Reading your Amazon listings",
        body=clip("\n".join(lines) + more if lines else "This can take a minute.", cards.BODY),
    )


def preview_card(preview: ListingsPreview) -> Card:
    """Show what the account sells, and offer to watch it."""
    total = preview.total
    if not preview.counts:
        return Card(
            title="Could not check your Amazon listings",
            body="Nothing was changed.",
            tone=Tone.WARNING,
            fields=_fields(preview),
            buttons=(TRY_AGAIN,),
        )
    if not total.products:
        return Card(
            title="Your account lists no products",
            body="Nothing was added.",
            tone=Tone.WARNING if preview.unread else Tone.INFO,
            fields=_fields(preview),
        )
    if not total.offered:
        fill = _buttons(preview, f"Add {counted(total.skuless, 'SKU')}")
        return Card(
            title=f"Already watching {_products_in(preview)}",
            tone=Tone.GOOD,
            fields=_fields(preview),
            buttons=fill if total.skuless else (),
        )
    return Card(
        title=_products_in(preview),
        body="Nothing is added until you confirm.",
        fields=_fields(preview),
        buttons=_buttons(preview, f"Watch {counted(total.offered, 'product')}"),
    )


def news_card(
    preview: ListingsPreview, offered: Sequence[OwnListing], ended: Sequence[OwnListing]
) -> Card:
    """Tell what is new in the account, and what is gone from it."""
    parts = []
    if offered:
        parts.append(_named(offered))
    if ended:
        head = f"{counted(len(ended), 'watched product')} no longer listed in your account:"
        keep = "Still watched. To stop, type /unwatch with the ASIN."
        parts.append(f"{head if offered else ''}\n{_named(ended)}\n{keep}".strip())
    title = (
        f"{counted(len(offered), 'new product')} in your account"
        if offered
        else f"{counted(len(ended), 'watched product')} no longer listed in your account"
    )
    label = "Watch it" if len(offered) == 1 else "Watch them"
    return Card(
        title=title,
        body=clip("\n\n".join(parts), cards.BODY),
        fields=_unread(preview),
        buttons=_buttons(preview, label) if offered else (),
    )


def decided_card(preview: ListingsPreview) -> Card:
    """Show what became of a preview."""
    offered = counted(preview.total.offered, "product")
    match preview.state:
        case PreviewState.ADDING:
            done = f"{preview.added:,} of {offered} added." if preview.added else ""
            return Card(title=f"Adding {what_is_offered(preview)}", body=done)
        case PreviewState.DECLINED:
            body = f"To see them again, type /watch {'brand' if preview.brand else 'all'}."
            title = f"Not watching {offered}" if preview.total.offered else "Added no SKUs"
            return Card(title=title, body=body, tone=Tone.QUIET)
        case PreviewState.DONE:
            return _done_card(preview)
        case _:
            return preview_card(preview)


def what_is_offered(preview: ListingsPreview) -> str:
    """Say how many products are offered, or how many SKUs where that is all."""
    total = preview.total
    return counted(total.offered, "product") if total.offered else counted(total.skuless, "SKU")


def _done_card(preview: ListingsPreview) -> Card:
    by = preview.confirmed_by
    said = (
        f"Confirmed by {one_line(by.name, NAME)}." if by else "",
        "What the first checks find follows in the channel." if preview.added else "",
        f"Added {counted(preview.filled, 'SKU')}." if preview.filled else "",
    )
    title = f"Now watching {counted(preview.added, 'more product')}"
    return Card(
        title=title if preview.added else "Already watching these products",
        body=" ".join(filter(None, said)),
        tone=Tone.GOOD,
        fields=_unread(preview),
        buttons=(Button(label="Watched products", action="run", ref="watches"),),
    )


def failed_card(why: str) -> Card:
    """Say that the listings could not be read, and why."""
    return Card(
        title="Could not read your Amazon listings",
        body=clip(f"{why}\nNothing was changed.", cards.BODY),
        tone=Tone.WARNING,
        buttons=(TRY_AGAIN,),
    )


def unread_card(since: str, why: str) -> Card:
    """Say that the daily check of the listings has not worked since some day, and why."""
    return Card(
        title="Could not check your listings for days",
        body=clip(
            f"Last checked {since}. {why}\nNew and ended products since then are unknown. "
            "Watched products are still checked.",
            cards.BODY,
        ),
        tone=Tone.WARNING,
        buttons=(TRY_AGAIN,),
    )


def summary(preview: ListingsPreview) -> str:
    """Return the preview in a line, as in '412 products in US and DE, 3 already watched'."""
    total = preview.total
    parts = [_products_in(preview)]
    parts += [f"{total.watched:,} already watched"] if total.watched else []
    parts += [f"{counted(total.pageless, 'SKU')} without a product page"] if total.pageless else []
    return ", ".join(parts)


def _products_in(preview: ListingsPreview) -> str:
    codes = [code for code, counts in preview.counts.items() if counts.products]
    if len(codes) > NAMED:
        where = f"{len(codes)} marketplaces"
    else:
        where = " and ".join(filter(None, (", ".join(codes[:-1]), codes[-1] if codes else "")))
    products = counted(preview.total.products, "product")
    return f"{products} in {where}" if where else products


def _buttons(preview: ListingsPreview, label: str) -> tuple[Button, ...]:
    return (
        Button(label=label, action=WATCH_LISTINGS, ref=preview.id, style=Style.PRIMARY),
        Button(label="Not now", action=NOT_NOW, ref=preview.id),
    )


def _fields(preview: ListingsPreview) -> tuple[Field, ...]:
    total = preview.total
    numbers = (
        ("Not watched yet", total.offered),
        # Where none is offered, the title says how many are watched.
        ("Already watched", total.watched if total.offered else 0),
        ("Watched without their SKU", total.skuless),
        ("Without a product page", total.pageless),
    )
    fields = [
        field(label, counted(number, "SKU" if "page" in label else "product"))
        for label, number in numbers
        if number
    ]
    if len(preview.counts) > 1:
        each = (f"{code} {counts.products:,}" for code, counts in preview.counts.items())
        fields.append(field("By marketplace", " · ".join(each), wide=True))
    if total.hidden:
        value = f"{counted(total.hidden, 'SKU')}. {LISTED_LATER}"
        fields.append(field("Not read", value, wide=True))
    if preview.guessed:
        fields.append(field("Other marketplaces", GUESSED, wide=True))
    if total.skuless:
        fields.append(field("SKUs", SKUS_TOO, wide=True))
    return (*fields, *_unread(preview))


def _unread(preview: ListingsPreview) -> tuple[Field, ...]:
    if not preview.unread:
        return ()
    lines = (f"{code}: {one_line(why, WHY)}" for code, why in preview.unread.items())
    return (field("Could not check", "\n".join(lines), wide=True),)


def _named(listings: Sequence[OwnListing]) -> str:
    lines = [
        f"{each.asin} ({each.marketplace}): {at_word(each.title, NAME) or one_line(each.sku, NAME)}"
        for each in listings[:SHOWN]
    ]
    left = len(listings) - SHOWN
    return "\n".join([*lines, *([f"And {left:,} more."] if left > 0 else [])])
