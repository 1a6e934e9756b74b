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
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from adapters.packets.archive import Written, write_archive
from adapters.packets.verifier import report
from bot.core.files import Upload
from bot.core.permissions import Person
from bot.features.evidence.models.custody import CustodyAction, CustodyEntry, Stamp, follow
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
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
        piece = self.pieces[place - 1]
        self.pieces[place - 1] = piece.deleted(AT)
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
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(digits)]) + digits + content


def inner_oid(dotted: str) -> bytes:
    """Return the content of an object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    numbers = [bytes([first * 40 + second])]
    for number in rest:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(number & 0x7F | 0x80)
        numbers.append(bytes(reversed(digits)))
    return b"".join(numbers)


def oid(dotted: str) -> bytes:
    return der(6, inner_oid(dotted))


SIGNED_DATA = oid("1.2.840.113549.1.7.2")
TST_INFO = inner_oid("1.2.840.113549.1.9.16.1.4")
SHA256 = inner_oid("2.16.840.1.101.3.4.2.1")
CONTENT_TYPE, DIGEST = oid("1.2.840.113549.1.9.3"), oid("1.2.840.113549.1.9.4")
SIGNING_TIME, SIGNED_BY = oid("1.2.840.113549.1.9.5"), oid("1.2.840.113549.1.9.16.2.47")
ECDSA = oid("1.2.840.10045.4.3.2")
NUMBER = der(2, b"\1")


def _authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Return the key and the certificate of an authority, which are always the same."""
    key = ec.derive_private_key(7, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamper")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_valid_after=datetime(2036, 1, 1, tzinfo=UTC),
    ).add_extension(usage, critical=True)
    return key, builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


KEY, STAMPER = _authority()


def statement(
    digest: str, *, algorithm: bytes = SHA256, time: bytes = b"20261123100005Z", more: bytes = b""
) -> bytes:
    """Return what an authority signs: the hash, and when it saw it."""
    imprint = der(0x30, der(0x30, der(6, algorithm), der(5)), der(4, bytes.fromhex(digest)))
    return der(0x30, NUMBER, oid("1.2.3"), imprint, NUMBER, der(0x18, time), more)


def signer(info: bytes, kind: bytes = TST_INFO) -> bytes:
    """Return the authority's signature over the statement."""
    certificate = hashlib.sha256(STAMPER.public_bytes(Encoding.DER)).digest()
    attributes = b"".join(
        [
            der(0x30, CONTENT_TYPE, der(0x31, der(6, kind))),
            der(0x30, DIGEST, der(0x31, der(4, hashlib.sha256(info).digest()))),
            der(0x30, SIGNED_BY, der(0x31, der(0x30, der(0x30, der(0x30, der(4, certificate)))))),
        ]
    )
    how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    signature = KEY.sign(der(0x31, attributes), how)
    who = der(0x30, STAMPER.issuer.public_bytes(), NUMBER)
    digest = der(0x30, der(6, SHA256))
    return der(
        0x30, NUMBER, who, digest, der(0xA0, attributes), der(0x30, ECDSA), der(4, signature)
    )


def enclosing(info: bytes, *signers: bytes, kind: bytes = TST_INFO) -> bytes:
    """Return a token of the statement and its signatures."""
    wrapped = der(0x30, der(6, kind), der(0xA0, der(4, info)))
    certificates = der(0xA0, STAMPER.public_bytes(Encoding.DER))
    digests = der(0x31, der(0x30, der(6, SHA256)))
    signed = der(0x30, der(2, b"\3"), digests, wrapped, certificates, der(0x31, *signers))
    return der(0x30, SIGNED_DATA, der(0xA0, signed))


def token(
    digest: str,
    *,
    kind: bytes = TST_INFO,
    algorithm: bytes = SHA256,
    time: bytes = b"20261123100005Z",
) -> bytes:
    """Return a time-stamp over the hash, with its signature."""
    info = statement(digest, algorithm=algorithm, time=time)
    return enclosing(info, signer(info, kind), kind=kind)


def granting(token: bytes, status: bytes = b"\0") -> bytes:
    """Return an authority's answer with the token."""
    return der(0x30, der(0x30, der(2, status)), token)


def answer(digest: str) -> bytes:
    """Return an authority's answer that grants the time-stamp."""
    return granting(token(digest))


def said(path: Path, content: bytes, seal: str = "") -> tuple[int, str]:
    """Return the exit code and what is printed for other bytes in the packet's place."""
    path.write_bytes(content)
    code, lines = report(path, seal)
    return code, "\n".join(lines)
