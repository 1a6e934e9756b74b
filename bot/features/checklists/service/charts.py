"""The score's course over the days, and how each area stands, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.cards import Card, Tone
from bot.core.charts import Bar, Bars, Chart, Course
from bot.core.context import AppContext
from bot.core.interface import InterfaceLanguage, speak
from bot.features.checklists.collections import SCORES
from bot.features.checklists.models.score_points import ScorePoint, of_hundred
from bot.features.checklists.rules.score import Score, ScorePart
from bot.features.checklists.service.items import present_score
from bot.features.checklists.views.security import points

SCORE = "score"
"""The name of the pictures."""
DAYS = 180
"""The latest days that the course shows."""
BEFORE = timedelta(days=30)
"""The score is compared with the one of so long ago."""
HUNDRED = 100
MONTH = len("2026-11")


async def score_pictures(app: AppContext, _: str = "") -> tuple[Card, tuple[Chart, ...]]:
    """Return the card and its charts: the course of the score, and its areas.

    They are in English, for the letters that charts are set in.
    """
    with speak(InterfaceLanguage.ENGLISH):
        score = await present_score(app)
    if not score.of:
        title = "No security score yet: answer a checklist first"
        return Card(title=title, tone=Tone.QUIET), ()
    known = (await app.store.page(SCORES, limit=DAYS, newest=True))[::-1]
    title = f"Security score: {score.percent}/{HUNDRED}"
    return Card(title=title), (_course(known, score), _areas(score))


def _course(known: Sequence[ScorePoint], score: Score) -> Course:
    return Course(
        title="Security score over time",
        says=f"{_trend(known, score)} {_advice(score.costly)}",
        points=tuple(Bar(_label(known, place), point.percent) for place, point in enumerate(known)),
        most=HUNDRED,
    )


def _areas(score: Score) -> Bars:
    shares = {area: got / of for area, (got, of) in score.areas.items()}
    weakest = min(shares, key=lambda area: shares[area])
    got, of = score.areas[weakest]
    worst = Score(score.of_area(weakest)).costly
    says = f"{weakest.label} is weakest: {points(got)} of {of} points. {_advice(worst)}"
    if not worst:
        says = "Every area has all its points. Keep it up."
    return Bars(
        title="Security score by area",
        says=says,
        bars=tuple(
            Bar(
                area.label,
                of_hundred(got, of),
                f"{points(got)} of {of}",
                strong=bool(worst) and area is weakest,
            )
            for area, (got, of) in score.areas.items()
        ),
        unit="%",
    )


def _trend(known: Sequence[ScorePoint], score: Score) -> str:
    """Say where the score stands, and whether it grew."""
    now = f"The score is {score.percent} of {HUNDRED}"
    then = _before(known)
    if then is None:
        return f"{now}."
    change = score.percent - then.percent
    if not change:
        return f"{now}, the same as on {_day(then.day)}."
    return f"{now}, {'up' if change > 0 else 'down'} {abs(change)} since {_day(then.day)}."


def _before(known: Sequence[ScorePoint]) -> ScorePoint | None:
    """Return the last score that is old enough; None: there is none."""
    if not known:
        return None
    until = (date.fromisoformat(known[-1].day) - BEFORE).isoformat()
    return next((point for point in reversed(known) if point.day <= until), None)


def _advice(costly: Sequence[ScorePart]) -> str:
    """Say what to do first."""
    if not costly:
        return "Nothing to do."
    first = costly[0]
    return f"Start with '{first.title}', which costs {points(first.lost)} ({first.why})."


def _label(known: Sequence[ScorePoint], place: int) -> str:
    """Name the first and last day, and the first that is known of each month."""
    day, last = known[place].day, len(known) - 1
    begins = place in (0, last) or day[:MONTH] != known[place - 1].day[:MONTH]
    return _day(day) if begins else ""


def _day(day: str) -> str:
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%b}"
