"""``watch from-account``: watch what the selling account lists, once a person confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
import typer
from rich.progress import Progress, TaskID

from adapters.control.operations import Control
from bot.bootstrap.sources import is_simulated, open_source
from bot.cli.control import (
    ADD_LISTED,
    AT_ONCE,
    ListedProducts,
    WatchesChanged,
    all_watches,
    control,
)
from bot.cli.output import AsJson, errors, examples, tell
from bot.cli.start import begin, finish
from bot.core.clocks import utc_now
from bot.core.context import Brand
from bot.core.listing import Watch
from bot.core.own_listings import AccountSource, OwnListing, OwnListings
from bot.core.permissions import Person
from bot.core.text import one_line, plain
from bot.core.views.lists import counted
from bot.errors import UserError
from bot.features.watchlist.models.own_listings import ListingCounts, ListingsPreview
from bot.features.watchlist.rules.own_listings import compare
from bot.features.watchlist.service.account import read_account
from bot.features.watchlist.service.asking_listings import NO_ACCOUNT
from bot.features.watchlist.views.own_listings import guessed, summary
from bot.settings import Settings

WHY = 200
"""Characters of why a marketplace could not be checked."""
SOMEBODY = Person("", "")

EXAMPLES = examples("watch from-account", "watch from-account --yes --json")


class Offered(msgspec.Struct, frozen=True):
    """What the account lists, and what of it can be watched."""

    preview: ListingsPreview
    listings: tuple[OwnListing, ...]


class FromAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it, for machines."""

    counts: Mapping[str, ListingCounts]
    unread: Mapping[str, str]
    added: int
    skus_added: int


def from_account(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before adding.")] = False,
    as_json: AsJson = False,
) -> None:
    """Watch all products that your Amazon account lists.

    Shows what it found, and asks before it adds anything; with --json, it adds nothing without
    --yes. Works while Brandwarden runs.

    Exit code 1: a marketplace could not be checked.
    """
    settings = begin("error")
    found = finish(_read(settings))
    preview = found.preview
    if not as_json:
        typer.echo(f"{plain(summary(preview))}.")
        for code, why in preview.unread.items():
            _warn(f"Could not check {code}: {one_line(why, WHY)}")
        if preview.guessed:
            _warn(f"Other marketplaces: {guessed()}")
        if preview.total.hidden:
            _warn(
                f"Amazon counted {counted(preview.total.hidden, 'more SKU')} and did not list them."
            )
    wanted = yes or (bool(found.listings) and not as_json and _confirmed(found))
    added = finish(_add(settings, found)) if wanted else WatchesChanged(0, 0)
    if as_json:
        tell(
            FromAccount(
                counts=preview.counts,
                unread=preview.unread,
                added=added.new,
                skus_added=added.updated,
            )
        )
    else:
        said = [f"Added {counted(added.new, 'product')}."] if added.new else []
        said += [f"Added {counted(added.updated, 'SKU')}."] if added.updated else []
        typer.echo(" ".join(said) or "Nothing was added.")
    raise typer.Exit(1 if preview.unread else 0)


def _confirmed(found: Offered) -> bool:
    total = found.preview.total
    parts = [f"watch {counted(total.offered, 'product')}"] if total.offered else []
    parts += [f"add {counted(total.skuless, 'SKU')} to watched ones"] if total.skuless else []
    asked = " and ".join(parts)
    return typer.confirm(f"{asked[:1].upper()}{asked[1:]}?")


def _warn(text: str) -> None:
    errors.print(plain(text), style="yellow", markup=False, soft_wrap=True)


async def _read(settings: Settings) -> Offered:
    """Read the account, and compare it with what is watched.

    Raises:
        UserError: there is no account, or it cannot be read until a person does something.
        SourceError: nothing could be read.
    """
    async with control(settings) as application:
        watched = await all_watches(application)
    async with open_source(settings) as source:
        if not isinstance(source, AccountSource):
            raise UserError(NO_ACCOUNT)
        return await _compared(settings, source, watched)


async def _compared(settings: Settings, source: AccountSource, watched: list[Watch]) -> Offered:
    brand = Brand(
        name=settings.brand,
        own_sellers=settings.own_sellers,
        home=settings.home,
        simulated=is_simulated(settings),
    )
    markets = {watch.marketplace for watch in watched}
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        async def show(code: str, read: int, total: int) -> None:
            if code not in tasks:
                tasks[code] = progress.add_task(f"Reading {code}", total=None)
            progress.update(tasks[code], completed=read, total=total or None)

        account = await read_account(source, brand, markets, show)
    known = {watch.key: watch for watch in watched}
    asked = ListingsPreview(id="", asked_at=utc_now(), asked_by=SOMEBODY)
    compared = {
        code: compare(read, {}, known, asked, first=True)
        for code, read in account.told.items()
        if isinstance(read, OwnListings)
    }
    preview = msgspec.structs.replace(
        asked,
        counts={code: each.counts for code, each in compared.items()},
        unread={code: str(why) for code, why in account.told.items() if code not in compared},
        guessed=account.guessed,
    )
    several = compared.values()
    wanted = (one for each in several for one in (*each.offered, *each.filling))
    return Offered(preview, tuple(wanted))


async def _add(settings: Settings, found: Offered) -> WatchesChanged:
    """Watch the products; return how many were new, and how many were given their SKU."""
    async with control(settings) as application:
        hidden = not errors.is_terminal
        with Progress(console=errors, transient=True, disable=hidden) as progress:
            return await _add_all(application, found.listings, progress)


async def _add_all(
    application: Control, listings: tuple[OwnListing, ...], progress: Progress
) -> WatchesChanged:
    task = progress.add_task("Adding", total=len(listings))
    changed = WatchesChanged(0, 0)
    for start in range(0, len(listings), AT_ONCE):
        some = list(listings[start : start + AT_ONCE])
        added = await application.ask(ADD_LISTED, ListedProducts(some))
        changed = WatchesChanged(changed.new + added.new, changed.updated + added.updated)
        progress.advance(task, len(some))
    return changed
