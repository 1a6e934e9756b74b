"""Collects the texts of evidence that are data: labels, needs, steps of a test buy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product

from bot.core.files import Hidden
from bot.core.labeled import LabeledEnum
from bot.core.permissions import Person
from bot.features.evidence.commands.note import HOW_TO_KEEP
from bot.features.evidence.flows.collect_questions import COVER, OFFERED
from bot.features.evidence.flows.compare import CELL
from bot.features.evidence.flows.hidden_question import MEANS
from bot.features.evidence.flows.test_buy_questions import PRIVATE
from bot.features.evidence.models.capture import REFUSALS, PageElement, boxes_told
from bot.features.evidence.models.events import no_orders_told
from bot.features.evidence.models.items import CONFIRMATION, GENUINE_BOUGHT, NEEDS, EvidenceKind
from bot.features.evidence.models.plans import BuyState
from bot.features.evidence.rules.purchases import Arrived
from bot.features.evidence.service.capturing import CANNOT, NO_OFFER
from bot.features.evidence.service.comparing import GONE, NO_PAIR
from bot.features.evidence.service.jobs import FAILED
from bot.features.evidence.views import ADVICE, CANCELED, ENDED, RECORDED, STEPS

LABELS: tuple[type[LabeledEnum], ...] = (Arrived, BuyState, EvidenceKind, Hidden, PageElement)
"""Choices whose labels are said."""


def evidence() -> Mapping[str, frozenset[str]]:
    """Return the texts of evidence that ``tr_data`` says, by what they are."""
    needs = (*NEEDS, CONFIRMATION)
    return {
        "labels of evidence": frozenset(each.label for kind in LABELS for each in kind),
        "needs": frozenset(chain([GENUINE_BOUGHT], *((label, why) for _, label, _, why in needs))),
        "offered": frozenset((COVER, *(label for _, label in OFFERED))),
        "photos": frozenset((CELL, GONE, HOW_TO_KEEP, MEANS, NO_PAIR)),
        "test buys": frozenset(
            chain((PRIVATE, CANCELED, ENDED, RECORDED), ADVICE.values(), *_steps())
        ),
        "screenshots": frozenset((CANNOT, NO_OFFER, *REFUSALS.values())),
        "facts of evidence": frozenset(("Deliver to",)),
    }


def _steps() -> Iterator[tuple[str, str]]:
    return ((todo, label) for todo, label, _ in STEPS.values())


def noted() -> Iterator[str]:
    """Return what a case's timeline tells of evidence and is put together elsewhere."""
    yield no_orders_told(Person("", "{who}"), "{why}")
    yield from (failed.replace("{}", "{why}") for failed in FAILED.values())
    yield from (f"{kind.label}: {{brief}}" for kind in EvidenceKind)
    for found in product((True, False), repeat=len(PageElement)):
        sides = dict(zip(PageElement, found, strict=True))
        yield boxes_told(
            [each for each, there in sides.items() if there],
            [each for each, there in sides.items() if not there],
        )
