"""Letters that somebody wrote who does not know the rules, and what the rules say to them.

The rules of the frame are left out: these letters greet by name and answer no draft of ours, so a
violation would be stopped, and a good one refused, for what has nothing to do with its content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft, First, Situation
from bot.features.letters.models.support_requests import SupportDraft
from bot.features.letters.rules import buyers, buyers_frame, support
from bot.features.letters.rules.likeness import Kind, likeness

SETS = Path(__file__).with_name("sets")
DAY = date(2026, 11, 24)
BUYERS_FRAME = {
    buyers.names,
    buyers_frame.window,
    buyers_frame.order_missing,
    buyers_frame.language,
    buyers_frame.length,
}
SUPPORT_FRAME = {
    support.about,
    support.when,
    support.done,
    support.request,
    support.length,
}


SHORT = {support.length}
"""These requests are short, as people write to each other."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A letter: what is wrong with it, and how openly it says so; nothing of both if it is good."""

    lang: str
    text: str
    what: str = ""
    manner: str = ""
    reply: bool = False
    """It answers a message of the buyer."""


class BuyerSet(msgspec.Struct, frozen=True):
    """Messages to buyers."""

    violation: tuple[Sample, ...]
    good: tuple[Sample, ...]


class SupportSet(msgspec.Struct, frozen=True):
    """Requests to Amazon's support."""

    bad: tuple[Sample, ...]
    good: tuple[Sample, ...]


def buyer_set(name: str) -> BuyerSet:
    return msgspec.toml.decode((SETS / f"{name}.toml").read_bytes(), type=BuyerSet)


def support_set(name: str) -> SupportSet:
    return msgspec.toml.decode((SETS / f"{name}.toml").read_bytes(), type=SupportSet)


def stopping_buyer(sample: Sample) -> list[str]:
    """Return what stops a message for its content."""
    draft = BuyerDraft(
        text=sample.text,
        order="",
        ordered_on=DAY,
        today=DAY,
        language=sample.lang,
        situation=Situation.RETURN,
        first=First.BUYER if sample.reply else First.SELLER,
    )
    remarks = [
        remark
        for rule in buyers.RULES
        if rule not in BUYERS_FRAME
        for remark in buyers.weighed(rule, draft)
    ]
    return _stopping([*remarks, *likeness(draft, Kind.BUYERS, sample.lang)])


def stopping_request(sample: Sample) -> list[str]:
    """Return what stops a request: a bad one for its content, a good one for anything."""
    draft = SupportDraft(text=sample.text, language=sample.lang, grounds=False)
    frame = SUPPORT_FRAME if sample.what else SHORT
    remarks = [remark for rule in support.RULES if rule not in frame for remark in rule(draft)]
    return _stopping([*remarks, *likeness(draft, Kind.SUPPORT, sample.lang)])


def _stopping(remarks: Iterable[Remark]) -> list[str]:
    return [f"{remark.rule}: {remark.says}" for remark in remarks if remark.stops]


def counted(samples: Sequence[Sample], stopped: Sequence[bool]) -> dict[str, str]:
    """Return how many of how many are stopped, by language and manner: ``{"en blunt": "9/10"}``."""
    kinds = [f"{sample.lang} {sample.manner}".strip() for sample in samples]
    hits = Counter(kind for kind, hit in zip(kinds, stopped, strict=True) if hit)
    return {kind: f"{hits[kind]}/{count}" for kind, count in sorted(Counter(kinds).items())}
