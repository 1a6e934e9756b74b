"""What makes a checklist usable: what lint asks of a definition before anybody is asked by it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Set
from datetime import UTC, datetime, timedelta

from bot.core.cadences import Cadences
from bot.core.cards import allowed
from bot.core.findings import NO_BUY_BOX, OF_OUR_ACCOUNT, OF_OUR_LISTING
from bot.core.labeled import AttackKind
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.checklists.models.definitions import Checklist, Item
from bot.features.checklists.rules.planning import DECISIONS

SECTIONS = (
    "Understand the phenomenon of follow-up and its impact",
    "Collect evidence and verify the selling behavior",
    "Report copycat behavior through the Amazon platform",
    "Strategies to protect your own brand rights",
    "Establish security measures",
    "Seeking support from Amazon",
    "Communicate effectively with buyers",
    "Strengthen brand management and rights protection awareness",
    "Monitor and analyze attack behavior",
    "Continuous improvement and preventive measures",
)
"""The sections of the brand's guard, in the article's words and as docs/article.md heads them."""

SIGNALS = OF_OUR_LISTING | OF_OUR_ACCOUNT | {NO_BUY_BOX}
"""What a case can be about whose card offers a playbook."""

ID, TITLE, ITEM_TITLE, STEP = 40, 60, 50, 140
WHY, ITEM_WHY = 300, 200
"""Characters, so that nothing is cut on a card, and an item's button keeps its 100."""
CADENCE, CADENCE_ERROR = 60, 240
ITEMS, STEPS, WEIGHTS = 12, 6, 5
MINUTES = 30
"""An item that takes longer is a project. 0 minutes is a glance."""
LONGEST = 800
"""Days for which 'done' may count: what nobody looked at for two years is not done."""
RUNS = 13
"""So many runs are counted to know a cadence's longest pause: a year of a monthly one."""

_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
_GAPLESS = re.compile(r"[!-~]+", re.ASCII)
_START = datetime(2026, 1, 1, tzinfo=UTC)


def lint(checklist: Checklist, cadences: Cadences, commands: Set[str]) -> list[str]:
    """Return what is wrong with a definition: a sentence each that says where, and what to do.

    ``commands`` are the names of those that an item may name.
    """
    found = [*_checklist(checklist)]
    pause = timedelta()
    try:
        pause = _pause(checklist.cadence, cadences)
    except UserError as error:
        found.append(f"cadence: {one_line(str(error), CADENCE_ERROR)}")
    for item in checklist.items:
        where = f"item {one_line(item.id, ID)}"
        wrong = (*_item(item, commands), *_expiry(item, checklist, pause))
        found += [f"{where}: {each}" for each in wrong]
    return found


def _checklist(checklist: Checklist) -> Iterator[str]:
    yield from _id(checklist.id)
    if checklist.id == DECISIONS.id:
        yield f"id {DECISIONS.id} is reserved for the quarterly review. Choose another."
    yield from _words("title", checklist.title, TITLE)
    yield from _words("why", checklist.why, WHY)
    if checklist.section not in SECTIONS:
        section = one_line(checklist.section, TITLE)
        yield f"there is no section {section!r}. Use a heading of docs/article.md."
    yield from _begins(checklist)
    if not checklist.items:
        yield "it has no items. Add one that starts with [[items]]."
    elif not checklist.minutes:
        yield "all its items take 0 minutes. Give at least one item a minute."
    if len(checklist.items) > ITEMS:
        yield f"it has {len(checklist.items)} items, but only {ITEMS} fit on a card. Split it."
    for id, times in Counter(item.id for item in checklist.items).items():
        if times > 1:
            yield f"{times} items have the id {one_line(id, ID)}. Give each its own id."


def _begins(checklist: Checklist) -> Iterator[str]:
    """Check what begins it: the calendar, an attack, or a person in a case."""
    begun = checklist.attacks or checklist.signals
    if not checklist.cadence and not begun:
        yield "it never starts. Give it a cadence, or attacks if it is a playbook."
    if checklist.cadence and begun:
        what = "attacks" if checklist.attacks else "signals"
        yield f"it has a cadence and {what}. A playbook has no cadence. Remove one of them."
    for kind in checklist.attacks:
        if kind not in set(AttackKind):
            known = ", ".join(AttackKind)
            yield f"there is no attack {one_line(kind, ID)!r}. Choose from: {known}."
    for signal in checklist.signals:
        if signal not in SIGNALS:
            known = ", ".join(sorted(SIGNALS))
            yield f"there is no signal {one_line(signal, ID)!r}. Choose from: {known}."


def _pause(cadence: str, cadences: Cadences) -> timedelta:
    """Return the longest pause between runs, none where nothing recurs. Raises UserError."""
    if not cadence:
        return timedelta()
    if len(cadence) > CADENCE:
        message = f"it has {len(cadence):,} characters. Use five fields, like '0 9 * * mon'."
        raise UserError(message)
    runs = [_START]
    for _ in range(RUNS):
        runs.append(cadences.following(cadence, "UTC", runs[-1]))
    return max(later - run for run, later in itertools.pairwise(runs[1:]))


def _item(item: Item, commands: Set[str]) -> Iterator[str]:
    yield from _id(item.id)
    yield from _words("title", item.title, ITEM_TITLE)
    yield from _words("why", item.why, ITEM_WHY)
    if len(item.steps) > STEPS:
        yield f"it has {len(item.steps)} steps. Keep the {STEPS} that matter most."
    for number, step in enumerate(item.steps, start=1):
        yield from _words(f"step {number}", step, STEP)
    if not 0 <= item.minutes <= MINUTES:
        yield f"minutes must be 0 (a glance) to {MINUTES}. Split longer items."
    if not 1 <= item.weight <= WEIGHTS:
        yield f"weight must be 1 to {WEIGHTS}."
    if item.link and not (_GAPLESS.fullmatch(item.link) and allowed(item.link)):
        yield "link must be an Amazon page, like https://sellercentral.amazon.com/..."
    if item.command and item.command not in commands:
        command = one_line(item.command, ID)
        yield f"there is no command {command!r}. Type /help to list them, and leave out the slash."


def _expiry(item: Item, checklist: Checklist, pause: timedelta) -> Iterator[str]:
    """Check for how long 'done' counts; ``pause`` is the longest one between two runs."""
    if not item.expires:
        return
    if not checklist.cadence:
        yield "expires has no effect without a cadence. Remove it."
    elif item.expires < pause.days:
        yield (
            f"expires is shorter than the {pause.days} days until the item is asked again. "
            "Make it longer, or remove it."
        )
    elif item.expires > LONGEST:
        yield f"expires is more than {LONGEST} days. Use fewer days."


def _id(id: str) -> Iterator[str]:
    if len(id) > ID or not _KEBAB.fullmatch(id):
        yield f"id must have lowercase letters, digits and hyphens, like two-step, at most {ID}."


def _words(name: str, text: str, most: int) -> Iterator[str]:
    if not text.strip():
        yield f"{name} is empty. Fill it in."
    elif len(text) > most:
        yield f"{name} has {len(text):,} characters. Shorten it to {most}."
    elif text != one_line(text, most):
        yield f"{name} has line breaks, double spaces or invisible characters. Type it again."
