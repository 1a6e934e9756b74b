"""Cards of products that look like ours: a short list, and each beside the one it looks like.

Nothing on them says that a product is a copy; where a person said so, it says who.
"""

from __future__ import annotations

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.catalog_search import CatalogItem, ProductLikeness
from bot.core.interface import listed, together, tr, tr_count
from bot.core.listing import short_name
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import ViewContext, field
from bot.features.copycats.models import Candidate, CopycatSearch, SearchState

COMPARE, OURS, COPY, OTHER = "copycat-compare", "copycat-ours", "copycat-copy", "copycat-other"
SKIP, TAKE_BACK, WATCH_IT = "copycat-skip", "copycat-undo", "copycat-watch"
"""The buttons, by what they do."""
SHOWN = 5
"""Products in the list: what a person compares in one go."""
NAME, TITLE, BRAND = 40, 150, 40
"""Characters of a product's name, of its title, and of a brand."""
ALIKE = 0.5
"""The share from which on a part counts as alike."""
PERCENT = 100

SEARCH = "copycats search"


class ToCompare(msgspec.Struct, frozen=True):
    """What waits to be compared."""

    first: tuple[Candidate, ...]
    total: int


def searching_card(search: CopycatSearch) -> Card:
    """Say how far a search is."""
    progress = tr(
        "{searched} of {products} products", searched=search.searched, products=search.products
    )
    return Card(
        title=tr("Searching Amazon for products like yours"),
        body=together(
            tr("Thousands of products can take hours. Checks of your listings go first."),
            progress if search.searched else "",
        ),
    )


def result_card(search: CopycatSearch, waiting: ToCompare, view: ViewContext) -> Card:
    """Show what a search came to: what waits to be compared, and what could not be checked."""
    if not waiting.total:
        return _nothing_card(search, view)
    return Card(
        title=tr_count(
            waiting.total,
            "{count} product looks like yours",
            "{count} products look like yours",
        ),
        body=tr("The most alike come first. Is it a copy? That is your decision."),
        tone=Tone.INFO,
        fields=(
            *(_line(place, each) for place, each in enumerate(waiting.first, start=1)),
            *_unread(search),
        ),
        buttons=tuple(
            Button(
                label=tr("Compare {number}", number=place),
                action=COMPARE,
                ref=each.key,
                style=Style.PRIMARY if place == 1 else Style.PLAIN,
            )
            for place, each in enumerate(waiting.first, start=1)
        ),
        footer=_searched(search, view),
    )


def _nothing_card(search: CopycatSearch, view: ViewContext) -> Card:
    whole = search.state is SearchState.DONE and not search.unread
    failed = search.searched == search.unread
    return Card(
        title=tr("Could not search Amazon for products like yours")
        if failed and not whole
        else tr("Nothing left to compare"),
        body=tr("Amazon's search does not show every product, so there may be others."),
        tone=Tone.INFO if whole else Tone.WARNING,
        fields=_unread(search),
        buttons=(Button(label=tr("Search again"), action="run", ref=SEARCH),),
        footer=_searched(search, view),
    )


def compare_card(
    candidate: Candidate,
    left: int,
    view: ViewContext,
    *,
    said: str = "",
    before: Candidate | None = None,
) -> Card:
    """Show a product beside the one of ours that it looks like.

    ``said`` tells what became of the one ``before``, which can be undone here.
    """
    item, ours = candidate.item, candidate.ours
    return Card(
        title=one_line(tr("Compare with {name}", name=at_word(name_of(ours), NAME)), cards.TITLE),
        body=together(said, tr("Is it ours, a copy, or another product? You decide.")),
        image=item.picture,
        beside=ours.picture,
        fields=(
            field(tr("Found"), _named(item)),
            field(tr("Yours"), _named(ours)),
            field(tr("Alike"), alike(candidate.likeness), wide=True),
        ),
        buttons=(
            Button(label=tr("Ours"), action=OURS, ref=candidate.key),
            Button(label=tr("Copy"), action=COPY, ref=candidate.key),
            Button(label=tr("Other"), action=OTHER, ref=candidate.key),
            Button(label=tr("Skip"), action=SKIP, ref=candidate.key),
            _page(tr("Open found"), item, view),
            _page(tr("Open yours"), ours, view),
            *((_button(tr("Undo last"), TAKE_BACK, before),) if before else ()),
        ),
        footer=tr(
            "{found} · yours: {ours} · {count} to compare",
            found=f"{item.asin} ({item.marketplace})",
            ours=ours.asin,
            count=left,
        ),
    )


