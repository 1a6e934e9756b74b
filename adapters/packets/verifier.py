"""Verify a packet of evidence, offline: ``python -I verify.py PACKET.zip [--seal HASH]``.

This one file needs Python 3.8 or newer and nothing else. It unpacks nothing and runs nothing of
the packet. A packet is a ZIP of one exact form (stored files, fixed dates, no extra fields), so
that every byte of it can be accounted for: manifest.json lists the files in their order,
custody.jsonl says who did what with them, each entry chained to the one before, and the seal is
one hash over both. Exit code 0: unchanged as far as can be told; 1: altered; 2: cannot be read.

A matching hash shows that nothing has changed since, not that the content is true.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, TypeVar

T = TypeVar("T")
H = TypeVar("H", int, str)

FORMAT = "brandwarden-packet-1"
MANIFEST = "manifest.json"
CUSTODY = "custody.jsonl"

LARGEST = 2_000_000_000
"""Bytes of a packet: a ZIP without extensions takes no more."""
LARGEST_TEXT = 8_000_000
"""Bytes of the manifest, of the custody log and of the archive's directory."""
LARGEST_TOKEN = 100_000
"""Bytes of a time-stamp."""
MOST = 10_000
"""Files of a packet, and entries of its custody log."""
SHOWN = 200
"""Faults and notes that are printed; the rest is counted."""
LONGEST = 600
"""Characters of a line that are printed."""
FINE, ALTERED, UNREADABLE = 0, 1, 2
"""Exit codes."""

_CHUNK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"([A-Za-z0-9-]+/)?[A-Za-z0-9-]+\.[a-z0-9]+")
_START = "0" * 64
"""Stands for the hash of the entry before the first."""
_ORIGINS = ("taken in", "captured")
_STAMPS = "timestamps/"


class Unreadable(Exception):
    """It cannot be read as a packet."""


class Fault(NamedTuple):
    """Something that is wrong. ``what``: changed, missing, extra or moved."""

    what: str
    name: str
    why: str


class Result(NamedTuple):
    """What was found out. ``stamps``: the names of the time-stamps that fit.

    ``stamped``: custody entries up to it have a time-stamp; 0: none.
    """

    about: str
    faults: list[Fault]
    notes: list[str]
    seal: str
    compared: bool
    stamps: list[str]
    stamped: int


class Item(NamedTuple):
    """A file as it is. ``start``: its first byte; ``whole``: its bytes fit their check sum."""

    name: str
    sha256: str
    size: int
    start: int
    whole: bool


class Listed(NamedTuple):
    """A file as the manifest lists it. ``entry``: the custody entry that it stamps, or 0."""

    name: str
    sha256: str
    size: int
    entry: int


class Manifest(NamedTuple):
    """What the manifest says. ``head``: the hash of the last of its custody ``entries``.

    ``vault``: where the log of all evidence stood, of which these are a case's.
    """

    about: str
    simulated: bool
    files: list[Listed]
    entries: int
    head: str
    vault: tuple[int, str]


class Entry(NamedTuple):
    """An entry of the custody log whose own hash is right."""

    number: int
    at: str
    who: str
    deed: str
    sha256: str
    detail: str
    previous: str
    hash: str


class Stamp(NamedTuple):
    """A time-stamp that contains the hash of its custody entry."""

    name: str
    entry: Entry
    time: str


def examine(path: Path, seal: str = "") -> Result:
    """Check the packet, and compare it with the seal if one is given.

    Raises:
        Unreadable: it is no packet, or so damaged that nothing can be said of its files.
    """
    seal = seal.strip().lower()
    if seal and not _HASH.fullmatch(seal):
        raise Unreadable("a seal has 64 hexadecimal digits, but this one does not.")
    try:
        if not path.is_file():
            raise Unreadable("the file does not exist.")
        with path.open("rb") as file:
            return _examine(file, seal)
    except OSError as error:
        raise Unreadable(f"{error.strerror}.") from error


