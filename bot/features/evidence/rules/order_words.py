"""What was left out of an order report, in words for who handed it in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.features.evidence.rules.orders import OrderTable, Skipped

NAMED = 3
"""Lines that are named of those with the same reason, and reasons that are named; the rest is
counted."""


def left_out_words(table: OrderTable) -> str:
    """Say which lines and cells were left out of what is kept, and why; empty if none was."""
    return " ".join((*_lines(table), *_cells(table)))


def _lines(table: OrderTable) -> Iterator[str]:
    if table.skipped:
        verb = "was" if table.left_out == 1 else "were"
        yield (
            f"{table.left_out:,} of {_counted(table.lines, 'line')} {verb} left out. "
            f"{_reasons(table.skipped)}"
        )


def _cells(table: OrderTable) -> Iterator[str]:
    if table.unkept:
        cells = _counted(len(table.unkept), "cell")
        verb = "was" if len(table.unkept) == 1 else "were"
        yield f"{cells} {verb} left out of the lines kept. {_reasons(table.unkept)}"


def _reasons(told: Iterable[Skipped]) -> str:
    groups: dict[tuple[str, str], list[Skipped]] = {}
    for each in told:
        groups.setdefault((each.column, each.why), []).append(each)
    words = [_reason(*key, lines) for key, lines in list(groups.items())[:NAMED]]
    rest = sum(each.lines for lines in list(groups.values())[NAMED:] for each in lines)
    if rest:
        words.append(f"{rest:,} more have other reasons.")
    return " ".join(words)


def _reason(column: str, why: str, lines: Sequence[Skipped]) -> str:
    count = sum(each.lines for each in lines)
    numbers = ", ".join(f"{each.line}" for each in lines[:NAMED])
    more = count - len(lines[:NAMED])
    where = f" ({column})" if column else ""
    named = f"{numbers} and {more:,} more" if more else numbers
    return f"{'Line' if count == 1 else 'Lines'} {named}{where}: {why}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
