"""The first run: how far it is, and the message that shows it."""

from __future__ import annotations

import msgspec

from bot.core.collections import CHANNEL_BINDINGS
from bot.core.context import AppContext
from bot.core.interface import speak
from bot.core.store import Transaction, run_in_transaction
from bot.errors import AccessRefused, SourceError
from bot.features.setup.collections import FIRST_RUNS
from bot.features.setup.models import FIRST, FirstRun, LoginCheck
from bot.features.setup.rules import SetupFacts, done_of, next_of
from bot.features.setup.views.steps import hidden_card, setup_card
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.resources import ACCOUNT
from bot.features.watchlist.service.account import is_login_out


async def begin_if_new(app: AppContext, chat: str) -> None:
    """Post the steps in a chat where nothing is watched, if they were not shown yet.

    A team's channel is not disturbed by it: there a person asks for them.
    """

    async def begin(tx: Transaction) -> None:
        if await tx.get(FIRST_RUNS, FIRST) is None and not await app.store.count(WATCHES):
            await begin_setup(app, tx, chat)

    await run_in_transaction(app.store, begin)


async def begin_setup(app: AppContext, tx: Transaction, *chats: str) -> None:
    """Post the steps as they are now, in these chats or in all; an earlier message leads on."""
    known = await tx.get(FIRST_RUNS, FIRST)
    message = f"setup-{app.clock():%Y%m%d%H%M%S%f}"
    if known is None:
        first = FirstRun(message=message, chats=chats)
    else:
        with speak((await app.team(tx)).language):
            card = hidden_card(newer=True)
            await app.outbox.edit(tx, known.message, card, only=known.only)
        first = msgspec.structs.replace(known, message=message, chats=chats, over=False)
    facts = await read_facts(app, tx, first)
    with speak((await app.team(tx)).language):
        app.outbox.post(tx, message, setup_card(facts), only=first.only)
    tx.put(FIRST_RUNS, msgspec.structs.replace(first, shown=done_of(facts)))


async def hide_setup(app: AppContext, tx: Transaction) -> None:
    """Fold the steps away, until a person asks for them."""
    known = await tx.get(FIRST_RUNS, FIRST)
    if known is None:
        return
    await app.outbox.edit(tx, known.message, hidden_card(), only=known.only)
    tx.put(FIRST_RUNS, msgspec.structs.replace(known, over=True))


async def show_steps(app: AppContext, tx: Transaction, first: FirstRun) -> None:
    """Keep how far the first run is, and have its message show that."""
    facts = await read_facts(app, tx, first)
    done = done_of(facts)
    with speak((await app.team(tx)).language):
        await app.outbox.edit(tx, first.message, setup_card(facts), only=first.only)
    over = next_of(done) is None
    tx.put(FIRST_RUNS, msgspec.structs.replace(first, shown=done, over=over))


async def follow_steps(app: AppContext, tx: Transaction) -> None:
    """Have the message show what was done elsewhere; write nothing where that is nothing."""
    first = await tx.get(FIRST_RUNS, FIRST)
    if first is None or first.over:
        return
    if done_of(await read_facts(app, tx, first)) != first.shown:
        await show_steps(app, tx, first)


async def check_login(app: AppContext) -> LoginCheck | None:
    """Ask Amazon where the account sells, and keep what it says; None: there is no account."""
    account = app.resources[ACCOUNT]
    if account is None:
        return None
    try:
        found = LoginCheck(marketplaces=await account.sells_in(app.brand.home))
    except AccessRefused:
        # The login was granted; the app's roles do not let it see where the account sells.
        found = LoginCheck()
    except SourceError as error:
        found = LoginCheck(why=str(error))

    async def keep(tx: Transaction) -> None:
        first = await tx.get(FIRST_RUNS, FIRST)
        if first is not None and not first.over and first.login != found:
            await show_steps(app, tx, msgspec.structs.replace(first, login=found))

    await run_in_transaction(app.store, keep)
    return found


async def read_facts(app: AppContext, tx: Transaction, first: FirstRun) -> SetupFacts:
    """Gather what the steps are derived from."""
    rooms = [await tx.get(CHANNEL_BINDINGS, chat) for chat in app.outbox.chats]
    # The local page has no workspace: its channel is no other chat's.
    channels = [room.name or room.channel for room in rooms if room and room.workspace]
    return SetupFacts(
        simulated=app.brand.simulated,
        account=app.resources[ACCOUNT] is not None,
        sellers=bool(app.brand.own_sellers),
        login=first.login,
        refused=await is_login_out(tx),
        watching=bool(await app.store.count(WATCHES)),
        channels=tuple(filter(None, channels)),
        alone=first.alone,
        tried=first.tried,
    )
