"""A product over one folder and a simulated marketplace, to be killed and born again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import WEB, Application, build_application, vault_of
from bot.bootstrap.features import COLLECTIONS
from bot.core.chat import Outgoing
from bot.core.clocks import utc_now
from bot.core.links import Links
from bot.core.resources import Resources
from bot.settings import Settings
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Ledger, LedgerChat
from tests.journeys.shop import open_source

OFTEN = 10**6
"""Deaths that no job is blamed for."""
NEVER = timedelta(hours=9)
"""Between two looks at an offer: these trials are about other things."""


@asynccontextmanager
async def open_house(
    folder: Path,
    market: str,
    own: str,
    patches: Mapping[str, object],
    *,
    prepare: Callable[[TinyStore], Awaitable[None]] | None = None,
    resources: Resources | None = None,
) -> AsyncIterator[Application]:
    """Put the product together for the seller ``own``, with these values in place of others.

    ``prepare`` writes what has to be there before.
    """
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({own}), "data_dir": folder, "check_every": NEVER}
    )
    ledger = Ledger(folder / LEDGER)
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    if prepare is not None:
        await prepare(store)
    blamed = {f"bot.core.job_queues.{name}": OFTEN for name in ("DEATHS", "FORGIVEN")}
    with ExitStack() as stack:
        for place, value in {**blamed, **patches}.items():
            stack.enter_context(patch(place, value))
        chat = LedgerChat(ledger, vault_of(settings).read, _unheard)
        async with open_source(market, utc_now) as source:
            links = Links(base=market)
            yield build_application(settings, store, source, links, {WEB: chat}, resources)
    await store.close()
    ledger.close()


def _unheard(_: Outgoing, __: bool) -> None:
    """Let every message pass."""
