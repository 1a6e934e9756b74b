"""Sets a dossier in type: a program of its own, so that no picture can stop or slow the bot.

``typesetter.py FOLDER SECONDS``: the folder holds ``dossier.typ``, ``sheet.json`` and the pictures
that it names. It writes ``dossier.pdf``; what it could not do stands in its last line of errors.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Final

import typst

TEMPLATE = "dossier.typ"
SHEET = "sheet.json"
RESULT = "dossier.pdf"
MEMORY = 3 << 30
"""Bytes of addresses that the process may take."""
STANDARD: Final = "a-2a"
"""PDF/A: it can be read the same in many years, and by a screen reader."""
ROUNDS = 4
"""So often what is amiss is taken out: a round for pictures, and one or more for letters."""
UNREADABLE = "This picture cannot be read. The original is in the sealed archive."

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def main(folder: Path, made_at: int) -> None:
    """Write the PDF; ``made_at`` in seconds since 1970 dates it.

    Raises:
        TypstError: it cannot be set, not even without what is amiss.
    """
    for last in (*[False] * ROUNDS, True):
        try:
            pdf = typst.compile(
                folder / TEMPLATE,
                root=folder,
                timestamp=made_at,
                pdf_standards=[] if last else [STANDARD],
            )
        except typst.TypstError as error:
            if last:
                raise
            mend(folder, str(error.diagnostic))
        else:
            (folder / RESULT).write_bytes(pdf)
            return


def mend(folder: Path, complaint: str) -> None:
    """Take out of the sheet what the typesetter complained of."""
    text = (folder / SHEET).read_text("utf-8")
    mended = numbered(text, complaint)
    if mended == text:
        mended = without_unreadable(folder, text)
    (folder / SHEET).write_text(mended, "utf-8")


def without_unreadable(folder: Path, text: str) -> str:
    """Return the sheet with words in place of every picture that the typesetter cannot read."""
    sheet = json.loads(text)
    for exhibit in sheet["exhibits"]:
        picture = exhibit["picture"]
        if picture is None or not picture["path"]:
            continue
        try:
            # The name is the bot's own, never a stranger's.
            probe = f'#image("{picture["path"]}")'.encode()
            typst.Compiler(probe, root=folder).compile(format="svg")
        except typst.TypstError:
            picture.update(path="", why=UNREADABLE)
    return json.dumps(sheet, ensure_ascii=False)


def numbered(text: str, complaint: str) -> str:
    """Return the sheet with numbers in place of the letters that no font of this machine has."""
    letters: set[str] = set()
    for found in _MISSING.findall(complaint):
        letters.update(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found))
    return text.translate({ord(each): f"[U+{ord(each):04X}]" for each in letters if each > "~"})


def bound_memory() -> None:
    """Let a picture that wants too much end this process instead of the machine."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none, and macOS refuses this limit

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    bound_memory()
    main(Path(sys.argv[1]), int(sys.argv[2]))
