"""/rights and /papers: the brand's register, which reports rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.identifiers import parse_product, parse_seller
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission, can
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext, page_number
from bot.core.sequences import next_number
from bot.core.views.lists import PAGE, ListPage
from bot.errors import NotAllowed, UserError
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.rights.models import (
    BrandRight,
    BrandRightKind,
    BrandRightStatus,
    RightsDocument,
    RightsDocumentKind,
)
from bot.features.rights.views import documents_card, rights_card

ADD, REMOVE = "add", "remove"


async def rights(ctx: RequestContext) -> Sequence[Reply]:
    """List the rights, add one, or remove one."""
    match ctx.words:
        case ["add"]:
            _require_admin(ctx)
            return [start_flow(ctx, "right")]
        case ["remove", number]:
            _require_admin(ctx)
            key = _key(number)
            found = await ctx.tx.get(BRAND_RIGHTS, key)
            if found is None:
                message = f"There is no right {number[:10]}. Type /rights to see them."
                raise UserError(message)
            ctx.tx.delete(BRAND_RIGHTS, key)
            return [Notice(f"{found.label} is no longer in the register.")]
        case _:
            total = await ctx.app.store.count(BRAND_RIGHTS)
            page = ListPage.of(page_number(ctx.words), total, "rights")
            shown = await ctx.app.store.page(BRAND_RIGHTS, skip=page.start, limit=PAGE)
            return [Post(rights_card(shown, page, ctx.app.clock().date()))]


async def papers(ctx: RequestContext) -> Sequence[Reply]:
    """List the papers, add one, or remove one."""
    match ctx.words:
        case ["add"]:
            _require_admin(ctx)
            return [start_flow(ctx, "paper")]
        case ["remove", number]:
            _require_admin(ctx)
            key = _key(number)
            found = await ctx.tx.get(RIGHTS_DOCUMENTS, key)
            if found is None:
                message = f"There is no paper {number[:10]}. Type /papers to see them."
                raise UserError(message)
            ctx.tx.delete(RIGHTS_DOCUMENTS, key)
            return [Notice(f"{found.name} is no longer in the register.")]
        case _:
            total = await ctx.app.store.count(RIGHTS_DOCUMENTS)
            page = ListPage.of(page_number(ctx.words), total, "papers")
            shown = await ctx.app.store.page(RIGHTS_DOCUMENTS, skip=page.start, limit=PAGE)
            return [Post(documents_card(shown, page, ctx.app.clock().date()))]


async def finish_right(ctx: RequestContext, _: FlowSession, given: Given) -> Sequence[Reply]:
    """Enter the right."""
    right = BrandRight(
        number=await next_number(ctx.tx, "rights"),
        kind=BrandRightKind(str(given["kind"])),
        name=str(given["name"]),
        registration=str(given["registration"]),
        country=str(given["country"]).upper(),
        classes=str(given["classes"]),
        owner=str(given["owner"]),
        status=BrandRightStatus(str(given["status"])),
        expires=_day(given["expires"]),
        added_by=ctx.who,
        added_at=ctx.app.clock(),
    )
    ctx.tx.put(BRAND_RIGHTS, right)
    return [Notice(f"{right.label} is in the register.", Tone.GOOD)]


async def finish_document(ctx: RequestContext, _: FlowSession, given: Given) -> Sequence[Reply]:
    """Enter the paper."""
    kind = RightsDocumentKind(str(given["kind"]))
    party = str(given["party"])
    words = str(given["products"]).replace(",", " ").split()
    files = [file for file in given["file"] if isinstance(file, Upload)]
    paper = RightsDocument(
        number=await next_number(ctx.tx, "papers"),
        kind=kind,
        name=str(given["name"]),
        party=parse_seller(party) if kind is RightsDocumentKind.AUTHORISATION else party,
        products=tuple(parse_product(word).asin for word in words),
        since=_day(given["since"]),
        until=_day(given["until"]),
        file=files[0] if files else None,
        added_by=ctx.who,
        added_at=ctx.app.clock(),
    )
    ctx.tx.put(RIGHTS_DOCUMENTS, paper)
    return [Notice(f"{paper.name} is in the register.", Tone.GOOD)]


def _day(answer: object) -> date | None:
    return date.fromisoformat(str(answer)) if answer else None


def _key(number: str) -> str:
    digits = number.lstrip("#")
    if not (digits.isascii() and digits.isdigit()):
        message = f"{number[:10]!r} is not a number. It stands before each line of the list."
        raise UserError(message)
    return f"{int(digits[:6]):06d}"


def _require_admin(ctx: RequestContext) -> None:
    if not can(ctx.role, Permission.CONFIGURE):
        raise NotAllowed


COMMANDS = (
    CommandSpec(
        "rights",
        "/rights [add|remove NUMBER]",
        "Trademarks, copyrights, patents you own.",
        Permission.READ,
        rights,
        (
            Param("do", "Add or remove one; else they are listed.", options=(ADD, REMOVE)),
            Param("number", "Which one to remove."),
        ),
        group=HelpGroup.REPORTS,
    ),
    CommandSpec(
        "papers",
        "/papers [add|remove NUMBER]",
        "Letters of authorisation, invoices, registration.",
        Permission.READ,
        papers,
        (
            Param("do", "Add or remove one; else they are listed.", options=(ADD, REMOVE)),
            Param("number", "Which one to remove."),
        ),
        group=HelpGroup.REPORTS,
    ),
)
