"""``verify``: was a packet changed since it was sealed?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from adapters.packets import verifier
from bot.core.text import one_line
from bot.errors import StampError, UserError
from bot.features.reports.models.packets import MANIFEST, Manifest

LONGEST_ROOT = 200
"""How many characters of a root certificate's name are shown."""

KNOWN = "CHECKED {name}: its signature is right, and leads to {root}."
UNKNOWN = (
    "NOT CHECKED {name}: no root certificate known here leads to its signature. Get the "
    "authority's from the authority itself, and add --root ROOT.pem."
)
WRONG = "WRONG {name}: {why}"
NOT_HERE = (
    "Signatures of time-stamps are checked here too once rfc3161-client is installed: "
    "python -m pip install rfc3161-client"
)


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
    root: Annotated[
        Path | None,
        typer.Option(
            "--root", metavar="ROOT.pem", help="A time-stamp authority's root certificate."
        ),
    ] = None,
) -> None:
    """Tell whether a packet was changed since it was sealed, and what.

    Exit code 1: it was altered, or a time-stamp is wrong; 2: it cannot be read as a packet.
    """
    code, lines = verifier.report(file, seal)
    if code == verifier.FINE:
        tokens = dict(_tokens(file))
        wrong, said = _signatures(tokens, root) if tokens else (False, [])
        lines += said
        code = verifier.ALTERED if wrong else code
    for line in lines:
        # As bytes: a terminal that is not UTF-8 would stop at the first foreign letter.
        typer.echo(line.encode())
    raise typer.Exit(code)


def _tokens(packet: Path) -> Iterator[tuple[str, bytes]]:
    """Return the time-stamps of a packet that fits together, by their names."""
    with zipfile.ZipFile(packet) as archive:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
        for listed in manifest.files:
            if listed.entry:
                yield listed.name, archive.read(listed.name)


def _signatures(tokens: dict[str, bytes], root: Path | None) -> tuple[bool, list[str]]:
    """Tell whether a time-stamp is wrong, and say of each what was found out."""
    if find_spec("rfc3161_client") is None:
        return False, [NOT_HERE]
    from adapters.capture.signatures import is_answer, known_roots, read_roots, root_of

    try:
        roots = [*(read_roots(root) if root else []), *known_roots()]
    except UserError as error:
        raise typer.BadParameter(str(error), param_hint="--root") from error
    wrong, said = False, []
    for name, token in tokens.items():
        try:
            found = root_of(token, roots) if is_answer(token) else ""
        except StampError as error:
            wrong = True
            said.append(WRONG.format(name=name, why=error))
        else:
            line = KNOWN if found else UNKNOWN
            said.append(line.format(name=name, root=one_line(found, LONGEST_ROOT)))
    return wrong, said