def _examine(file: BinaryIO, seal: str) -> Result:
    faults: list[Fault] = []
    items = _items(file, faults)
    here = {item.name: item for item in reversed(items)}
    listing = _content(file, here.get(MANIFEST))
    log = _content(file, here.get(CUSTODY))
    manifest = _manifest(listing)
    faults += [*_altered(here, manifest), *_misplaced(items, manifest)]
    entries = _entries(log, manifest, faults)
    faults += _unexplained(entries, manifest)
    stamps = _stamps(file, here, manifest, entries, faults)
    own = hashlib.sha256(hashlib.sha256(listing).digest() + hashlib.sha256(log).digest())
    if seal and seal != own.hexdigest():
        faults.append(
            Fault("changed", "seal", "the packet's seal does not match the one you gave.")
        )
    return Result(
        about=manifest.about,
        faults=faults,
        notes=[*_history(entries, manifest), *map(_said, stamps)],
        seal=own.hexdigest(),
        compared=bool(seal),
        stamps=[stamp.name for stamp in stamps],
        stamped=max((stamp.entry.number for stamp in stamps), default=0),
    )


# The archive: a ZIP of one exact form.

_END = struct.Struct("<4s4H2LH")
_RECORD = struct.Struct("<4s6H3L5H2L")
_HEADER = struct.Struct("<4s5H3L2H")
_VERSION, _UNIX, _FIRST_DAY = 20, 3 << 8, 0x21
_MODE = 0o100644 << 16


class Record(NamedTuple):
    """A file as the archive's directory tells it. ``raw``: the directory's own bytes."""

    name: bytes
    crc: int
    size: int
    offset: int
    raw: bytes

    @property
    def header(self) -> bytes:
        """Return what has to stand before the file's bytes."""
        fields = (_VERSION, 0, 0, 0, _FIRST_DAY, self.crc, self.size, self.size, len(self.name), 0)
        return _HEADER.pack(b"PK\3\4", *fields) + self.name

    @property
    def exact(self) -> bytes:
        """Return what has to stand in the directory."""
        what = (_VERSION | _UNIX, _VERSION, 0, 0, 0, _FIRST_DAY, self.crc, self.size, self.size)
        where = (len(self.name), 0, 0, 0, 0, _MODE, self.offset)
        return _RECORD.pack(b"PK\1\2", *what, *where) + self.name


def _items(file: BinaryIO, faults: list[Fault]) -> list[Item]:
    records, stop = _directory(file)
    items = []
    expected, left = 0, stop
    for record in records:
        name = record.name.decode("ascii", "backslashreplace")
        if not _NAME.fullmatch(name):
            faults.append(
                Fault("extra", name, "packets never have a file with this name: do not unpack it.")
            )
        if record.raw != record.exact:
            faults.append(Fault("changed", name, "its entry in the archive's directory is wrong."))
        if record.offset != expected:
            faults.append(
                Fault("changed", name, "it does not start where the file before it ends.")
            )
        start = record.offset + len(record.header)
        expected = start + record.size
        # So that files which lie over each other cannot be read for hours.
        left -= len(record.header) + record.size
        if expected > stop or left < 0:
            faults.append(Fault("changed", name, "its size or position is impossible."))
            items.append(Item(name, "", record.size, start, whole=False))
            continue
        items.append(_item(file, name, record, faults))
    if expected != stop:
        faults.append(
            Fault("extra", "archive", "it has bytes outside its files, or too few bytes.")
        )
    return items


def _item(file: BinaryIO, name: str, record: Record, faults: list[Fault]) -> Item:
    file.seek(record.offset)
    if file.read(len(record.header)) != record.header:
        faults.append(Fault("changed", name, "its header in the archive is wrong."))
    start = file.tell()
    digest, crc, left = hashlib.sha256(), 0, record.size
    while left:
        chunk = file.read(min(_CHUNK, left))
        if not chunk:
            raise Unreadable("it became shorter while it was being read.")
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
        left -= len(chunk)
    return Item(name, digest.hexdigest(), record.size, start, crc == record.crc)


