"""What somebody could do to a packet. Each returns the packet after it and what has to be named."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

from tests.unit.adapters.packets.conftest import Parts, Sample, zipped

Mutated = tuple[bytes, tuple[str, ...]]
Mutation = Callable[[random.Random, Sample], Mutated]

FIXED = 2
"""The manifest and the custody log come first."""


def _region(content: bytes, place: int) -> tuple[str, ...]:
    """Return the name of the file in whose header or bytes the place lies."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        begun = [info for info in archive.infolist() if info.header_offset <= place]
        return (begun[-1].filename,) if place < archive.start_dir else ()


def byte(dice: random.Random, sample: Sample) -> Mutated:
    """Change one byte anywhere."""
    place = dice.randrange(len(sample.content))
    changed = bytearray(sample.content)
    changed[place] ^= dice.randint(1, 255)
    return bytes(changed), _region(sample.content, place)


def small_byte(dice: random.Random, sample: Sample) -> Mutated:
    """Change one byte outside of the verifier's source, which is most of a small packet."""
    content = sample.content
    start = content.index(b"verify.py", content.index(b"PK\3\4")) - 30
    place = dice.choice([dice.randrange(start), dice.randrange(len(content) - 900, len(content))])
    changed = bytearray(content)
    changed[place] ^= dice.randint(1, 255)
    return bytes(changed), _region(content, place)


def inserted(dice: random.Random, sample: Sample) -> Mutated:
    """Put bytes in somewhere, before and behind everything too."""
    place = dice.choice([0, len(sample.content), dice.randrange(len(sample.content))])
    return sample.content[:place] + dice.randbytes(5) + sample.content[place:], ()


def cut(dice: random.Random, sample: Sample) -> Mutated:
    """Take some bytes out, or cut the end off."""
    place = dice.randrange(len(sample.content))
    end = dice.choice([len(sample.content), place + dice.randint(1, 50)])
    return sample.content[:place] + sample.content[end:], ()


def renamed(dice: random.Random, sample: Sample) -> Mutated:
    parts = sample.parts.copy()
    place = dice.randrange(FIXED, len(parts))
    name, content = parts[place]
    parts[place] = (f"evidence/E-{dice.randint(10, 99)}.png", content)
    return zipped(parts), (name, parts[place][0])


def removed(dice: random.Random, sample: Sample) -> Mutated:
    parts = sample.parts.copy()
    name, _ = parts.pop(dice.randrange(1, len(parts)))
    return zipped(parts), (name,)


def added(dice: random.Random, sample: Sample) -> Mutated:
    parts = sample.parts.copy()
    name = dice.choice(
        ["evidence/E-9-paper.pdf", "../../etc/passwd", "a\x1b[2J.txt", "MANIFEST.md"]
    )
    parts.insert(dice.randint(FIXED, len(parts)), (name, dice.randbytes(20)))
    return zipped(parts), (name.replace("\x1b", "\ufffd"),)


def reordered(dice: random.Random, sample: Sample) -> Mutated:
    parts = sample.parts.copy()
    one, two = dice.sample(range(len(parts)), 2)
    parts[one], parts[two] = parts[two], parts[one]
    return zipped(parts), (parts[one][0], parts[two][0])


def swapped(dice: random.Random, sample: Sample) -> Mutated:
    """Give two files each other's bytes."""
    parts = sample.parts.copy()
    one, two = dice.sample(range(FIXED, len(parts)), 2)
    names = parts[one][0], parts[two][0]
    parts[one], parts[two] = (names[0], parts[two][1]), (names[1], parts[one][1])
    return zipped(parts), names


def rewritten(dice: random.Random, sample: Sample) -> Mutated:
    """Change a file's bytes, and the archive's check sums with them."""
    parts = sample.parts.copy()
    place = dice.randrange(FIXED, len(parts))
    name, content = parts[place]
    parts[place] = (name, _changed(dice, content))
    return zipped(parts), (name,)


def listed_anew(dice: random.Random, sample: Sample) -> Mutated:
    """Change a file's bytes, and the manifest with them: the seal tells."""
    parts = sample.parts.copy()
    place = dice.randrange(FIXED, len(parts))
    name, content = parts[place]
    parts[place] = (name, _changed(dice, content))
    # The custody log knows what evidence was; of the other files the manifest alone does.
    names = ("seal", name) if name.startswith("evidence/") else ("seal",)
    return zipped(listed_as_they_are(parts)), names


def manifest_rewritten(dice: random.Random, sample: Sample) -> Mutated:
    """Say something else in the manifest."""
    data = json.loads(sample.parts[0][1])
    file = dice.choice(data["files"])
    target, field = dice.choice(
        [(data, "made_at"), (data, "report"), (data, "tool"), (file, "caption"), (file, "kind")]
    )
    target[field] += "!"
    return zipped([("manifest.json", _manifest(data)), *sample.parts[1:]]), ("seal",)


