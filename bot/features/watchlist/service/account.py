"""Reading all that the account sells: every marketplace, side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from functools import partial

import msgspec
import structlog

from bot.core.context import Brand
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.own_listings import AccountSource, OwnListings, Progress
from bot.core.store import Transaction
from bot.errors import LoginError, SourceError, UserError, is_login_refused
from bot.features.watchlist.collections import SOURCE_FAULTS
from bot.features.watchlist.models import health


class AccountRead(msgspec.Struct, frozen=True):
    """What was read of an account."""

    told: Mapping[str, OwnListings | SourceError]
    """By the marketplace's code: what was read there, or why nothing was."""
    guessed: bool
    """Nobody may ask where the account sells, so that it may sell in more marketplaces."""


ReadingProgress = Callable[[str, int, int], Awaitable[None]]
"""Told how many listings were read in a marketplace, and of how many."""

log = structlog.get_logger(__name__)


async def is_login_out(tx: Transaction) -> bool:
    """Tell whether Amazon refuses the login, so that whatever would be asked now comes to nothing.

    What is done by itself waits until that is over: then it is due.
    """
    return await tx.get(SOURCE_FAULTS, health.ACCOUNT) is not None


async def read_account(
    source: AccountSource, brand: Brand, watched: Set[str], progress: ReadingProgress
) -> AccountRead:
    """Read all marketplaces of the account; one that cannot be read costs the others nothing.

    ``watched`` are the codes of marketplaces in which products are watched.

    Raises:
        SourceError: none of them could be read; a later try may work.
        UserError: nor will a later try, until a person does something.
    """
    if not brand.own_sellers:
        raise UserError(NO_SELLER)
    codes, guessed = await _sells_in(source, brand, watched)
    sellers = sorted(brand.own_sellers)
    told = await asyncio.gather(
        *(_read(source, sellers, code, partial(progress, code)) for code in codes)
    )
    errors = [each for each in told if isinstance(each, SourceError)]
    if len(errors) == len(told):
        raise _why(errors)
    return AccountRead(dict(zip(codes, told, strict=True)), guessed)


NO_SELLER = "Your seller ID is not set. Set BRANDWARDEN_OWN_SELLERS, then try again."


async def _sells_in(
    source: AccountSource, brand: Brand, watched: Set[str]
) -> tuple[Sequence[str], bool]:
    """Return where the account sells, and whether those are only the marketplaces we know of."""
    home = Marketplace.named(brand.home)
    try:
        return await source.sells_in(home.code) or (home.code,), False
    except LoginError as error:
        if is_login_refused(error):
            raise UserError(str(error)) from None
        log.info("marketplaces of the account not told", why=str(error))
    known = {home.code, *watched}
    found = [each.code for each in MARKETPLACES if each.code in known]
    return [code for code in found if Marketplace.named(code).region == home.region], True


async def _read(
    source: AccountSource, sellers: Sequence[str], code: str, progress: Progress
) -> OwnListings | SourceError:
    try:
        return await source.own_listings(sellers, code, progress)
    except SourceError as error:
        log.info("own listings not read", marketplace=code, why=str(error))
        return error


def _why(errors: Sequence[SourceError]) -> SourceError | UserError:
    """Return why nothing was read: what may pass, if any of it may."""
    passing = [error for error in errors if not isinstance(error, LoginError)]
    return passing[0] if passing else UserError(str(errors[0]))