def _directory(file: BinaryIO) -> tuple[list[Record], int]:
    """Return what the directory lists, and where it begins."""
    size = file.seek(0, 2)
    if size > LARGEST:
        raise Unreadable("it is too large to be a packet.")
    file.seek(max(0, size - _END.size))
    end = file.read(_END.size)
    if len(end) < _END.size or end[:4] != b"PK\5\6":
        raise Unreadable("it is not a packet, or its end was cut off, changed or added to.")
    _, _, _, _, count, length, begin, _ = _END.unpack(end)
    if end != _END.pack(b"PK\5\6", 0, 0, count, count, length, begin, 0):
        raise Unreadable("it is not a packet, or the end of the archive was changed.")
    if begin + length + _END.size != size:
        raise Unreadable("bytes were added to the archive or removed from it.")
    if count > MOST or length > LARGEST_TEXT:
        raise Unreadable("it has too many files for a packet.")
    file.seek(begin)
    records = list(_records(file.read(length)))
    if len(records) != count:
        raise Unreadable("the archive's file count does not match its list of files.")
    return records, begin


def _records(directory: bytes) -> Iterator[Record]:
    place, last = 0, "its start"
    while place < len(directory):
        fixed = directory[place : place + _RECORD.size]
        if len(fixed) < _RECORD.size or fixed[:4] != b"PK\1\2":
            raise Unreadable(f"the archive's directory is damaged after {last}.")
        fields = _RECORD.unpack(fixed)
        named = place + _RECORD.size
        name = directory[named : named + fields[10]]
        end = named + sum(fields[10:13])
        yield Record(name, fields[7], fields[8], fields[16], directory[place:end])
        place, last = end, name.decode("ascii", "backslashreplace")


def _content(file: BinaryIO, item: Item | None) -> bytes:
    """Return the bytes of a small file; nothing if it is not there or could not be read."""
    if item is None or not item.sha256:
        return b""
    if item.size > LARGEST_TEXT:
        raise Unreadable(f"{item.name} is too large for a packet.")
    file.seek(item.start)
    content = file.read(item.size)
    if hashlib.sha256(content).hexdigest() != item.sha256:
        raise Unreadable("it changed while it was being read.")
    return content


# The manifest.


def _manifest(content: bytes) -> Manifest:
    if not content:
        raise Unreadable(f"it is not a packet: {MANIFEST} is missing or empty.")
    try:
        data = _json(content)
        if _dumps(data, indent=1) + b"\n" != content:
            raise ValueError("its bytes are not in the standard format")
        form = _field(data, "format", str)
        if form != FORMAT:
            raise ValueError("the format is unknown")
        words = (_field(data, name, str) for name in ("case", "report", "made_at", "tool"))
        return Manifest(
            about="Packet of case {}, report {}, made {} by {}.".format(*words),
            simulated=_field(data, "simulated", bool),
            files=[_listed(each) for each in _field(data, "files", list)],
            entries=_field(data, "custody_entries", int),
            head=_field(data, "custody_head", str),
            vault=_vault(data),
        )
    except (ValueError, RecursionError) as error:
        why = f"{MANIFEST} was changed or is in an unknown format ({error})."
        raise Unreadable(why) from error


def _vault(data: object) -> tuple[int, str]:
    """Return where the log of the whole vault stood; earlier versions did not say."""
    if isinstance(data, dict) and not {"vault_entries", "vault_head"} & data.keys():
        return 0, ""
    number, head = _field(data, "vault_entries", int), _field(data, "vault_head", str)
    if number < 0 or bool(number) != bool(head) or (head and not _HASH.fullmatch(head)):
        raise ValueError("vault_head is missing or wrong")
    return number, head


def _listed(data: object) -> Listed:
    name, entry = _field(data, "name", str), _field(data, "entry", int)
    sha256, size = _field(data, "sha256", str), _field(data, "size", int)
    for word in ("kind", "caption", "taken_at"):
        _field(data, word, str)
    if bool(entry) != name.startswith(_STAMPS):
        raise ValueError(f"{_shown(name)} does not match the custody entry that it timestamps")
    return Listed(name, sha256, size, entry)