def ours_card(candidate: Candidate, left: int, *, watched: bool) -> Card:
    """Say that a person said it is ours, and offer to watch it."""
    return Card(
        title=tr("Marked as yours: {name}", name=at_word(name_of(candidate.item), NAME)),
        body=tr("It is watched already.")
        if watched
        else tr("Watch it too? It is not watched yet."),
        tone=Tone.GOOD,
        buttons=(
            *(() if watched else (_button(tr("Watch it"), WATCH_IT, candidate, first=True),)),
            *_onward(candidate, left),
        ),
        footer=_id(candidate.item),
    )


def copy_card(candidate: Candidate, case: str, left: int) -> Card:
    """Say that a person called it a copy, and which case is open."""
    return Card(
        title=tr("{case} is open: {name}", case=case, name=at_word(name_of(candidate.item), NAME)),
        body=tr(
            "To file a report, use the case's card. Buy one first, or save photos of what differs."
        ),
        tone=Tone.GOOD,
        buttons=(
            Button(
                label=tr("Open {case}", case=case),
                action="run",
                ref=f"case {candidate.number}",
                style=Style.PRIMARY,
            ),
            *_onward(candidate, left),
        ),
        footer=_id(candidate.item),
    )


def decided_card(candidate: Candidate, said: str, left: int) -> Card:
    """Say what became of it where nothing else waits."""
    done = tr("All compared.") if not left else ""
    return Card(
        title=one_line(said, cards.TITLE),
        body=done,
        tone=Tone.GOOD,
        buttons=_onward(candidate, left),
        footer=_id(candidate.item),
    )


def set_aside(candidate: Candidate) -> str:
    """Say that a person said it is another product."""
    return tr("Set aside: {name}.", name=at_word(name_of(candidate.item), NAME))


def name_of(item: CatalogItem) -> str:
    """Return what people call a product: its title's first part, else its ASIN."""
    return short_name(item.title) or item.asin


def alike(likeness: ProductLikeness) -> str:
    """Say in what two products are alike, in numbers."""
    parts = (
        (tr("brand name {percent}%", percent=_percent(likeness.name)), likeness.name),
        (tr("words {percent}%", percent=_percent(likeness.text)), likeness.text),
        (tr("picture {percent}%", percent=_percent(likeness.picture)), likeness.picture),
    )
    return listed(*(said for said, share in parts if share >= ALIKE)) or "-"


def _percent(share: float) -> int:
    return round(share * PERCENT)


def _onward(candidate: Candidate, left: int) -> tuple[Button, ...]:
    more = (_button(tr("Next one"), SKIP, candidate),) if left else ()
    return (*more, _button(tr("Undo"), TAKE_BACK, candidate))


def _button(label: str, action: str, candidate: Candidate, *, first: bool = False) -> Button:
    style = Style.PRIMARY if first else Style.PLAIN
    return Button(label=label, action=action, ref=candidate.key, style=style)


def _page(label: str, item: CatalogItem, view: ViewContext) -> Button:
    return Button(label=label, url=view.links.product(item.marketplace, item.asin))


def _line(place: int, candidate: Candidate) -> Field:
    item, ours = candidate.item, candidate.ours
    brand = one_line(item.brand, BRAND) or tr("no brand")
    value = "\n".join(
        (
            f"{at_word(item.title, 2 * NAME) or item.asin}",
            tr("Like {name}: {parts}", name=name_of(ours), parts=alike(candidate.likeness)),
        )
    )
    return field(f"{place}. {brand}", value, wide=True)


def _named(item: CatalogItem) -> str:
    """Return a product's brand and, below it, its title."""
    brand = one_line(item.brand, BRAND) or tr("no brand")
    return f"{brand}\n{clip(item.title, TITLE) or item.asin}"


def _id(item: CatalogItem) -> str:
    return f"{item.asin} · {item.marketplace}"


def _searched(search: CopycatSearch, view: ViewContext) -> str:
    when = view.clock(search.ended_at or search.asked_at)
    return tr(
        "Searched for {searched} of {products} products, {when}",
        searched=search.searched - search.unread,
        products=search.products,
        when=when,
    )


def _unread(search: CopycatSearch) -> tuple[Field, ...]:
    missing = max(search.products, search.searched) - search.searched + search.unread
    told = []
    if missing:
        count = tr_count(missing, "{count} product", "{count} products")
        told.append(field(tr("Could not check"), listed(count, search.why), wide=True))
    if search.left:
        count = tr_count(search.left, "{count} product", "{count} products")
        told.append(
            field(tr("Not kept"), tr("{count}: compare these first.", count=count), wide=True)
        )
    return tuple(told)
