"""Cards about the listings of our account: being read, offered to be watched, watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.interface import listed, together, tr, tr_count, tr_data
from bot.core.own_listings import OwnListing
from bot.core.text import clip, one_line
from bot.core.views.context import field
from bot.features.watchlist.models.own_listings import (
    KnownListing,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.views.listing_words import (
    NAME,
    named,
    products,
    read_again,
    skus,
    unread,
)
from bot.features.watchlist.views.unheard_listings import problem_fields, problem_lines

WATCH_LISTINGS = "watch-listings"
NOT_NOW = "not-now"
"""The buttons under what is offered."""
NAMED = 3
"""So many marketplaces are named in a title."""


def reading_card(progress: Mapping[str, tuple[int, int]] | None = None) -> Card:
    """Say that the listings are being read; ``progress``: how many of how many, by marketplace."""
    lines = [
        _progress(code, read, total) for code, (read, total) in (progress or {}).items() if total
    ]
    body = tr("This can take a minute.")
    if lines:
        body = "\n".join((*lines, tr("Thousands of listings can take some minutes.")))
    return Card(title=tr("Reading your Amazon listings"), body=clip(body, cards.BODY))


def _progress(code: str, read: int, total: int) -> str:
    count = f"{total:,}"
    if not read:
        return tr("{code}: waiting for a report of {count}", code=code, count=count)
    return tr("{code}: {read} of {count}", code=code, read=f"{read:,}", count=count)


def preview_card(preview: ListingsPreview) -> Card:
    """Show what the account sells, and offer to watch it."""
    total = preview.total
    if not preview.counts:
        return Card(
            title=tr("Could not check your Amazon listings"),
            body=tr("Nothing was changed."),
            tone=Tone.WARNING,
            fields=_fields(preview),
            buttons=(read_again(tr("Try again")),),
        )
    if not total.products:
        return Card(
            title=tr("Your account lists no products"),
            body=tr("Nothing was added."),
            tone=Tone.WARNING if preview.unread else Tone.INFO,
            fields=_fields(preview),
        )
    if not total.offered:
        fill = _buttons(preview, tr("Add {what}", what=skus(total.skuless)))
        return Card(
            title=tr("Already watching {what}", what=_products_in(preview)),
            tone=Tone.GOOD,
            fields=_fields(preview),
            buttons=fill if total.skuless else (),
        )
    return Card(
        title=_products_in(preview),
        body=tr("Nothing is added until you confirm."),
        fields=_fields(preview),
        buttons=_buttons(preview, tr("Watch {what}", what=products(total.offered))),
    )


def news_card(
    preview: ListingsPreview,
    offered: Sequence[OwnListing],
    ended: Sequence[OwnListing],
    wrong: Sequence[KnownListing] = (),
) -> Card:
    """Tell what is new in the account, what is gone from it, and what has a problem unwatched."""
    parts = [
        _named(offered) if offered else "",
        _ended(ended, headed=bool(offered)) if ended else "",
        problem_lines(wrong) if wrong else "",
    ]
    buttons: tuple[Button, ...] = ()
    if offered:
        title = tr_count(
            len(offered),
            "{count} new product in your account",
            "{count} new products in your account",
        )
        buttons = _buttons(preview, tr("Watch it") if len(offered) == 1 else tr("Watch them"))
    elif ended:
        title = _no_longer_listed(ended)
    else:
        title = tr_count(
            len(wrong),
            "{count} SKU that you do not watch has a problem",
            "{count} SKUs that you do not watch have problems",
        )
        buttons = (read_again(tr("Read my listings")),)
    return Card(
        title=title,
        body=clip("\n\n".join(filter(None, parts)), cards.BODY),
        tone=Tone.WARNING if wrong else Tone.INFO,
        fields=(*problem_fields(preview), *unread(preview)),
        buttons=buttons,
    )


def _ended(ended: Sequence[OwnListing], *, headed: bool) -> str:
    head = tr("{said}:", said=_no_longer_listed(ended)) if headed else ""
    keep = tr("Still watched. To stop, type /unwatch with the ASIN.")
    return "\n".join(filter(None, (head, _named(ended), keep)))


def _no_longer_listed(ended: Sequence[OwnListing]) -> str:
    return tr_count(
        len(ended),
        "{count} watched product no longer listed in your account",
        "{count} watched products no longer listed in your account",
    )


def decided_card(preview: ListingsPreview) -> Card:
    """Show what became of a preview."""
    offered = products(preview.total.offered)
    match preview.state:
        case PreviewState.ADDING:
            added = f"{preview.added:,}"
            done = tr("{added} of {what} added.", added=added, what=offered)
            return Card(
                title=tr("Adding {what}", what=what_is_offered(preview)),
                body=done if preview.added else "",
                fields=problem_fields(preview),
            )
        case PreviewState.DECLINED:
            command = "/watch brand" if preview.brand else "/watch all"
            return Card(
                title=tr("Not watching {what}", what=offered)
                if preview.total.offered
                else tr("Added no SKUs"),
                body=tr("To see them again, type {command}.", command=command),
                tone=Tone.QUIET,
                fields=problem_fields(preview),
            )
        case PreviewState.DONE:
            return _done_card(preview)
        case _:
            return preview_card(preview)


def what_is_offered(preview: ListingsPreview) -> str:
    """Say how many products are offered, or how many SKUs where that is all."""
    total = preview.total
    return products(total.offered) if total.offered else skus(total.skuless)


def _done_card(preview: ListingsPreview) -> Card:
    by = preview.confirmed_by
    said = together(
        tr("Confirmed by {name}.", name=one_line(by.name, NAME)) if by else "",
        tr("What the first checks find follows in the channel.") if preview.added else "",
        tr("Added {what}.", what=skus(preview.filled)) if preview.filled else "",
    )
    title = tr_count(
        preview.added, "Now watching {count} more product", "Now watching {count} more products"
    )
    return Card(
        title=title if preview.added else tr("Already watching these products"),
        body=said,
        tone=Tone.GOOD,
        fields=(*problem_fields(preview), *unread(preview)),
        buttons=(Button(label=tr("Watched products"), action="run", ref="watches"),),
    )


def failed_card(why: str) -> Card:
    """Say that the listings could not be read, and why."""
    return Card(
        title=tr("Could not read your Amazon listings"),
        body=clip("\n".join((tr_data(why), tr("Nothing was changed."))), cards.BODY),
        tone=Tone.WARNING,
        buttons=(read_again(tr("Try again")),),
    )


def unread_card(since: str, why: str) -> Card:
    """Say that the daily check of the listings has not worked since some day, and why."""
    return Card(
        title=tr("Could not check your listings for days"),
        body=clip(
            tr(
                "Last checked {since}. {why}\nNew and ended products since then are unknown. "
                "Watched products are still checked.",
                since=since,
                why=tr_data(why),
            ),
            cards.BODY,
        ),
        tone=Tone.WARNING,
        buttons=(read_again(tr("Try again")),),
    )


def summary(preview: ListingsPreview) -> str:
    """Return the preview in a line, as in '412 products in US and DE, 3 already watched'."""
    total = preview.total
    watched = tr("{count} already watched", count=f"{total.watched:,}") if total.watched else ""
    pageless = ""
    if total.pageless:
        pageless = tr("{skus} without a product page", skus=skus(total.pageless))
    return listed(_products_in(preview), watched, pageless)


def _products_in(preview: ListingsPreview) -> str:
    codes = [code for code, counts in preview.counts.items() if counts.products]
    found = products(preview.total.products)
    if not codes:
        return found
    if len(codes) > NAMED:
        where = tr("{count} marketplaces", count=len(codes))
    elif len(codes) == 1:
        where = codes[0]
    else:
        where = tr("{first} and {second}", first=listed(*codes[:-1]), second=codes[-1])
    return tr("{products} in {where}", products=found, where=where)


def _buttons(preview: ListingsPreview, label: str) -> tuple[Button, ...]:
    return (
        Button(label=label, action=WATCH_LISTINGS, ref=preview.id, style=Style.PRIMARY),
        Button(label=tr("Not now"), action=NOT_NOW, ref=preview.id),
    )


def _fields(preview: ListingsPreview) -> tuple[Field, ...]:
    total = preview.total
    # Where none is offered, the title says how many are watched.
    watched = total.watched if total.offered else 0
    numbers = (
        (tr("Not watched yet"), products(total.offered) if total.offered else ""),
        (tr("Already watched"), products(watched) if watched else ""),
        (tr("Watched without their SKU"), products(total.skuless) if total.skuless else ""),
        (tr("Without a product page"), skus(total.pageless) if total.pageless else ""),
    )
    fields = [field(label, number) for label, number in numbers if number]
    if len(preview.counts) > 1:
        each = (f"{code} {counts.products:,}" for code, counts in preview.counts.items())
        fields.append(field(tr("By marketplace"), " · ".join(each), wide=True))
    if total.hidden:
        value = tr("{skus}. Amazon did not list them. Try again later.", skus=skus(total.hidden))
        fields.append(field(tr("Not read"), value, wide=True))
    if preview.guessed:
        fields.append(field(tr("Other marketplaces"), guessed(), wide=True))
    if total.skuless:
        fields.append(field(tr("SKUs"), _skus_too(), wide=True))
    return (*fields, *unread(preview))


def _skus_too() -> str:
    return tr(
        "Confirming also adds these SKUs. Products with a SKU are checked five times as often."
    )


def guessed() -> str:
    """Say why other marketplaces were not read."""
    return tr(
        "Not read: the app may not ask where you sell. To include them, add the role Finance and "
        "Accounting, then authorize the app again."
    )


def _named(listings: Sequence[OwnListing]) -> str:
    return named([(each.asin, each.marketplace, each.title or each.sku) for each in listings])