def _altered(here: Mapping[str, Item], manifest: Manifest) -> Iterator[Fault]:
    """Find files that are missing or not what the manifest says."""
    owners = {listed.sha256: listed.name for listed in manifest.files}
    for name in (MANIFEST, CUSTODY):
        if name not in here:
            yield Fault("missing", name, "every packet must have it.")
        elif not here[name].whole:
            yield Fault("changed", name, "its bytes do not match their checksum.")
    for name, sha256, size, _ in manifest.files:
        item = here.get(name)
        if item is None:
            yield Fault("missing", name, "the manifest lists it.")
        elif (item.sha256, item.size) != (sha256, size):
            owner = owners.get(item.sha256)
            others = f"; they are those of {owner}" if owner else ""
            yield Fault("changed", name, f"its bytes do not match the manifest{others}.")
        elif not item.whole:
            yield Fault("changed", name, "its checksum in the archive is wrong.")


def _misplaced(items: Sequence[Item], manifest: Manifest) -> Iterator[Fault]:
    """Find files that the manifest does not list, or lists in another order."""
    names = [MANIFEST, CUSTODY, *(listed.name for listed in manifest.files)]
    known = set(names)
    for name in _repeated(names):
        yield Fault("changed", MANIFEST, f"it lists {name} twice.")
    found = [item.name for item in items]
    for name in _repeated(found):
        yield Fault("extra", name, "it is in the archive more than once.")
    owners = {listed.sha256: listed.name for listed in manifest.files}
    for name, sha256, _, _, _ in items:
        if name not in known:
            owner = owners.get(sha256)
            same = f" Its bytes are those of {owner}." if owner else ""
            yield Fault("extra", name, f"the manifest does not list it.{same}")
    for name in _moved(found, names):
        yield Fault("moved", name, "it is not where the manifest says.")


# The custody log.


def _entries(log: bytes, manifest: Manifest, faults: list[Fault]) -> dict[int, Entry]:
    """Return the entries that are whole, by number."""
    *lines, rest = log.split(b"\n")
    if rest:
        lines.append(rest + b" (without its end)")
    if len(lines) > MOST or manifest.entries > MOST:
        raise Unreadable("its custody log has too many entries for a packet.")
    entries = [_entry(line) for line in lines]
    numbers = []
    for place, entry in enumerate(entries, start=1):
        numbers.append(entry.number if entry else place)
        if entry is None:
            faults.append(Fault("changed", _named(place), "it does not match its own hash."))
    known = {entry.number: entry for entry in entries if entry}
    faults += [*_unlisted(numbers, manifest), *_unchained(known, manifest)]
    return known


def _entry(line: bytes) -> Entry | None:
    """Return the entry; None if the line does not fit its own hash."""
    try:
        data = _json(line)
        if not isinstance(data, dict) or _dumps(data) != line:
            return None
        words = [_field(data, name, str) for name in Entry._fields[1:]]
        number = _field(data, "number", int)
        bare = {name: value for name, value in data.items() if name != "hash"}
        if hashlib.sha256(_dumps(bare)).hexdigest() != data["hash"]:
            return None
    except (ValueError, RecursionError):
        return None
    return Entry(number, *words)


def _unlisted(numbers: Sequence[int], manifest: Manifest) -> Iterator[Fault]:
    """Find entries that are missing, too many or out of their order."""
    wanted = range(1, manifest.entries + 1)
    count = f"the number of entries in the manifest is {manifest.entries}."
    for number in sorted(set(wanted).difference(numbers)):
        yield Fault("missing", _named(number), count)
    for number in sorted({*_repeated(numbers), *set(numbers).difference(wanted)}):
        yield Fault("extra", _named(number), count)
    for number in _moved(numbers, wanted):
        yield Fault("moved", _named(number), "its position does not match its number.")


