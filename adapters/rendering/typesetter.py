"""Sets a dossier in type: a program of its own, so that no picture can stop or slow the bot.

``typesetter.py FOLDER SECONDS``: the folder holds ``dossier.typ``, ``sheet.json`` and the pictures
that it names, and in ``english.json`` the same with our words in English, for a machine that has
no font for those of the language. It writes ``dossier.pdf``; what it could not do stands in its
last line of errors.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

import typst

TEMPLATE = "dossier.typ"
SHEET = "sheet.json"
ENGLISH = "english.json"
RESULT = "dossier.pdf"
MEMORY = 3 << 30
"""Bytes of addresses that the process may take."""
STANDARD: Final = "a-2a"
"""PDF/A: it can be read the same in many years, and by a screen reader."""
ROUNDS = 5
"""So often what is amiss is taken out: a round for words, one for pictures, more for letters."""
DENSITY = 130.0
"""Pixels per inch of a PDF's first page."""
POINTS = 72.0
"""Points per inch."""
LARGEST_PAGE = 30_000_000
"""Pixels of one such page: a sheet of A0 fits, a page of 200 inches does not."""
ALL_PAGES = 4 * LARGEST_PAGE
"""Pixels of all of them: drawing that many takes some seconds."""
UNREADABLE, TOO_LARGE = "unreadable", "too_large"
"""Our words for a picture that is not shown."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def main(folder: Path, made_at: int) -> None:
    """Write the PDF; ``made_at`` in seconds since 1970 dates it.

    Raises:
        TypstError: it cannot be set, not even without what is amiss.
    """
    turn_pdfs(folder)
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


def turn_pdfs(folder: Path) -> None:
    """Turn the first page of each PDF into a picture: no PDF/A holds another PDF.

    One that is too large to draw stays a file that is enclosed, and its place says so.
    """
    drawn: dict[str, dict[str, object] | str] = {}
    left = float(ALL_PAGES)
    for name in (SHEET, ENGLISH):
        sheet = _read(folder, name)
        for shown in sheet.get("pictures", {}).values():
            path = shown["path"]
            if not path.endswith(".pdf"):
                continue
            if path not in drawn:
                area = _area(folder, path)
                drawn[path] = _turned(folder, path, area, left)
                left -= 0 if isinstance(drawn[path], str) else area
            turned = drawn[path]
            shown.update(_left_out(sheet, turned) if isinstance(turned, str) else turned)
        _write(folder, sheet, name)


def _area(folder: Path, path: str) -> float:
    """Return how many pixels a PDF's first page would take; none where it cannot be read."""
    # Measuring draws nothing. The name is the bot's own, never a stranger's.
    probe = (
        f'#context {{ let size = measure(image("{path}"))\n'
        "[#metadata((size.width.pt(), size.height.pt())) <size>] }"
    ).encode()
    try:
        found = typst.Compiler(probe, root=folder).query("<size>", field="value", one=True)
    except RuntimeError:
        return 0.0
    width, height = json.loads(found)
    return float(width) * float(height) * (DENSITY / POINTS) ** 2


def _turned(folder: Path, path: str, area: float, left: float) -> dict[str, object] | str:
    """Return the picture, or the text that says why there is none."""
    if not area:
        return UNREADABLE
    if area > min(LARGEST_PAGE, left):
        return TOO_LARGE
    picture = folder / f"{path}.png"
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{path}")'.encode()
    try:
        compiler = typst.Compiler(page, root=folder)
        compiler.compile(output=picture, format="png", ppi=DENSITY)
    except typst.TypstError:
        return UNREADABLE
    head = picture.read_bytes()[16:24]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    return {"path": picture.name, "width": width, "height": height}


def mend(folder: Path, complaint: str) -> None:
    """Take out of the sheet what the typesetter complained of."""
    sheet = _read(folder)
    missing = missing_letters(complaint)
    if missing & set(json.dumps(sheet.get("text", {}), ensure_ascii=False)):
        english = _read(folder, ENGLISH)
        if english != sheet:
            # A heading of numbers helps nobody.
            _write(folder, english)
            return
    mended = numbered(sheet, missing)
    _write(folder, without_unreadable(folder, sheet) if mended == sheet else mended)


def without_unreadable(folder: Path, sheet: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet with words in place of every picture that the typesetter cannot read."""
    for picture in sheet.get("pictures", {}).values():
        if not picture["path"]:
            continue
        try:
            probe = f'#image("{picture["path"]}")'.encode()
            typst.Compiler(probe, root=folder).compile(format="svg")
        except typst.TypstError:
            picture.update(_left_out(sheet, UNREADABLE))
    return sheet


def missing_letters(complaint: str) -> set[str]:
    """Return the letters that no font of this machine has."""
    letters: set[str] = set()
    for found in _MISSING.findall(complaint):
        letters.update(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found))
    return letters


def numbered(sheet: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """Return the sheet with numbers in place of the letters that no font of this machine has."""
    numbers = {ord(each): f"[U+{ord(each):04X}]" for each in missing if each > "~"}
    text = json.dumps(sheet, ensure_ascii=False).translate(numbers)
    mended: dict[str, Any] = json.loads(text)
    return mended


def _left_out(sheet: dict[str, Any], why: str) -> dict[str, object]:
    return {"path": "", "why": sheet["text"][why]}


def _read(folder: Path, name: str = SHEET) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return read


def _write(folder: Path, sheet: dict[str, Any], name: str = SHEET) -> None:
    (folder / name).write_text(json.dumps(sheet, ensure_ascii=False), "utf-8")


def bound_memory() -> None:
    """Let a picture that wants too much end this process instead of the machine."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none, and macOS refuses this limit

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    bound_memory()
    main(Path(sys.argv[1]), int(sys.argv[2]))
