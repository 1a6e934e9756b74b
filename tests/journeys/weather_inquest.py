"""What is found after the last kill: what is written down, compared with what both chats show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import OUTBOX
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.team import Team
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.views.case import case_card
from bot.features.cases.views.context import CaseContext
from bot.features.watchlist.collections import WATCHES
from tests.journeys.sides import MARK, Shown

NOTE = re.compile(r"Note (\d+)\.(\d+) of them\.")
_FOLDED = re.compile(r"^C-(\d+) · ", re.MULTILINE)


async def remains_of(folder: Path) -> tuple[list[Case], list[Entry], dict[str, Watch]]:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    assert await store.count(OUTBOX) == 0
    cases, entries = await store.page(CASES, limit=10_000), await store.page(ENTRIES, limit=100_000)
    products = {each.key: each for each in await store.page(WATCHES)}
    await store.close()
    return cases, entries, products


def notes_in(entries: Sequence[Entry]) -> Mapping[str, str]:
    """Return the notes that were written down, and in which case."""
    pairs = [(NOTE.search(each.text), each.case) for each in entries]
    return {note[0]: case for note, case in pairs if note}


def wrongs(
    cases: Sequence[Case], entries: Sequence[Entry], shown: Sequence[Shown]
) -> dict[str, list[str]]:
    heads = Counter(each.label for each in shown if each.label)
    folded = {f"C-{number}" for each in shown if _is_fold(each) for number in _folded(each)}
    labels = {case.key: case.label for case in cases}
    said = Counter(note[0] for each in shown for note in _said(each))
    notes = {words: labels[case] for words, case in notes_in(entries).items()}
    return {
        "cases lost": [c.label for c in cases if not heads[c.label] and c.label not in folded],
        "cards doubled": [label for label, count in heads.items() if count > 1],
        "lines lost": [n for n, label in notes.items() if not said[n] and label not in folded],
        "lines doubled": [words for words, count in said.items() if count > 1],
        "threads out of order": [each.label for each in shown if _mixed_up(each)],
        "lines outside of their thread": [each.title for each in shown if NOTE.search(each.title)],
    }


def _is_fold(shown: Shown) -> bool:
    return "came and went while" in shown.title


def _folded(fold: Shown) -> list[str]:
    return _FOLDED.findall(fold.text)


def _said(shown: Shown) -> list[re.Match[str]]:
    return [found for line in shown.lines for found in NOTE.finditer(line)]


def _mixed_up(shown: Shown) -> bool:
    places = [(int(found[1]), int(found[2])) for found in _said(shown)]
    return places != sorted(places)


def is_stale(case: Case, products: Mapping[str, Watch], shown: Sequence[Shown]) -> bool:
    """Tell whether the card shows something else than what the case is now."""
    view = CaseContext(now=case.opened_at, team=Team(), links=Links(), products=products)
    title = case_card(case, view).title
    cards = [each for each in shown if each.label == case.label]
    seen = case.acknowledged_by is None or not case.open
    return any(
        title not in each.text.replace(MARK, "") or not (seen or "Acknowledged by Ana" in each.text)
        for each in cards
    )


def amounts(
    cases: Sequence[Case], entries: Sequence[Entry], sides: Mapping[str, Sequence[Shown]]
) -> Counter[str]:
    every = [each for shown in sides.values() for each in shown]
    lines = [NOTE.findall(line) for each in every for line in each.lines]
    return Counter(
        {
            "cases": len(cases),
            "entries": len(entries),
            "messages": sum(1 + len(each.lines) for each in every),
            "folds": sum(map(_is_fold, every)),
            "joined messages": sum(len(notes) > 1 for notes in lines),
        }
    )
