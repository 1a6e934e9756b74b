"""/support: a request to Amazon's support, drafted from what is known, linted, sent by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.marketplaces import marketplace
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.sequences import next_number
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.cases.collections import CASES
from bot.features.cases.commands.cases import case_here, find_case
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.evidence import items_of
from bot.features.letters.flows.support import ABOUT
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter, LetterKind
from bot.features.letters.models.support_requests import ATTACKED, Request, SupportMatter
from bot.features.letters.service.letters import find_letter, keep, today
from bot.features.letters.texts.writing import support_request, wishes

EVIDENCE = 6
"""Pieces that a request names."""
ACCOUNT = "Our selling account"
NAMED = 200


async def support(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed; in a case's thread, or with its number, it is about the case."""
    need = ctx.text.strip().lower()
    if need.removeprefix("c-").isdigit():
        return await from_case(ctx)
    if need and need not in set(SupportMatter):
        message = f"Type it like this: /support [{'|'.join(SupportMatter)}]"
        raise UserError(message)
    return [await _ask(ctx, await case_here(ctx), need)]


async def from_case(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed in the case whose button was pressed."""
    return [await _ask(ctx, await find_case(ctx, ctx.text), "")]


async def _ask(ctx: RequestContext, case: Case | None, need: str) -> Reply:
    team = await ctx.app.team(ctx.tx)
    attack = await _attack(ctx, case) if case else None
    first = SupportMatter(need) if need else ATTACKED.get(attack.kind) if attack else None
    began = attack.began_at if attack else case.opened_at if case else None
    account = ACCOUNT if first is SupportMatter.ACCOUNT else ""
    named = one_line(", ".join(case.asins), ABOUT) if case else ""
    facts = {
        "about_case": f"{case.label}: {one_line(case_title(case), NAMED)}" if case else "",
        "need_first": first.value if first else "",
        "about_first": account or named,
        "since_first": team.local(began).date().isoformat() if began else "",
        "today": (await today(ctx.app, ctx.tx)).isoformat(),
        "wishes": msgspec.json.encode(wishes()).decode(),
    }
    return start_flow(ctx, "support", subject=case.key if case else "", facts=facts)


async def _attack(ctx: RequestContext, case: Case) -> Attack | None:
    newest = await ctx.tx.find(ATTACKS, "case", case.number, limit=1, newest=True)
    return newest[0] if newest else None


async def finish_support(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Draft the request and show it to be changed."""
    case = await ctx.tx.get(CASES, session.subject) if session.subject else None
    pieces = [piece for piece in await items_of(ctx.tx, case.key) if piece.here] if case else []
    market = marketplace(case.marketplace if case else ctx.app.brand.home)
    need, language = SupportMatter(str(given["need"])), str(given["language"])
    request = Request(
        brand=ctx.app.brand.name,
        need=need,
        about=str(given["about"]),
        since=date.fromisoformat(str(given["since"])),
        done=tuple(str(given["done"]).splitlines()),
        wish=tuple(str(given["wish"]).splitlines()),
        site=f"amazon.{market.domain}",
        earlier=str(given["earlier"]),
        seller=case.seller if case else "",
        evidence=tuple(_named(piece) for piece in pieces[:EVIDENCE]),
    )
    facts = {"case": case.key if case else "", "need": need.value, "language": language}
    text = support_request(request, language)
    return [_ask_text(ctx, text, pieces, facts)]


def _named(piece: EvidenceItem) -> str:
    caption = f" ({piece.caption})" if piece.caption else ""
    return f"{piece.label}: {piece.kind.label}{caption}"


def _ask_text(
    ctx: RequestContext,
    text: str,
    pieces: Sequence[EvidenceItem],
    facts: dict[str, str],
    letter: str = "",
) -> Reply:
    known = {**facts, "draft": text, "notice": "", "grounds": "yes" if _grounds(pieces) else ""}
    return start_flow(ctx, "support-text", subject=letter, facts=known)


def _grounds(pieces: Sequence[EvidenceItem]) -> bool:
    """Tell whether there is a test buy, or photos of theirs and of ours."""
    kinds = {piece.kind for piece in pieces if piece.here}
    return EvidenceKind.TEST_BUY in kinds or {EvidenceKind.RECEIVED, EvidenceKind.GENUINE} <= kinds


async def change_request(ctx: RequestContext, letter: Letter) -> Sequence[Reply]:
    """Show the request to be changed, as long as it was not sent."""
    steps.require_ready(letter)
    pieces = await items_of(ctx.tx, letter.case) if letter.case else ()
    facts = {"case": letter.case, "need": letter.situation, "language": letter.language}
    return [_ask_text(ctx, letter.text, pieces, facts, letter.key)]


async def finish_request(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Keep the request and hand it over, ready to be sent by a person."""
    text = str(given["text"])
    if session.subject:
        letter = steps.edit(await find_letter(ctx.tx, session.subject), text)
        return await keep(ctx, letter, f"{ctx.who.name} changed {letter.label}.")
    letter = Letter(
        number=await next_number(ctx.tx, "letters"),
        kind=LetterKind.SUPPORT,
        situation=str(given["need"]),
        text=text,
        language=str(given["language"]),
        case=str(given["case"]),
        written_by=ctx.who,
        written_at=ctx.app.clock(),
    )
    told = f"{ctx.who.name} wrote {letter.label} to Amazon's support: {letter.about.lower()}."
    return await keep(ctx, letter, told)


CLICKS = (ClickSpec("support", Permission.WORK_CASES, from_case),)

COMMANDS = (
    CommandSpec(
        "support",
        "/support [matter]",
        "Ask Amazon's support.",
        Permission.WORK_CASES,
        support,
        (
            Param(
                "matter", "What it is about.", options=tuple(each.value for each in SupportMatter)
            ),
        ),
        group=HelpGroup.ATTACKS,
    ),
)
