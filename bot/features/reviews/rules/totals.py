"""The quarter in numbers, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterator

from bot.features.letters.models.letters import LetterKind
from bot.features.reports.rules.followups import lasted
from bot.features.reviews.models.facts import Facts, counted
from bot.features.reviews.rules.outcomes import accepted, removal, removals
from bot.features.reviews.rules.security import asked_runs, unsolved

NOBODY = "not measured"


def numbers(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return what the quarter comes to; what nobody measured says so."""
    reports = accepted(facts)
    middle = removal(facts)
    gone = f"{lasted(middle)}, median of {removals(facts)}" if middle is not None else ""
    return (
        ("Attacks and cases", f"{len(facts.here)} ({len(facts.before)} in the quarter before)"),
        ("Reports accepted", str(reports) if reports.answered else f"{NOBODY}: no answer came"),
        ("Time to removal", gone or f"{NOBODY}: nothing was removed"),
        ("Checklists", _checklists(facts)),
        ("Problems not solved", str(len(unsolved(facts)))),
        ("Score", _score(facts)),
        ("Products", _products(facts)),
        ("Letters to Amazon", _letters(facts)),
        ("Lessons", _lessons(facts)),
    )


def unseen(facts: Facts) -> Iterator[str]:
    """Say what was not seen: silence about it must not read as 'all clear'."""
    if not facts.watched:
        yield "No product was watched: whether strangers sold on one is unknown."
    elif facts.unseen:
        yield (
            f"{len(facts.unseen)} of {counted(facts.watched, 'product')} could not be seen when "
            "this was made; for how long in the quarter was not written down."
        )
    if not asked_runs(facts):
        yield "No checklist was due: the account's safety was not checked."
    elif not any(run.left != run.tasks for run in asked_runs(facts)):
        yield "No checklist was answered: the account's safety was not checked."
    if not accepted(facts).answered:
        yield "Amazon answered no report: how well your reports are made is not known."
    if not any(each.answered_at in facts.span for each in facts.learnings):
        yield "No lesson was answered: the team's knowledge was not measured."
    if not (facts.rights or facts.documents):
        yield "The register is empty: what expires is not known. Type /rights add."
    yield "Attacks that no rule sees and that were not logged with /attack are not counted."


def _checklists(facts: Facts) -> str:
    asked = asked_runs(facts)
    if not asked:
        return f"{NOBODY}: none was asked"
    whole = sum(not run.left for run in asked)
    return f"{whole} of {len(asked)} answered to the end"


def _score(facts: Facts) -> str:
    if not facts.scores:
        return f"{NOBODY}: no item was answered"
    first, last = facts.scores[0], facts.scores[-1]
    course = f"{first.percent}% to " if len(facts.scores) > 1 else ""
    return f"{course}{last.percent}% ({last.got:g} of {last.of:g} points)"


def _products(facts: Facts) -> str:
    if not facts.watched:
        return f"{NOBODY}: none is watched"
    missed = f", {len(facts.unseen)} not seen" if facts.unseen else ""
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
    return f"{counted(len(here), 'answer')}, {wrong} wrong at first"
