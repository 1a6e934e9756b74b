"""Small packets, and what somebody could make of them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from adapters.packets.archive import Written, write_archive
from adapters.packets.verifier import report
from bot.core.files import Upload
from bot.core.permissions import Person
from bot.features.evidence.models.custody import CustodyAction, CustodyEntry, follow
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.evidence.models.stamps import Stamp
from bot.features.reports.models.packets import Bundle

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TOOL = "Brandwarden 0.1.0"
MARA = Person("U1", "Mara")
CASE = "000012"

Parts = list[tuple[str, bytes]]
"""The files of an archive, in their order."""


class Vault:
    """Originals in a folder, as the evidence keeps them, and the bundle that they make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pieces: list[EvidenceItem] = []
        self.custody: list[CustodyEntry] = []
        self.stamps: list[Stamp] = []

    def locate(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self.locate(digest).parent.mkdir(parents=True, exist_ok=True)
        self.locate(digest).write_bytes(content)
        return digest

    def log(self, deed: CustodyAction, sha256: str, detail: str) -> CustodyEntry:
        last = self.custody[-1] if self.custody else None
        entry = follow(
            last,
            case=CASE,
            at=AT,
            who="Mara (U1)",
            deed=deed,
            sha256=sha256,
            detail=detail,
            tool=TOOL,
        )
        self.custody.append(entry)
        return entry

    def add(
        self, content: bytes, caption: str = "", kind: EvidenceKind = EvidenceKind.RECEIVED
    ) -> EvidenceItem:
        file = Upload("photo.png", "image/png", len(content), self.keep(content))
        place = len(self.pieces) + 1
        piece = EvidenceItem(case=CASE, place=place, at=AT, kind=kind, caption=caption, file=file)
        deed = CustodyAction.CAPTURED if kind is EvidenceKind.CAPTURE else CustodyAction.TAKEN_IN
        self.log(deed, file.content, f"{piece.label} {caption}")
        self.pieces.append(piece)
        return piece

    def add_words(self) -> EvidenceItem:
        purchase = Purchase(order="111-2222222-3333333", ordered_on=date(2026, 11, 1))
        place = len(self.pieces) + 1
        piece = EvidenceItem(
            case=CASE, place=place, at=AT, kind=EvidenceKind.TEST_BUY, purchase=purchase, who=MARA
        )
        self.log(CustodyAction.TAKEN_IN, piece.words_digest, f"{piece.label} Test buy")
        self.pieces.append(piece)
        return piece

    def delete(self, place: int) -> None:
        piece = msgspec.structs.replace(self.pieces[place - 1], deleted_at=AT)
        self.pieces[place - 1] = piece
        assert piece.file is not None
        self.log(CustodyAction.DELETED, piece.file.content, f"{piece.label} was deleted")

    def stamp(self, number: int, token: bytes, authority: str = "tsa.example") -> None:
        digest = self.keep(token)
        self.log(CustodyAction.STAMPED, digest, f"entry {number}")
        stamp = Stamp(case=CASE, number=number, authority=authority, token=digest, at=AT)
        self.stamps.append(stamp)

    def bundle(self, statement: str = "They sell what we did not make.\n") -> Bundle:
        return Bundle(
            case="C-12",
            report="R-3",
            made_at=AT,
            simulated=True,
            statement=statement,
            items=tuple(self.pieces),
            custody=tuple(self.custody),
            stamps=tuple(self.stamps),
            tool=TOOL,
        )

    def pack(self, path: Path) -> Written:
        return write_archive(self.bundle(), path, self.locate)


class Sample(msgspec.Struct, frozen=True):
    """A packet as it was made."""

    path: Path
    content: bytes
    parts: Parts
    seal: str


Make = Callable[[Vault], Sample]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "evidence")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a vault's packet."""

    def made(vault: Vault) -> Sample:
        path = tmp_path / "packet.zip"
        written = vault.pack(path)
        content = path.read_bytes()
        return Sample(path, content, unzipped(content), written.seal)

    return made


@pytest.fixture
def sample(vault: Vault, make: Make) -> Sample:
    """A packet with a capture, three photos, a test buy in words and a time-stamp."""
    vault.add(b"picture of the page" * 20, "Their offer", EvidenceKind.CAPTURE)
    for number in range(3):
        vault.add(b"photo %d " % number * 40, f"Label {number}, Zoë's")
    vault.add_words()
    vault.stamp(5, answer(vault.custody[4].hash))
    return make(vault)


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the archive of exactly these files, in the one form that a packet has."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, content)
    return target.getvalue()


def unzipped(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def der(tag: int, *contents: bytes) -> bytes:
    """Return an element of ASN.1."""
    content = b"".join(contents)
    size = len(content).to_bytes(2, "big")
    return bytes([tag, 0x82]) + size + content


SIGNED_DATA = der(6, bytes.fromhex("2a864886f70d010702"))
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
SHA256 = bytes.fromhex("608648016503040201")


def token(
    digest: str, *, kind: bytes = TST_INFO, algorithm: bytes = SHA256, time: bytes = b""
) -> bytes:
    """Return a time-stamp over the hash, without a signature."""
    imprint = der(0x30, der(0x30, der(6, algorithm), der(5)), der(4, bytes.fromhex(digest)))
    number = der(2, b"\1")
    moment = der(0x18, time or b"20261123100005Z")
    info = der(0x30, number, der(6, b"\x2a\x03"), imprint, number, moment)
    wrapped = der(0x30, der(6, kind), der(0xA0, der(4, info)))
    signed = der(0x30, number, der(0x31), wrapped, der(0x31))
    return der(0x30, SIGNED_DATA, der(0xA0, signed))


def answer(digest: str) -> bytes:
    """Return an authority's answer that grants the time-stamp."""
    return der(0x30, der(0x30, der(2, b"\0")), token(digest))


def said(path: Path, content: bytes, seal: str = "") -> tuple[int, str]:
    """Return the exit code and what is printed for other bytes in the packet's place."""
    path.write_bytes(content)
    code, lines = report(path, seal)
    return code, "\n".join(lines)
