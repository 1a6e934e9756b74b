"""A buyer who is planted in order reports, and the search for anything of them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from adapters.storage.lines import unseal
from adapters.storage.packs import is_pack, opened
from bot.core.clocks import utc_now
from tests.unit.adapters.packets.reading import page_texts

ASIN = "B0PRIVATE1"
BUYER = {
    "buyer-name": "Zoë Quillfeather",
    "buyer-email": "zoe.quillf@buyers.example",
    "buyer-phone-number": "+49 151 5550177",
    "recipient-name": "Ödön Brakspear",
    "ship-address-1": "Kastanienweg 99b",
    "ship-address-2": "c/o Brakspear, 4. Stock links",
    "ship-city": "Wuppertal-Vohwinkel",
    "ship-postal-code": "42329",
    "gift-message-text": "Alles Liebe, Deine Zoë",
}
TRACES = (
    "Quillfeather",
    "quillf@",
    "5550177",
    "Brakspear",
    "Kastanienweg",
    "Vohwinkel",
    "Alles Liebe",
    "Zoë",
)
ENCODINGS = ("utf-8", "utf-16", "cp1252")
"""Of the reports: as Amazon gives them, and as a table program saves them again."""
WRITTEN = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
"""In which a trace might be on the disk."""
LETTER = "\n".join(BUYER.values()).encode()
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def order_report(number: int, delimiter: str, encoding: str) -> bytes:
    """Return a report with two orders of one buyer, with columns as Amazon's."""
    rows = [
        {
            "amazon-order-id": f"302-{number:07d}-{place:07d}",
            "purchase-date": utc_now().isoformat(timespec="seconds"),
            "sku": "PAN-1",
            "asin": ASIN,
            "quantity": "1",
            "item-price": "24.99",
            "currency": "USD",
            **BUYER,
        }
        for place in (1, 2)
    ]
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, [*rows[0]], delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode(encoding)


def all_reports() -> list[tuple[str, bytes]]:
    kinds = [(delimiter, encoding) for delimiter in "\t," for encoding in ENCODINGS]
    return [
        (f"{5000 + number}.txt", order_report(number, *kind))
        for number, kind in enumerate(kinds, start=1)
    ]


def traces(data: bytes) -> set[str]:
    """Return what of the buyer is in the bytes, and in whatever is packed in them."""
    folded = [layer.lower() for layer in layers(data)]
    found = set()
    for trace in TRACES:
        forms = [trace.encode(encoding) for encoding in WRITTEN]
        forms.append(json.dumps(trace)[1:-1].encode())
        # The words of a PDF are read without the spaces between them.
        forms.append(trace.replace(" ", "").encode())
        if any(form.lower() in layer for form in forms for layer in folded):
            found.add(trace)
    return found


def layers(data: bytes) -> Iterator[bytes]:
    """Give the bytes, and what is packed in them.

    That is the files of an archive, a PDF's streams and the words of its pages, and the documents
    of a store's log.
    """
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from layers(archive.read(name))
    elif data.startswith(b"%PDF"):
        yield from streams(data)
        yield "".join(page_texts(data)).encode()
    elif data.startswith(b'["'):
        yield from documents(data)


def documents(log: bytes) -> Iterator[bytes]:
    """Give the documents of a store's log that are packed into one line each."""
    for line in log.splitlines(keepends=True):
        payload = unseal(line)
        if payload is not None and is_pack(payload):
            yield msgspec.json.encode(opened(payload)[1])


def streams(pdf: bytes) -> Iterator[bytes]:
    """Give a PDF's streams as they were before they were packed."""
    for found in _STREAM.finditer(pdf):
        packed = found[1].startswith(b"x")
        yield zlib.decompressobj().decompress(found[1]) if packed else found[1]


def traces_under(folder: Path) -> dict[str, set[str]]:
    """Return the files under the folder, or their names, that hold anything of the buyer."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    found = {path.name: traces(path.read_bytes() + path.name.encode()) for path in files}
    return {name: each for name, each in found.items() if each}
