"""The router's table: what several of its rows say is written once."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from bot.features.reports.rules.routing import TABLE
from bot.features.reports.rules.routing_sources import BUY_FIRST

RULES = Path(__file__).parents[4] / "bot/features/reports/rules"
LONG = 25
"""Characters from which a string is a sentence, and no name."""


def written() -> Counter[str]:
    """Return every sentence in the modules of the table, and how often it is written."""
    files = sorted(RULES.glob("routing*.py"))
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    strings = [each.value for each in nodes if isinstance(each, ast.Constant)]
    return Counter(text for text in strings if isinstance(text, str) and len(text) >= LONG)


def test_who_is_advised_to_buy_one_first_gets_the_form_for_it() -> None:
    advised = [row.route for row in TABLE if BUY_FIRST in row.route.reasons]
    assert advised
    assert [row.route for row in TABLE if row.route.buy_first] == advised


def test_a_sentence_that_several_rows_share_is_written_once() -> None:
    assert [text for text, count in written().items() if count > 1] == []
