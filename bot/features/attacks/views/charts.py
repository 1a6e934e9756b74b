"""The analysis of attacks as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.charts import Bar, Bars, Chart, Course, Heat
from bot.core.labeled import AttackKind
from bot.core.text import one_line
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.counts import FEWEST, Count
from bot.features.attacks.rules.weeks import HOURS
from bot.features.attacks.views import times, trends, words

SOURCES = 8
LABEL = 24
"""Characters of a source beside its bar."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def attack_charts(analysis: Analysis) -> Iterator[Chart]:
    """Draw what there is: the methods, the sources, the weeks, the days or hours."""
    if not analysis.total:
        return
    if analysis.attacks:
        yield _methods(analysis)
    if any(each.name for each in analysis.sources):
        yield _sources(analysis)
    if analysis.strangers:
        yield _strangers(analysis)
    yield _weeks(analysis)
    if analysis.timed >= FEWEST:
        yield _hours(analysis)
    elif analysis.total >= FEWEST:
        yield _days(analysis)


def _methods(analysis: Analysis) -> Bars:
    return Bars(
        title="How we are attacked",
        says=words.methods(analysis),
        bars=tuple(
            Bar(AttackKind(each.name).label, each.count, strong=not place)
            for place, each in enumerate(analysis.methods)
        ),
    )


def _sources(analysis: Analysis) -> Bars:
    known = [each for each in analysis.sources if each.name]
    return Bars(
        title="Who attacks us",
        says=words.sources(analysis),
        bars=_bars(known, analysis),
    )


def _strangers(analysis: Analysis) -> Bars:
    """Show unknown sellers apart from attackers, as nobody has decided about them."""
    return Bars(
        title="Unknown sellers to decide about",
        says=words.strangers(analysis),
        bars=_bars(analysis.strangers, analysis),
    )


def _bars(counts: Sequence[Count], analysis: Analysis) -> tuple[Bar, ...]:
    back = {each.source: words.history(each) for each in analysis.offenders}
    return tuple(
        Bar(_named(each, analysis), each.count, back.get(each.name, ""), strong=each.name in back)
        for each in counts[:SOURCES]
    )


def _named(source: Count, analysis: Analysis) -> str:
    """Name a seller by the ID, and an address by where it is told.

    A picture that was posted cannot be changed, so nothing stands in it that a person may want
    removed.
    """
    if source.name in analysis.addresses:
        return f"Address of {source.refs[0]}"
    return one_line(source.name, LABEL)


def _weeks(analysis: Analysis) -> Course:
    unusual = {burst.monday for burst in analysis.bursts}
    return Course(
        title=f"{'Attacks and unknown sellers' if analysis.visits else 'Attacks'} by week",
        says=trends.weeks(analysis),
        points=tuple(
            Bar(
                words.day(week.monday),
                week.count,
                "unusually many" if week.monday in unusual else "",
                strong=week.monday in unusual,
            )
            for week in analysis.weeks
        ),
        most=max(week.count for week in analysis.weeks),
    )


def _days(analysis: Analysis) -> Bars:
    """Show the weekdays alone where hardly any hour is known."""
    return Bars(
        title=f"By weekday, {times.zone_words(analysis.zone)}",
        says=times.when(analysis),
        bars=tuple(
            Bar(
                name,
                count,
                strong=analysis.day is not None and analysis.day.place == place,
            )
            for place, (name, count) in enumerate(zip(WEEKDAYS, analysis.days, strict=True))
        ),
    )


def _hours(analysis: Analysis) -> Heat:
    return Heat(
        title=f"When Brandwarden saw it, {times.zone_words(analysis.zone)}",
        says=times.when(analysis),
        rows=WEEKDAYS,
        columns=tuple(str(hour) for hour in range(HOURS)),
        counts=analysis.hours,
    )
