"""/people: who signs in to the local page under their own name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.choices import choose
from bot.core.collections import PAGE_ACCOUNTS
from bot.core.context import view_context
from bot.core.flows.confirming import ask_first, is_confirmed
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Post, Reply
from bot.core.page_accounts import all_accounts
from bot.core.page_sessions import open_sessions
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number
from bot.errors import UserError
from bot.features.overview.flows.person import ADD_PERSON, ROLES
from bot.features.overview.service.accounts import (
    NO_SUCH,
    add_person,
    change_role,
    find_account,
    new_link,
    remove_person,
)
from bot.features.overview.views.people import ADD_PERSON as ADD_BUTTON
from bot.features.overview.views.people import (
    REMOVE_PERSON,
    first_of,
    invitation_card,
    people_card,
    person_card,
    removal_confirm,
)

ADD, LINK, ROLE, REMOVE, PAGE, ONE = "add", "link", "role", "remove", "page", "show"
HOW = (
    "Type /people, /people add NAME and a role, /people link NAME, /people role NAME and a role, "
    "or /people remove NAME."
)


async def people(ctx: RequestContext) -> Sequence[Reply]:
    """List the accounts, add one, or change one."""
    if not ctx.words:
        return [await _listed(ctx, 1)]
    what = choose(
        ctx.words[0].lower(), dict.fromkeys((ADD, LINK, ROLE, REMOVE, PAGE, ONE), ""), "word", HOW
    )
    rest = ctx.words[1:]
    if what == PAGE:
        return [await _listed(ctx, page_number(rest))]
    if not rest:
        raise UserError(HOW)
    if what == ADD:
        role = ROLES.get(rest[-1].lower()) if len(rest) > 1 else None
        name = " ".join(rest if role is None else rest[:-1])
        account, link = await add_person(ctx.app, ctx.tx, ctx.who, name, role or ROLES["member"])
        return [Post(card=invitation_card(account, link))]
    return [await _changed(ctx, what, rest)]


async def _changed(ctx: RequestContext, what: str, rest: list[str]) -> Reply:
    app, tx, who = ctx.app, ctx.tx, ctx.who
    if what == ROLE:
        role = ROLES.get(rest[-1].lower())
        if role is None or len(rest) == 1:
            raise UserError(HOW)
        account = await find_account(app, tx, " ".join(rest[:-1]))
        await change_role(app, tx, who, account, role)
        return Notice(f"{account.name} is {role.label} now.")
    account = await find_account(app, tx, " ".join(rest))
    if what == ONE:
        sessions = await open_sessions(app.store, app.clock())
        return Post(card=person_card(account, sessions, await view_context(app, tx)))
    if what == LINK:
        return Post(card=invitation_card(account, await new_link(app, tx, who, account)))
    await remove_person(app, tx, who, account)
    return Notice(f"Removed {account.name}. Their sessions are over.")


async def add_by_form(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for somebody's name and role."""
    return [start_flow(ctx, ADD_PERSON)]


async def remove_by_button(ctx: RequestContext) -> Sequence[Reply]:
    """Remove the account of that id, once that was confirmed."""
    account = await ctx.tx.get(PAGE_ACCOUNTS, ctx.text)
    if account is None:
        raise UserError(NO_SUCH)
    confirm = removal_confirm(account)
    if not is_confirmed(ctx, confirm):
        return [ask_first(ctx, REMOVE_PERSON, confirm, account.id)]
    await remove_person(ctx.app, ctx.tx, ctx.who, account)
    return [Notice(f"Removed {account.name}. Their sessions are over.")]


async def _listed(ctx: RequestContext, page: int) -> Post:
    accounts = await all_accounts(ctx.app.store)
    sessions = await open_sessions(ctx.app.store, ctx.app.clock())
    scene = await view_context(ctx.app, ctx.tx)
    return Post(card=people_card(accounts, sessions, scene, first_of(page)))


COMMANDS = (
    CommandSpec(
        "people",
        "/people [add, link, role or remove, and a name]",
        "Give people accounts on the local page.",
        Permission.CONFIGURE,
        people,
        (
            Param(
                "what",
                "add, link, role or remove. Empty: the list.",
                options=(ADD, LINK, ROLE, REMOVE),
            ),
            Param("who", "The name. After add and role, also admin, member or viewer."),
        ),
        group=HelpGroup.SETUP,
    ),
)
BUTTONS = (
    ClickSpec(ADD_BUTTON, Permission.CONFIGURE, add_by_form),
    ClickSpec(REMOVE_PERSON, Permission.CONFIGURE, remove_by_button),
)
