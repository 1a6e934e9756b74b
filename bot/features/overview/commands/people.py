"""/people: who signs in to the local page under their own name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.choices import choose
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply
from bot.core.page_accounts import all_accounts
from bot.core.page_sessions import open_sessions
from bot.core.permissions import Permission, Role
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import page_number
from bot.errors import UserError
from bot.features.overview.service.accounts import (
    add_person,
    change_role,
    find_account,
    new_link,
    remove_person,
)
from bot.features.overview.views.people import first_of, invitation_card, people_card

ADD, LINK, ROLE, REMOVE, PAGE = "add", "link", "role", "remove", "page"
ROLES = {role.label: role for role in (Role.ADMIN, Role.MEMBER, Role.VIEWER)}
HOW = (
    "Type /people, /people add NAME and a role, /people link NAME, /people role NAME and a role, "
    "or /people remove NAME."
)


async def people(ctx: RequestContext) -> Sequence[Reply]:
    """List the accounts, add one, or change one."""
    if not ctx.words:
        return [await _listed(ctx, 1)]
    what = choose(
        ctx.words[0].lower(), dict.fromkeys((ADD, LINK, ROLE, REMOVE, PAGE), ""), "word", HOW
    )
    rest = ctx.words[1:]
    if what == PAGE:
        return [await _listed(ctx, page_number(rest))]
    if not rest:
        raise UserError(HOW)
    if what == ADD:
        role = ROLES.get(rest[-1].lower()) if len(rest) > 1 else None
        name = " ".join(rest if role is None else rest[:-1])
        account, link = await add_person(ctx.app, ctx.tx, ctx.who, name, role or Role.MEMBER)
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
    if what == LINK:
        return Post(card=invitation_card(account, await new_link(app, tx, who, account)))
    await remove_person(app, tx, who, account)
    return Notice(f"Removed {account.name}. Their sessions are over.")


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
