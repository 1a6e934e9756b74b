"""The quarter in numbers, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator

from bot.features.letters.models.letters import LetterKind
from bot.features.reports.rules.followups import lasted
from bot.features.reviews.models.facts import Facts, counted
from bot.features.reviews.rules.outcomes import accepted, removal, removals
from bot.features.reviews.rules.security import asked_runs, scores, unsolved

NOBODY = "not measured"


def numbers(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return what the quarter comes to; what nobody measured says so."""
    reports = accepted(facts)
    middle = removal(facts)
    gone = f"{lasted(middle)}, median of {removals(facts)}" if middle is not None else ""
    return (
        ("Attacks", f"{len(facts.attacks)} ({_before(facts, decided=True)})"),
        ("Unknown sellers", f"{_unknown(facts)} ({_before(facts, decided=False)})"),
        ("Accepted this quarter", str(reports) if reports.answered else f"{NOBODY}: no answers"),
        ("Time to removal", gone or f"{NOBODY}: nothing was removed"),
        ("Checklists", _checklists(facts)),
        ("Unsolved problems", str(len(unsolved(facts)))),
        ("Security score", _score(facts)),
        ("Products", _products(facts)),
        ("Letters to Amazon", _letters(facts)),
        ("Lessons", _lessons(facts)),
    )


def unseen(facts: Facts) -> Iterator[str]:
    """Say what was not seen: silence about it must not read as 'all clear'."""
    if not facts.watched:
        yield "No products were watched, so unknown sellers may have gone unnoticed."
    elif facts.unseen:
        yield (
            f"{len(facts.unseen)} of {counted(facts.watched, 'product')} could not be checked "
            "when this review was made. Brandwarden does not know for how long."
        )
    if not asked_runs(facts):
        yield "No checklists were due, so account security was not checked."
    elif not any(run.left != run.tasks for run in asked_runs(facts)):
        yield "No checklists were answered, so account security was not checked."
    if not accepted(facts).answered:
        yield "Amazon answered no reports, so their quality is unknown."
    if not any(each.answered_at in facts.span for each in facts.learnings):
        yield "No lessons were answered, so the team's knowledge was not measured."
    if not (facts.rights or facts.documents):
        yield "No rights or documents on file, so expiration dates are unknown. Type /rights add."
    yield "Attacks count only if a rule detects them or someone logs them with /attack."


def _unknown(facts: Facts) -> str:
    return counted(len(facts.here) - len(facts.attacks), "case")


def _before(facts: Facts, *, decided: bool) -> str:
    before = sum(each.decided is decided for each in facts.before)
    return f"{before} in the previous quarter"


def _checklists(facts: Facts) -> str:
    asked = asked_runs(facts)
    if not asked:
        return f"{NOBODY}: none were due"
    whole = sum(not run.left for run in asked)
    return f"{whole} of {len(asked)} completed"


def _score(facts: Facts) -> str:
    if not facts.scores:
        return f"{NOBODY}: no items were answered"
    known = scores(facts)
    first, last = known[0], known[-1]
    course = f"{first.percent}% to " if len(known) > 1 else ""
    capped = ", capped: an alarm was open" if last.alarmed else ""
    return f"{course}{last.percent}% ({last.got:g} of {last.of:g} points{capped})"


def _products(facts: Facts) -> str:
    if not facts.watched:
        return f"{NOBODY}: none are watched"
    missed = f", {len(facts.unseen)} not checked" if facts.unseen else ""
    return f"{facts.watched} watched{missed}"


def _letters(facts: Facts) -> str:
    sent = [
        each
        for each in facts.letters
        if each.kind is LetterKind.SUPPORT and each.sent_at in facts.span
    ]
    return f"{len(sent)} sent"


def _lessons(facts: Facts) -> str:
    here = [each for each in facts.learnings if each.answered_at in facts.span]
    if not here:
        return f"{NOBODY}: none answered"
    wrong = sum(each.stumbled for each in here)
    return f"{counted(len(here), 'answer')}, {wrong} wrong on the first try"