def _unchained(entries: Mapping[int, Entry], manifest: Manifest) -> Iterator[Fault]:
    """Find entries that do not follow the one before, which holds the hash that they quote."""
    for number, entry in sorted(entries.items()):
        before = entries.get(number - 1)
        if entry.previous != (before.hash if before else _START) and (before or number == 1):
            yield Fault("changed", _named(number), "it does not follow the entry before it.")
    last = entries.get(manifest.entries)
    if manifest.head != (last.hash if last else _START) and (last or not manifest.entries):
        yield Fault("changed", _named(manifest.entries), "it is not the last sealed entry.")


def _unexplained(entries: Mapping[int, Entry], manifest: Manifest) -> Iterator[Fault]:
    """Find evidence of which the custody log does not say where it comes from."""
    origins = {entry.sha256 for entry in entries.values() if entry.deed in _ORIGINS}
    for name, sha256, _, _ in manifest.files:
        if name.startswith("evidence/") and sha256 not in origins:
            yield Fault("missing", name, "no custody entry says where it comes from.")


def _history(entries: Mapping[int, Entry], manifest: Manifest) -> Iterator[str]:
    """Say what a reader has to know of the packet, and of evidence that is not in it."""
    if manifest.simulated:
        yield "The facts in this packet come from a simulated marketplace."
    if manifest.vault[0]:
        yield "When it was made, the log of all evidence ended with entry {}, {}.".format(
            *manifest.vault
        )
    enclosed = {listed.sha256 for listed in manifest.files}
    deleted = {entry.sha256 for entry in entries.values() if entry.deed == "deleted"}
    for number, entry in sorted(entries.items()):
        if entry.deed == "deleted":
            yield f"Deleted: {entry.detail} (custody entry {number}, {entry.who}, {entry.at})."
        elif entry.deed in _ORIGINS and entry.sha256 not in enclosed | deleted:
            yield f"Not in this packet: {entry.detail} (custody entry {number})."


# Time-stamps (RFC 3161): what they state. To check a signature takes the authority's certificate.

