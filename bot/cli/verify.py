"""``verify``: was a packet changed since it was sealed?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from adapters.packets import verifier
from bot.core.text import one_line
from bot.errors import StampError, UserError

LONGEST_ROOT = 200
"""How many characters of a root certificate's name are shown."""

KNOWN = "CHECKED {name}: its signature is valid and leads to {root}."
UNKNOWN = (
    "NOT CHECKED {name}: no known root certificate confirms its signature, so its time is only its "
    "issuer's claim. Get the root certificate from the authority, then add --root ROOT.pem."
)
WRONG = "WRONG {name}: {why}"
NOT_HERE = (
    "NOT CHECKED: the signatures of timestamps. To check them, install rfc3161-client: "
    ".venv/bin/python -m pip install rfc3161-client"
)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The sealed packet.")],
    seal: Annotated[
        str,
        typer.Option(
            "--seal",
            metavar="HASH",
            help="The seal, from the case's thread or the printed report.",
        ),
    ] = "",
    root: Annotated[
        Path | None,
        typer.Option(
            "--root", metavar="ROOT.pem", help="A timestamp authority's root certificate."
        ),
    ] = None,
) -> None:
    """Check whether a report's evidence packet was changed.

    Exit code 1: it was changed, or a timestamp is wrong; 2: it cannot be read as a packet.
    """
    try:
        result = verifier.examine(file, seal)
        code, lines = verifier.told(result)
        if code == verifier.FINE and result.stamps:
            wrong, said = _signatures(file, result.stamps, root)
            code = verifier.ALTERED if wrong else code
            lines += said
    except verifier.Unreadable as error:
        code, lines = verifier.UNREADABLE, [verifier.refused(error)]
    for line in lines:
        # As bytes: a terminal that is not UTF-8 would stop at the first foreign letter.
        typer.echo(line.encode())
    raise typer.Exit(code)


def _signatures(packet: Path, names: Sequence[str], root: Path | None) -> tuple[bool, list[str]]:
    """Tell whether a timestamp is wrong, and say of each what was found out.

    Raises:
        Unreadable: the packet is no longer the one that fitted together.
    """
    if find_spec("rfc3161_client") is None:
        return False, [NOT_HERE]
    from adapters.capture.signatures import known_roots, read_roots, root_of

    try:
        roots = [*(read_roots(root) if root else []), *known_roots()]
    except UserError as error:
        raise typer.BadParameter(str(error), param_hint="--root") from error
    wrong, said = False, []
    for name, token in _tokens(packet, names):
        try:
            found = root_of(token, roots)
        except StampError as error:
            wrong = True
            said.append(WRONG.format(name=name, why=error))
        else:
            line = KNOWN if found else UNKNOWN
            said.append(line.format(name=name, root=one_line(found, LONGEST_ROOT)))
    return wrong, said


def _tokens(packet: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Return the timestamps of a packet that fits together. Raises Unreadable."""
    try:
        with zipfile.ZipFile(packet) as archive:
            for name in names:
                yield name, archive.read(name)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        why = "it changed while Brandwarden was reading it."
        raise verifier.Unreadable(why) from error
