"""Collects what is said in the language of the interface: what the code says, and texts as data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from adapters.slack.inbound import STRANGE
from adapters.slack.listener import WAIT
from bot.core.conditions import CONDITION_WORDS, SUB_CONDITION_WORDS
from bot.core.flows.forms import MISSING, WrongAnswers
from bot.core.labeled import Duty, LabeledEnum
from bot.core.permissions import Permission, Role
from bot.core.rate_limits import TooMany
from bot.core.removed_words import REMOVED
from bot.core.secrets import SECRETS
from bot.core.views.reading_aid import LABEL
from bot.core.when import FULL_MONTHS, MONTHS, WEEKDAYS
from bot.errors import BrandwardenError, Conflict, NotAllowed, UserError
from bot.features.cases.rules.browsing import CaseState
from bot.features.cases.rules.seller_rows import TrustState
from bot.features.checklists.commands.security import WHICH
from bot.features.checklists.flows.items import NAMES_ONLY
from bot.features.checklists.models.definitions import Area, Checklist
from bot.features.checklists.models.runs import Answer, Ending
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.rules.proof_diff import FIRST
from bot.features.overview.rules.products import BoxState, CheckState
from bot.features.overview.views.settings import CONFIRMED, MENTIONED
from checks.checklists import shipped
from tests.language import said_cases, said_evidence, said_listings
from tests.language.said_reports import noted, reports
from tests.language.sentences import ROOT, place_of, trees

_NAME = re.compile(r"\{(\w+)\}")
_CALL = re.compile(r"\btr\(\"(?P<sentence>[^\"]+)\"(?P<values>[^()]*)\)")
"""How a template says something."""
_VALUE = re.compile(r"(\w+)=")


class Said(NamedTuple):
    """A sentence that the code says, and the names of the values that it is given."""

    place: str
    english: str
    values: frozenset[str] | None
    """None: they are not written there one by one."""
    stored: bool = False
    """It is kept in English, and said later."""


def said() -> Iterator[Said]:
    """Return the sentences that are written in a call of ``tr``, ``tr_count`` or ``noted``."""
    yield from _of_templates()
    for place, call, keys in calls():
        for each in keys:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                stored = isinstance(call.func, ast.Name) and call.func.id == "noted"
                yield Said(place, each.value, _values(call), stored)


def _of_templates() -> Iterator[Said]:
    for path in sorted(ROOT.glob("adapters/web/templates/*.html")):
        for found in _CALL.finditer(path.read_text("utf-8")):
            values = frozenset(_VALUE.findall(found["values"]))
            yield Said(str(path.relative_to(ROOT)), found["sentence"], values)


def hidden() -> Iterator[str]:
    """Return the places that say what is no literal: no test knows what that is."""
    for place, _, keys in calls():
        if place.startswith("bot/core/interface.py"):
            continue
        if not all(isinstance(each, ast.Constant) for each in keys):
            yield place


@cache
def calls() -> tuple[tuple[str, ast.Call, list[ast.expr]], ...]:
    """Return each call that says something, its place, and the sentences that it is given."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.Call, list[ast.expr]]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="tr" | "noted"), args=[sentence]):
                    yield place_of(path, node), node, [sentence]
                case ast.Call(func=ast.Name(id="tr_count"), args=[_, one, many]):
                    yield place_of(path, node), node, [one, many]


def names_in(text: str) -> frozenset[str]:
    """Return the names that a sentence has in braces."""
    return frozenset(_NAME.findall(text))


def _values(call: ast.Call) -> frozenset[str] | None:
    names = {each.arg for each in call.keywords}
    if None in names:
        return None
    counts = {"count"} if isinstance(call.func, ast.Name) and call.func.id == "tr_count" else ()
    return frozenset({*filter(None, names), *counts})


REFUSALS: tuple[type[BrandwardenError], ...] = (
    UserError,
    NotAllowed,
    WrongAnswers,
    TooMany,
    Conflict,
)
"""Errors that say themselves to whoever asked, without a sentence of their own."""
LABELS: tuple[type[LabeledEnum], ...] = (
    *(Answer, Area, BoxState, CaseState, CheckState, Duty, Ending, Permission, TrustState),
)
"""Choices whose labels are said."""


@cache
def data() -> Mapping[str, frozenset[str]]:
    """Return the texts that ``tr_data`` says, by what they are."""
    return {
        "labels": frozenset(each.label for kind in LABELS for each in kind),
        "roles": frozenset(chain.from_iterable((f"{r.label}s", r.label) for r in Role if r)),
        "confirmed": frozenset(CONFIRMED.values()),
        "mentioned": frozenset(MENTIONED.values()),
        "forms": frozenset({MISSING, NAMES_ONLY, LABEL}),
        "secrets": frozenset(SECRETS),
        "limits": frozenset({"commands", "notes"}),
        "errors": frozenset(each.default_message for each in REFUSALS),
        "conditions": frozenset({*CONDITION_WORDS.values(), *SUB_CONDITION_WORDS.values()}),
        "months": frozenset({*MONTHS, *FULL_MONTHS}),
        "chats": frozenset({WAIT, STRANGE}),
        "weekdays": frozenset(WEEKDAYS),
        "parts of the score": frozenset(WHICH.values()),
        "proofs": frozenset({FIRST.says, REMOVED, "It is the same file as in the last review."}),
        "checklists": frozenset(chain.from_iterable(map(texts_of, (DECISIONS, *shipped())))),
        **reports(),
        **said_cases.cases(),
        **said_evidence.evidence(),
        **said_listings.listings(),
    }


def stored() -> frozenset[str]:
    """Return the sentences of the store that are put together from parts, with their names."""
    return frozenset((*noted(), *said_evidence.noted()))


def texts_of(checklist: Checklist) -> Iterator[str]:
    """Return what people read of a checklist."""
    yield from (checklist.title, checklist.why, checklist.section)
    for item in checklist.items:
        yield from (item.title, item.why, *item.steps)
