"""The custody log: whatever is done to a chain of entries afterwards is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.features.evidence.models.custody import (
    START,
    CustodyAction,
    CustodyEntry,
    broken,
    canonical,
    follow,
)

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

texts = st.text(max_size=20)
digests = st.binary(max_size=4).map(lambda data: hashlib.sha256(data).hexdigest())
deeds = st.tuples(st.sampled_from(CustodyAction), texts, digests, texts)


def chained(
    done: Sequence[tuple[CustodyAction, str, str, str]], case: str = "000012"
) -> list[CustodyEntry]:
    entries: list[CustodyEntry] = []
    for number, (deed, who, sha256, detail) in enumerate(done):
        entry = follow(
            entries[-1] if entries else None,
            case=case,
            at=AT + timedelta(seconds=number),
            who=who,
            deed=deed,
            sha256=sha256,
            detail=detail,
            tool="Brandwarden 0.1.0",
        )
        entries.append(entry)
    return entries


def logs(least: int) -> st.SearchStrategy[list[CustodyEntry]]:
    return st.lists(deeds, min_size=least, max_size=6).map(chained)


@given(logs(0))
def test_an_untouched_log_is_whole(log: list[CustodyEntry]) -> None:
    assert broken(log) == []
    assert [entry.number for entry in log] == list(range(1, len(log) + 1))
    assert [entry.previous for entry in log] == [START, *(entry.hash for entry in log)][:-1]


@given(logs(1), st.data())
def test_any_changed_field_is_told(log: list[CustodyEntry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log) - 1))
    name = data.draw(st.sampled_from(CustodyEntry.__struct_fields__))
    before = getattr(log[place], name)
    values = {"number": st.integers(-5, 99), "deed": st.sampled_from(CustodyAction)}
    value = data.draw(values.get(name, texts))
    assume(value != before)
    log[place] = msgspec.structs.replace(log[place], **{name: value})
    assert f"Entry {place + 1} was changed after it was made." in broken(log)


@given(logs(2), st.data())
def test_any_removed_entry_but_the_last_is_told(
    log: list[CustodyEntry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(log) - 2))
    del log[place]
    assert broken(log)[0].startswith(f"Entry {place + 1} ")


@given(logs(1), st.data())
def test_a_log_without_its_last_entries_is_whole_in_itself(
    log: list[CustodyEntry], data: st.DataObject
) -> None:
    assert broken(log[: data.draw(st.integers(0, len(log) - 1))]) == []


@given(logs(2), st.data())
def test_any_two_swapped_entries_are_told(log: list[CustodyEntry], data: st.DataObject) -> None:
    one, two = sorted(data.draw(st.sets(st.integers(0, len(log) - 1), min_size=2, max_size=2)))
    log[one], log[two] = log[two], log[one]
    told = " ".join(broken(log))
    assert f"Entry {one + 1} " in told
    assert f"Entry {two + 1} " in told


@given(logs(1), st.data())
def test_any_inserted_entry_is_told(log: list[CustodyEntry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log) - 1))
    before = log[place - 1] if place else None
    one = deeds.map(lambda deed: chained([deed], "another case")[0])
    entry = data.draw(st.sampled_from(log) | one | deeds.map(lambda deed: _after(before, deed)))
    assume(entry != log[place])
    log.insert(place, entry)
    assert broken(log)


def _after(before: CustodyEntry | None, done: tuple[CustodyAction, str, str, str]) -> CustodyEntry:
    """Return a new entry that follows the one before without a flaw."""
    deed, who, sha256, detail = done
    return follow(
        before,
        case="000012",
        at=AT,
        who=who + "!",
        deed=deed,
        sha256=sha256,
        detail=detail,
        tool="Another",
    )


@given(logs(1))
def test_the_line_is_canonical_json_and_its_hash_anybodys_to_make(log: list[CustodyEntry]) -> None:
    line = canonical(log[-1])
    assert b"\n" not in line
    fields = json.loads(line)
    assert msgspec.convert(fields, CustodyEntry) == log[-1]
    del fields["hash"]
    bare = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(bare.encode()).hexdigest() == log[-1].hash
