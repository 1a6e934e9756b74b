"""Marking differences on two photos of a case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.cards import Tone
from bot.core.flows.starting import start_flow
from bot.core.interactions import Ask, Notice, Reply
from bot.core.interface import tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.service.lookup import find_case
from bot.features.evidence.collections import COMPARISONS
from bot.features.evidence.flows.compare import COMPARE, PhotosForm, ask_difference, comparing
from bot.features.evidence.models.comparisons import Comparison, photos_of
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.rules.comparing import PhotosInput, RemovalInput
from bot.features.evidence.service.comparing import (
    NO_PAIR,
    compare,
    drop_difference,
    require_comparison,
)
from bot.features.evidence.service.evidence import items_of


async def begin(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for a difference, if photos are compared already; else begin with the photos."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    known = await ctx.tx.get(COMPARISONS, case.key)
    return [_ask(ctx, known)] if known else await show_grid(ctx)


async def show_grid(ctx: RequestContext) -> Sequence[Reply]:
    """Ask which photos to compare, where there is a choice, and have them shown with a grid."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    items = await items_of(ctx.tx, case.key)
    theirs, ours = (
        photos_of(items, kind) for kind in (EvidenceKind.RECEIVED, EvidenceKind.GENUINE)
    )
    if not (theirs and ours):
        raise UserError(tr_data(NO_PAIR))
    if len(theirs) == len(ours) == 1:
        only = PhotosInput(case=case.key, received=theirs[0].place, genuine=ours[0].place)
        return comparing(ctx, await compare(ctx.app, ctx.tx, ctx.who, only))
    known = await ctx.tx.get(COMPARISONS, case.key) or Comparison(
        case=case.key, received=theirs[-1].place, genuine=ours[-1].place
    )
    form = PhotosForm(
        subject=case.key,
        theirs=_offered(theirs, known.received),
        ours=_offered(ours, known.genuine),
        marked=len(known.differences),
        received=known.received,
        genuine=known.genuine,
    )
    return [start_flow(ctx, COMPARE, form)]


def _offered(photos: Sequence[EvidenceItem], chosen: int) -> tuple[tuple[str, str], ...]:
    """Offer the newest ones, and the chosen one first."""
    newest = sorted(photos, key=lambda item: (item.place != chosen, -item.place))
    return tuple(
        (
            str(item.place),
            one_line(f"{item.label}: {item.caption or item.kind.said}", forms.OPTION),
        )
        for item in newest[: forms.OPTIONS]
    )


async def add(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for the next difference between the compared photos."""
    _, known = await require_comparison(ctx.tx, ctx.text)
    return [_ask(ctx, known)]


def _ask(ctx: RequestContext, known: Comparison) -> Ask:
    known.require_room()
    return ask_difference(ctx, known)


async def remove(ctx: RequestContext) -> Sequence[Reply]:
    """Remove the last difference."""
    asked = RemovalInput.read(ctx.text)
    known = await drop_difference(ctx.app, ctx.tx, ctx.who, asked)
    text = tr(
        "Removed difference {number} between {photos}.", number=asked.number, photos=known.said
    )
    return [Notice(text, Tone.GOOD)]


CLICKS = (
    ClickSpec("compare", Permission.WORK_CASES, begin),
    ClickSpec("show-grid", Permission.WORK_CASES, show_grid),
    ClickSpec("add-difference", Permission.WORK_CASES, add),
    ClickSpec("remove-difference", Permission.WORK_CASES, remove),
)