_OID, _SEQUENCE, _SET, _INTEGER, _BYTES, _MOMENT = 0x06, 0x30, 0x31, 0x02, 0x04, 0x18
_FIRST, _SECOND = 0xA0, 0xA1
"""Marks of what may be left out."""
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_DIGEST_OF_CONTENT = bytes.fromhex("2a864886f70d010904")
_SHA256 = bytes.fromhex("608648016503040201")
_DIGESTS = {
    bytes.fromhex("2b0e03021a"): "sha1",
    _SHA256: "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_TIME = re.compile(rb"(\d{14})(\.\d+)?Z")
_LONG = 0x80
"""From here on a length in DER tells how many bytes the length takes."""


class Element(NamedTuple):
    """An element of DER: what it is, and what is in it."""

    mark: int
    content: bytes


def _stamps(
    file: BinaryIO,
    here: Mapping[str, Item],
    manifest: Manifest,
    entries: Mapping[int, Entry],
    faults: list[Fault],
) -> list[Stamp]:
    stamps = []
    for listed in manifest.files:
        if not listed.entry or listed.name not in here:
            continue
        item = here[listed.name]
        small = item if item.size <= LARGEST_TOKEN else None
        entry = entries.get(listed.entry)
        try:
            imprint, time = _stated(_content(file, small))
        except (IndexError, ValueError):
            why = "it is not a readable timestamp from a single authority."
            faults.append(Fault("changed", listed.name, why))
            continue
        if entry is None or imprint.hex() != entry.hash:
            why = f"it does not contain the hash of {_named(listed.entry)}."
            faults.append(Fault("changed", listed.name, why))
        else:
            stamps.append(Stamp(listed.name, entry, time))
    return stamps


def _stated(answer: bytes) -> tuple[bytes, str]:
    """Return the SHA-256 and the time that a time-stamp states, whoever signed it.

    Raises:
        ValueError, IndexError: it is none, or not signed once over what it states.
    """
    [content] = _within(_token(answer), _SEQUENCE)
    signed = _elements(content)
    _require(_marks(signed, (_FIRST, _SECOND)), (_INTEGER, _SET, _SEQUENCE, _SET))
    info = _enclosed(signed[2][1])
    signers = _within(signed[-1][1], _SEQUENCE)
    if len(signers) != 1:
        raise ValueError("not signed by a single authority")
    _require_signed(signers[0], info)
    return _statement(info)


def _token(answer: bytes) -> bytes:
    """Return the signed data of an authority's answer, or of a bare token."""
    [whole] = _within(answer, _SEQUENCE)
    parts = _elements(whole)
    if _marks(parts) == (_SEQUENCE, _SEQUENCE):
        # An authority's answer has a status before the token.
        status = _elements(parts[0][1])
        if status[0] != (_INTEGER, b"\0"):
            raise ValueError("not granted")
        parts = _elements(parts[1][1])
    if _marks(parts) != (_OID, _FIRST) or parts[0][1] != _SIGNED_DATA:
        raise ValueError("no signed content")
    return parts[1][1]


def _enclosed(content: bytes) -> bytes:
    """Return what was signed."""
    parts = _elements(content)
    _require(_marks(parts), (_OID, _FIRST))
    [info] = _within(parts[1][1], _BYTES)
    if parts[0][1] != _TST_INFO:
        raise ValueError("no timestamp")
    return info


def _require_signed(signer: bytes, info: bytes) -> None:
    """Refuse a signer who signed something else; whether the signature is right is not told."""
    parts = _elements(signer)
    own = parts[1][0]
    if _marks(parts, (_SECOND,)) != (_INTEGER, own, _SEQUENCE, _FIRST, _SEQUENCE, _BYTES):
        raise ValueError("no signer")
    if own not in (_SEQUENCE, _LONG) or not parts[5][1]:
        raise ValueError("no signature")
    [(_, algorithm), *_] = _elements(parts[2][1])
    attributes = [_elements(each) for each in _within(parts[3][1], _SEQUENCE)]
    [values] = [each[1][1] for each in attributes if each[0] == (_OID, _DIGEST_OF_CONTENT)]
    [digest] = _within(values, _BYTES)
    if algorithm not in _DIGESTS or hashlib.new(_DIGESTS[algorithm], info).digest() != digest:
        raise ValueError("the signature is for other content")


def _statement(info: bytes) -> tuple[bytes, str]:
    [whole] = _within(info, _SEQUENCE)
    parts = _elements(whole)
    wanted = (_INTEGER, _OID, _SEQUENCE, _INTEGER, _MOMENT)
    _require(_marks(parts[: len(wanted)]), wanted)
    algorithm, imprint = _elements(parts[2][1])
    time = _TIME.fullmatch(parts[4][1])
    if _elements(algorithm[1])[0] != (_OID, _SHA256) or imprint[0] != _BYTES or time is None:
        raise ValueError("no SHA-256 hash with a valid time")
    moment = datetime.strptime(f"{time.group(1).decode()}+0000", "%Y%m%d%H%M%S%z")
    return imprint[1], f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _marks(parts: list[Element], optional: Sequence[int] = ()) -> tuple[int, ...]:
    """Return what the elements are, without those that may be left out."""
    return tuple(mark for mark, _ in parts if mark not in optional)


def _require(found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise ValueError("an unknown structure")


def _within(der: bytes, mark: int) -> list[bytes]:
    """Return the contents of the elements, all of which are of one kind."""
    parts = _elements(der)
    _require(_marks(parts), (mark,) * len(parts))
    return [content for _, content in parts]


def _elements(der: bytes) -> list[Element]:
    """Return the elements; raises IndexError or ValueError for what is no DER."""
    parts: list[Element] = []
    place = 0
    while place < len(der):
        mark, length = der[place], der[place + 1]
        place += 2
        if length >= _LONG:
            count = length - _LONG
            length = int.from_bytes(der[place : place + count], "big")
            # DER writes a length in one way: as short as it can be.
            if not count or length < _LONG or length >> 8 * (count - 1) == 0:
                raise ValueError("an invalid length")
            place += count
        if place + length > len(der):
            raise IndexError(place)
        parts.append(Element(mark, der[place : place + length]))
        place += length
    return parts


# Small things.


def _json(content: bytes) -> object:
    return json.loads(
        content.decode(), parse_int=_whole, parse_float=_refuse, parse_constant=_refuse
    )


def _whole(digits: str) -> int:
    """Return the number; one of a million digits would take minutes."""
    return int(digits) if len(digits) <= len(str(LARGEST)) else _refuse(digits)


def _refuse(_: str) -> NoReturn:
    raise ValueError("a number is too large")


def _dumps(data: object, indent: int | None = None) -> bytes:
    """Return the one exact form of the JSON."""
    between = (",", ":" if indent is None else ": ")
    return json.dumps(
        data, sort_keys=True, ensure_ascii=False, indent=indent, separators=between
    ).encode()


def _field(data: object, name: str, kind: type[T]) -> T:
    value = data.get(name) if isinstance(data, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{name} is missing or wrong")
    return value


def _named(number: int) -> str:
    return f"custody entry {number}"


def _repeated(values: Sequence[H]) -> list[H]:
    """Return what is there more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def _moved(found: Iterable[H], wanted: Iterable[H]) -> list[H]:
    """Return what stands in another order than it should, whatever is missing or extra."""
    right, real = dict.fromkeys(wanted), dict.fromkeys(found)
    order = [value for value in right if value in real]
    common = (value for value in real if value in right)
    return [value for place, value in enumerate(common) if value != order[place]]


# What people read.


def report(path: Path, seal: str = "") -> tuple[int, list[str]]:
    """Return the exit code and the lines that say what was found."""
    try:
        return told(examine(path, seal))
    except Unreadable as error:
        return UNREADABLE, [refused(error)]


def refused(error: Unreadable) -> str:
    """Return the line that says why nothing was found."""
    return _shown(f"CANNOT BE READ: {error}")


def told(result: Result) -> tuple[int, list[str]]:
    """Return the exit code and the lines for what was found."""
    faults = [f"{what.upper()} {name}: {why}" for what, name, why in result.faults]
    lines = [result.about, *_some(result.notes), *_some(faults), f"Seal: {result.seal}"]
    code = ALTERED if faults else FINE
    return code, [
        *map(_shown, lines),
        *_verdict(result),
        "A matching hash shows that nothing has changed since, not that the content is true.",
    ]


def _verdict(result: Result) -> Iterator[str]:
    if result.faults:
        yield "ALTERED: this packet is not what was sealed."
    elif result.compared:
        yield "UNCHANGED: the seal matches the one you gave."
    else:
        yield "CONSISTENT, but there was no seal to compare it with."
        yield (
            "A packet that was rebuilt from scratch looks the same as the original. "
            "Add --seal with the seal from the case's thread or from the printed report."
        )
    if result.stamped:
        yield (
            "Once you have checked the authority's signature, the timestamps cover custody entries "
            f"1 to {result.stamped} and the bytes listed there, but not the manifest or the report."
        )
    else:
        yield "It has no outside timestamp: only its maker vouches for when it was made."


def _said(stamp: Stamp) -> str:
    return (
        f"{stamp.name} states that {_named(stamp.entry.number)} existed at {stamp.time}. Its "
        f"signature is not checked here. To check it, unpack the file, get the authority's root "
        f"certificate, and run: "
        f"openssl ts -verify -digest {stamp.entry.hash} -in {stamp.name} -CAfile ROOT.pem"
    )


def _some(lines: Sequence[str]) -> list[str]:
    more = [f"And {len(lines) - SHOWN} more."] if len(lines) > SHOWN else []
    return [*lines[:SHOWN], *more]


def _shown(text: str) -> str:
    """Return one line of what may be printed: nothing that steers a terminal or turns text."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in text[: LONGEST + 1])
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "\u2026"


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify what the command line names, and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify an evidence packet offline.")
    parser.add_argument("packet", type=Path, metavar="PACKET.zip")
    parser.add_argument("--seal", default="", metavar="HASH", help="the packet's expected seal")
    given = parser.parse_args(arguments)
    code, lines = report(given.packet, given.seal)
    encoding = sys.stdout.encoding or "ascii"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding))
    return code


if __name__ == "__main__":
    sys.exit(main())