def removed_with_its_line(dice: random.Random, sample: Sample) -> Mutated:
    """Remove evidence, and its place in the manifest with it: the custody log knows of it."""
    parts = sample.parts.copy()
    name, _ = parts.pop(dice.randrange(FIXED, FIXED + 5))
    label = "-".join(name.split("/")[1].split("-")[:2])
    return zipped(listed_as_they_are(parts)), ("seal", label)


def entry_changed(dice: random.Random, sample: Sample) -> Mutated:
    lines = _lines(sample)
    place = dice.randrange(len(lines))
    entry = json.loads(lines[place])
    field = dice.choice(["who", "at", "detail", "deed", "sha256", "tool", "previous", "hash"])
    entry[field] = entry[field][::-1] + "x"
    lines[place] = _entry(entry)
    return _with(sample, lines), (f"custody entry {place + 1}:", "seal")


def entry_forged(dice: random.Random, sample: Sample) -> Mutated:
    """Change an entry and its own hash with it: the chain tells."""
    lines = _lines(sample)
    place = dice.randrange(len(lines))
    entry = json.loads(lines[place])
    entry["who"] = "Somebody else"
    lines[place] = _hashed(entry)
    after = min(place + 2, len(lines))
    return _with(sample, lines), (f"custody entry {after}:", "seal")


def chain_forged(dice: random.Random, sample: Sample) -> Mutated:
    """Change an entry and every hash behind it: the manifest knows the last."""
    lines = _lines(sample)
    place = dice.randrange(len(lines))
    previous = None
    for number in range(place, len(lines)):
        entry = json.loads(lines[number])
        entry["tool"] = "Another"
        entry["previous"] = previous or entry["previous"]
        lines[number] = _hashed(entry)
        previous = json.loads(lines[number])["hash"]
    return _with(sample, lines), (f"custody entry {len(lines)}:", "seal")


def entries_removed(dice: random.Random, sample: Sample) -> Mutated:
    lines = _lines(sample)
    place = dice.randrange(len(lines))
    end = dice.choice([place + 1, len(lines)])
    names = tuple(f"custody entry {number + 1}:" for number in range(place, end))
    return _with(sample, lines[:place] + lines[end:]), (*names, "seal")


def entries_swapped(dice: random.Random, sample: Sample) -> Mutated:
    lines = _lines(sample)
    one, two = dice.sample(range(len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    return _with(sample, lines), (f"custody entry {one + 1}:", f"custody entry {two + 1}:", "seal")


def entry_added(dice: random.Random, sample: Sample) -> Mutated:
    """Put an entry in: a copy of another, or a new one behind the last."""
    lines = _lines(sample)
    if dice.random() < 0.5:
        place = dice.randrange(len(lines))
        lines.insert(dice.randint(0, len(lines)), lines[place])
        return _with(sample, lines), (f"custody entry {place + 1}:", "seal")
    last = json.loads(lines[-1])
    new = {**last, "number": last["number"] + 1, "previous": last["hash"], "deed": "deleted"}
    return _with(sample, [*lines, _hashed(new)]), (f"custody entry {len(lines) + 1}:", "seal")


MUTATIONS: tuple[Mutation, ...] = (
    byte,
    small_byte,
    inserted,
    cut,
    renamed,
    removed,
    added,
    reordered,
    swapped,
    rewritten,
    listed_anew,
    manifest_rewritten,
    removed_with_its_line,
    entry_changed,
    entry_forged,
    chain_forged,
    entries_removed,
    entries_swapped,
    entry_added,
)


def _changed(dice: random.Random, content: bytes) -> bytes:
    place = dice.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def listed_as_they_are(parts: Parts) -> Parts:
    """Make the manifest say what the files are."""
    data = json.loads(parts[0][1])
    known = {file["name"]: file for file in data["files"]}
    data["files"] = [
        {**known[name], "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in parts[FIXED:]
    ]
    return [("manifest.json", _manifest(data)), *parts[1:]]


def _manifest(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"


def _lines(sample: Sample) -> list[bytes]:
    return sample.parts[1][1].splitlines()


def _entry(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _hashed(entry: dict[str, Any]) -> bytes:
    bare = {name: value for name, value in entry.items() if name != "hash"}
    return _entry({**bare, "hash": hashlib.sha256(_entry(bare)).hexdigest()})


def _with(sample: Sample, lines: list[bytes]) -> bytes:
    log = b"".join(line + b"\n" for line in lines)
    return zipped([sample.parts[0], ("custody.jsonl", log), *sample.parts[2:]])
