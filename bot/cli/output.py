"""What commands print: words for people, JSON for machines. It imports little, to start fast."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from bot.core.text import plain

PROGRAM = ".venv/bin/python -m bot"
"""How the documents start it."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
errors = Console(stderr=True, highlight=False)

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON allows in its strings, but steers a terminal or turns text around."""


def tell(answer: object) -> None:
    """Print JSON on standard output: one document, a line, UTF-8 wherever it goes."""
    text = msgspec.json.encode(answer).decode()
    # A terminal would obey these; escaped they are the same JSON.
    typer.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode())


def tell_table(table: str) -> None:
    """Print a table on standard output: as it is into a file or a program, made safe for eyes."""
    if sys.stdout.isatty():
        table = plain(table.replace("\r\n", "\n"))
    typer.echo(table.encode(), nl=False)


def complain(text: str) -> None:
    """Print what is wrong on standard error."""
    errors.print(plain(text), style="red", markup=False, soft_wrap=True)


def examples(*lines: str) -> str:
    """Return the end of a command's help: how it is typed, without line breaks in the lines."""
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", title, *(f"  {PROGRAM} {line}".rstrip() for line in lines)])


def group(meaning: str, *lines: str) -> typer.Typer:
    """Return what holds several commands, with examples of their use."""
    return typer.Typer(
        help=meaning,
        epilog=examples(*lines),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
    )
