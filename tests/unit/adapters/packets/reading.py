"""Reads the words of a PDF's pages as typst writes them: each font maps its glyphs to letters."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_STRING = rb""
for _ in range(4):
    # Parentheses in pairs may stand within a string.
    _STRING = rb"\((?:[^()\\]|\\." + (b"|" + _STRING if _STRING else b"") + rb")*\)"
_SHOWN = re.compile(
    rb"/(?P<font>f\d+) [\d.]+ Tf|/[A-Z]\w+\s?" + _STRING + rb"|(?P<glyphs>" + _STRING + rb")",
    re.DOTALL,
)
"""A font, a property of what is drawn (which is not drawn itself), or glyphs."""
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def page_texts(pdf: bytes) -> list[str]:
    """Return each page's words in the order in which they are drawn, without any space."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    pages = re.search(rb"/Kids\s*\[([^\]]*)\]", _one(objects, rb"/Type/Pages"))
    assert pages is not None
    return [_page(objects, int(each)) for each in re.findall(rb"(\d+) 0 R", pages[1])]


def _page(objects: dict[int, bytes], number: int) -> str:
    page = objects[number]
    resources = objects[_reference(page, b"Resources")]
    named = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)
    fonts = {
        name: _letters(objects, int(font))
        for name, font in re.findall(rb"/(f\d+) (\d+) 0 R", named[1] if named else b"")
    }
    drawn = _stream(objects[_reference(page, b"Contents")])
    words: list[str] = []
    font: dict[int, str] = {}
    for found in _SHOWN.finditer(drawn):
        if found["font"]:
            font = fonts[found["font"]]
        glyphs = _ESCAPED.sub(_unescaped, (found["glyphs"] or b"")[1:-1])
        pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
        words += (font.get(high << 8 | low, "") for high, low in pairs)
    return "".join("".join(words).split())


def _letters(objects: dict[int, bytes], number: int) -> dict[int, str]:
    mapping = _stream(objects[_reference(objects[number], b"ToUnicode")])
    pairs = _PAIR.findall(mapping)
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs
    }


def _one(objects: dict[int, bytes], mark: bytes) -> bytes:
    return next(content for content in objects.values() if re.search(mark + rb"\b", content))


def _reference(content: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", content)
    assert found is not None, (name, content[:200])
    return int(found[1])


def _stream(content: bytes) -> bytes:
    packed = content[content.index(b"stream\n") + len(b"stream\n") :]
    return zlib.decompressobj().decompress(packed)


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if code[:1].isdigit() else _SIGNS.get(code, code)
