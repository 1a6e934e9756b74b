"""``verify``: was a packet changed since it was sealed?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.packet import verifier


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A packet's sealed archive.")],
    seal: Annotated[
        str,
        typer.Option(
            "--seal",
            metavar="HASH",
            help="The seal from the case's thread or from the printed report.",
        ),
    ] = "",
) -> None:
    """Tell whether a packet was changed since it was sealed, and what.

    Exit code 1: it was altered; 2: it cannot be read as a packet.
    """
    code, lines = verifier.report(file, seal)
    for line in lines:
        # As bytes: a terminal that is not UTF-8 would stop at the first foreign letter.
        typer.echo(line.encode())
    raise typer.Exit(code)
