"""Which offers are looked at: Amazon's, or a file's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.amazon.login import Credentials
from adapters.amazon.recorded import FileSource
from adapters.amazon.sp_api import SpApiSource
from bot.core.addresses import is_local
from bot.core.links import Links
from bot.core.monitoring import OfferSource
from bot.errors import UserError
from bot.settings import PREFIX, Settings

SOME_ASIN = "B000000000"
"""Asked for to try the login: whether it exists does not matter."""


@asynccontextmanager
async def open_source(settings: Settings) -> AsyncIterator[OfferSource]:
    """Open the source that the settings name.

    Raises:
        UserError: the credentials are missing; it says which.
    """
    if settings.snapshots is not None:
        yield FileSource(settings.snapshots)
        return
    missing = missing_credentials(settings)
    if missing:
        message = (
            "Next step: connect Amazon. Write these lines into the file .env in this folder, with "
            "your own values (see 'Connect Amazon' in the README), then start again:\n"
            + "".join(f"  {name}=...\n" for name in missing)
            + "No account yet? Try the simulated marketplace: .venv/bin/python -m bot demo"
        )
        raise UserError(message)
    source = amazon(settings)
    try:
        yield source
    finally:
        await source.aclose()


async def try_login(source: OfferSource, home: str) -> None:
    """Ask for something, to know whether the credentials work.

    Raises:
        SourceError: they do not, or Amazon cannot be reached; it says what to do.
    """
    await source.products([SOME_ASIN], home)


def missing_credentials(settings: Settings) -> list[str]:
    """Name the settings without which Amazon cannot be asked."""
    wanted = {
        "AMAZON_CLIENT_ID": settings.amazon_client_id,
        "AMAZON_CLIENT_SECRET": settings.amazon_client_secret.get_secret_value(),
        "AMAZON_REFRESH_TOKEN": settings.amazon_refresh_token.get_secret_value(),
    }
    return [PREFIX + name for name, value in wanted.items() if not value]


def is_simulated(settings: Settings) -> bool:
    """Tell whether what is read is not Amazon's: from a file, or from this machine."""
    if settings.snapshots is not None:
        return True
    return is_local(settings.amazon_endpoint) or is_local(settings.amazon_login_url)


def links(settings: Settings) -> Links:
    """Return where cards lead, and what is captured: pages of who stands in for Amazon, if any."""
    stands_in = settings.snapshots is None and is_local(settings.amazon_endpoint)
    return Links(base=settings.amazon_endpoint if stands_in else "")


def amazon(settings: Settings) -> SpApiSource:
    """Make the source that asks Amazon, or who stands in for it."""
    credentials = Credentials(
        client_id=settings.amazon_client_id,
        client_secret=settings.amazon_client_secret.get_secret_value(),
        refresh_token=settings.amazon_refresh_token.get_secret_value(),
    )
    return SpApiSource(
        credentials,
        login_url=settings.amazon_login_url,
        endpoint=settings.amazon_endpoint,
        simulated=is_simulated(settings),
    )
