"""What is typed behind the one command is what is typed alone."""

from __future__ import annotations

import pytest

from bot.bootstrap.features import COMMANDS
from bot.core.offered_commands import CommandSet, heads, meant, offered
from bot.core.request import HelpGroup

HEADS = heads(COMMANDS)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("watch", "B0 US", ("watch", "B0 US")),
        ("brand", "watch B0 US", ("watch", "B0 US")),
        ("brand", "  Watch   B0  US", ("watch", "B0  US")),
        ("brand", "/watch B0", ("watch", "B0")),
        ("brand", "", ("help", "")),
        ("brand", "/", ("help", "")),
        ("brand", "report evidence 3", ("evidence", "3")),
        ("brand", "report Evidence 3", ("evidence", "3")),
        ("report", "evidence 3", ("evidence", "3")),
        ("protect", "security brand", ("security", "brand")),
        # A group has only its own; 'report' is a button of a case, which can be typed too.
        ("report", "3", ("report", "3")),
        ("report", "watch B0", ("report", "watch B0")),
        ("trust", "", ("trust", "")),
        ("brand", "brand watch", ("brand", "watch")),
        ("watch", "brand Alder", ("watch", "brand Alder")),
    ],
)
def test_it_is_found_behind_the_one_command_and_its_group(
    name: str, text: str, found: tuple[str, str]
) -> None:
    assert meant(name, text, HEADS) == found


def test_no_group_is_called_as_a_command() -> None:
    names = {spec.name for spec in COMMANDS} | {"brand"}
    assert not names & {group.head for group in HelpGroup}


def test_three_commands_stand_alone_and_all_of_them_by_choice() -> None:
    few = [spec.name for spec in offered(COMMANDS, CommandSet.FEW) if spec.alone]
    assert sorted(few) == ["case", "todo", "watch"]
    assert all(spec.alone for spec in offered(COMMANDS, CommandSet.ALL))
