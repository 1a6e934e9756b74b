"""How a proof differs from the last one, and whether somebody should look."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Proof, ProofDiff
from bot.features.checklists.rules.proofs import LISTS, noun, same

JUMP, LEAST_JUMP = 0.5, 2
"""A count jumps if it changes by more than half of the last one, and by more than two."""
NAMED = 5
"""Entries that a sentence names; the rest is counted."""
FIRST = ProofDiff(says="First time, so nothing to compare.")


def proof_diff(before: Proof | None, now: Proof) -> ProofDiff:
    """Compare a proof with the last one of its kind."""
    if before is None or before.kind is not now.kind:
        return FIRST
    if now.kind in LISTS:
        return _of_lists(before, now)
    return _alarm(_of_values(before, now))


def as_told(diff: ProofDiff) -> ProofDiff:
    """Return it with those lines alone that its sentence names."""
    added, removed = diff.added[:NAMED], diff.removed[:NAMED]
    return msgspec.structs.replace(diff, added=added, removed=removed)


def explained(before: Proof, diff: ProofDiff, others: ProofDiff) -> Proof:
    """Return the last list with the changes that are explained: all but the ``others``."""
    gone = {*diff.removed} - {*others.removed}
    kept = [each for each in before.entries if each not in gone]
    come = [each for each in diff.added if each not in others.added]
    return msgspec.structs.replace(before, entries=(*kept, *come))


def _of_lists(before: Proof, now: Proof) -> ProofDiff:
    """Compare lists; order, case and blanks make no difference."""
    had = {same(entry): entry for entry in before.entries}
    has = {same(entry): entry for entry in now.entries}
    added = tuple(has[key] for key in sorted(has.keys() - had.keys()))
    removed = tuple(had[key] for key in sorted(had.keys() - has.keys()))
    sentences = [
        _named(added, now.kind, "new since the last review"),
        _named(removed, now.kind, "gone since the last review"),
    ]
    says = " ".join(sentence for sentence in sentences if sentence)
    return ProofDiff(added=added, removed=removed, says=says, alarming=bool(says))


def _named(entries: Sequence[str], kind: ProofKind, which: str) -> str:
    """Return a sentence such as ``1 user that you did not have at the last review: temp-va.``."""
    if not entries:
        return ""
    one = noun(kind)
    counted = f"{len(entries)} {one if len(entries) == 1 else f'{one}s'}"
    names = ", ".join(entries[:NAMED])
    more = len(entries) - NAMED
    return f"{counted} {which}: {names}{f' and {more} more' if more > 0 else ''}."


def _of_values(before: Proof, now: Proof) -> str:
    match now.kind:
        case ProofKind.DATE:
            return _of_days(before, now)
        case ProofKind.COUNT:
            return _of_counts(before, now)
        case ProofKind.FILE:
            same_file = before.file and now.file and before.file.content == now.file.content
            return "It is the same file as in the last review." if same_file else ""
        case _:
            return ""


def _of_days(before: Proof, now: Proof) -> str:
    if before.day is None or now.day is None or now.day > before.day:
        return ""
    moved = "has not changed since" if now.day == before.day else "is earlier than in"
    return f"The date {moved} the last review: {now.day}, previously {before.day}."


def _of_counts(before: Proof, now: Proof) -> str:
    had, has = before.number or 0, now.number or 0
    change = abs(has - had)
    if change <= LEAST_JUMP or change <= JUMP * had:
        return ""
    return f"The number jumped since the last review: {has:,}, previously {had:,}."


def _alarm(says: str) -> ProofDiff:
    return ProofDiff(says=says, alarming=bool(says))
