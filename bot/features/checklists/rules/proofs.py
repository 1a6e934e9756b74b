"""Reading what somebody gave as a proof."""

from __future__ import annotations

from datetime import date

from bot.core.files import Upload
from bot.core.interface import tr, tr_count, tr_data
from bot.core.secrets import looks_secret
from bot.errors import UserError
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Proof

ENTRIES, ENTRY = 200, 120
"""Lines of a list, and characters of a line, at most."""
NOBODY = "none"
"""What one writes into an empty list, so that it is not empty by mistake."""
NUMBER = 9
"""Digits of a count at most."""

LISTS = frozenset({ProofKind.USERS, ProofKind.APPS})
_BULLETS = "-*•·–"  # noqa: RUF001


def read_proof(kind: ProofKind, answer: str | tuple[Upload, ...]) -> Proof:
    """Read what was given as a proof: words, or a file.

    Raises:
        UserError: it cannot be read, or a line of it looks like a secret.
    """
    if not isinstance(answer, str):
        return Proof(kind=kind, file=answer[0])
    if kind in LISTS:
        return read_entries(kind, answer)
    return read_count(answer) if kind is ProofKind.COUNT else read_day(answer)


def read_entries(kind: ProofKind, text: str) -> Proof:
    """Read a list, an entry a line; blanks and bullets are tidied away, and what stands twice.

    Raises:
        UserError: a line looks like a secret, which is never repeated; or it is no list.
    """
    entries: dict[str, str] = {}
    for place, line in enumerate(text.splitlines(), 1):
        looks = looks_secret(line)
        if looks:
            message = tr(
                "Line {line} looks like {secret}. Enter only names and submit again.",
                line=place,
                secret=tr_data(looks),
            )
            raise UserError(message)
        entry = " ".join(line.strip().lstrip(_BULLETS).split())
        if len(entry) > ENTRY:
            message = tr(
                "Line {line} has {length} characters. Shorten the name to {most}.",
                line=place,
                length=len(entry),
                most=ENTRY,
            )
            raise UserError(message)
        if entry:
            entries.setdefault(same(entry), entry)
    if not entries or len(entries) > ENTRIES:
        message = tr(
            "Enter 1 to {most} names, one per line. If there are none, enter: {word}",
            most=ENTRIES,
            word=tr("none"),
        )
        raise UserError(message)
    found = () if set(entries) in ({NOBODY}, {tr("none")}) else tuple(entries.values())
    return Proof(kind=kind, entries=found)


def read_count(text: str) -> Proof:
    """Read a number. Raises UserError."""
    digits = text.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= NUMBER):
        message = tr("Enter a whole number, like 12.")
        raise UserError(message)
    return Proof(kind=ProofKind.COUNT, number=int(digits))


def read_day(text: str) -> Proof:
    """Take a day that a form has checked already, written as in ISO 8601."""
    return Proof(kind=ProofKind.DATE, day=date.fromisoformat(text))


def same(entry: str) -> str:
    """Return what two entries share that differ in case or blanks only."""
    return " ".join(entry.split()).casefold()


def proof_words(proof: Proof) -> str:
    """Say in a few words what a proof holds: ``7 users``."""
    match proof.kind:
        case ProofKind.USERS:
            return tr_count(len(proof.entries), "{count} user", "{count} users")
        case ProofKind.APPS:
            return tr_count(len(proof.entries), "{count} app", "{count} apps")
        case ProofKind.DATE:
            return f"{proof.day:%Y-%m-%d}" if proof.day else ""
        case ProofKind.COUNT:
            return f"{proof.number:,}" if proof.number is not None else ""
        case ProofKind.FILE:
            return proof.file.name if proof.file else ""
        case ProofKind.NONE:
            return ""


def noun(kind: ProofKind) -> str:
    """Return what one entry of a list is."""
    return "user" if kind is ProofKind.USERS else "app"
