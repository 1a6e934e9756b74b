"""/cases and /case."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.app.call import Call, CommandSpec, demand_words, page_number
from bot.app.collections import CASES, ENTRIES
from bot.app.scenes import scene_for
from bot.domain.cases import Case, case_key
from bot.domain.people import Right
from bot.errors import UserError
from bot.ui import cards
from bot.ui.interactions import Post, Reply
from bot.ui.text import clip
from bot.ui.views.case import case_card, timeline_text
from bot.ui.views.lists import PAGE, Page, cases_card

WHICH = ("open", "mine", "all")
SHOWN = 12
"""Entries of a timeline that /case shows."""


async def cases(call: Call) -> Sequence[Reply]:
    """List cases: open ones, the asker's own open ones, or all."""
    words = call.words
    which = words[0].lower() if words and not words[0].isdigit() else "open"
    if which not in WHICH:
        message = "Type it like this: /cases [open|mine|all]"
        raise UserError(message)
    number = page_number(words)
    found, total = await _select(call, which, PAGE * number)
    shown = found[PAGE * (number - 1) :]
    page = Page(number=number, total=total, command=f"cases {which}")
    scene = await scene_for(call.desk, call.tx, shown)
    return [Post(card=cases_card(shown, which, page, scene))]


async def _select(call: Call, which: str, limit: int) -> tuple[list[Case], int]:
    store = call.desk.store
    if which == "all":
        return await store.page(CASES, limit=limit, newest=True), await store.count(CASES)
    if which == "open":
        found = await store.find(CASES, "open", value=True, limit=limit, newest=True)
        return found, await store.count(CASES, "open", value=True)
    mine = await store.find(CASES, "assignee_id", call.who.id, limit=1000, newest=True)
    opened = [case for case in mine if case.open]
    return opened[:limit], len(opened)


async def case(call: Call) -> Sequence[Reply]:
    """Show one case and the end of its timeline."""
    demand_words(call.words, 1, 1, "/case NUMBER")
    found = await find_case(call, call.words[0])
    scene = await scene_for(call.desk, call.tx, [found])
    latest = await call.desk.store.find(ENTRIES, "case", found.key, limit=SHOWN, newest=True)
    shown = case_card(found, scene)
    room = cards.CARD - shown.size
    lines = timeline_text(latest[::-1], scene, found.entries - len(latest))
    body = clip(lines, min(cards.BODY, room + len(shown.body)))
    return [Post(card=msgspec.structs.replace(shown, body=body))]


async def find_case(call: Call, text: str) -> Case:
    """Return the case named by a number or key such as ``3``, ``C-3`` or ``00000003``.

    Raises:
        UserError: there is no such case.
    """
    digits = text.upper().removeprefix("C-")
    found = None
    if digits.isascii() and digits.isdigit() and len(digits) <= len(case_key(0)):
        found = await call.tx.get(CASES, case_key(int(digits)))
    if found is None:
        message = f"There is no case {text[:20]!r}. Type /cases all to see them."
        raise UserError(message)
    return found


COMMANDS = (
    CommandSpec(
        "cases", "/cases [open|mine|all]", "Cases to work on; yours; all.", Right.READ, cases
    ),
    CommandSpec("case", "/case NUMBER", "One case and what happened in it.", Right.READ, case),
)
