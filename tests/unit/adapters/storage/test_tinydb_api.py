"""TinyDB's own API, as its documentation shows it, over the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from adapters.storage.tables import LogDB, LogTable
from bot.errors import StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


@pytest.fixture
def db(path: Path) -> Iterator[LogDB]:
    with LogDB(path) as opened:
        yield opened


def keyed(key: str, **fields: object) -> Document:
    """TinyDB declares numbers as keys, and takes what the table's class says."""
    return Document(fields, key)  # type: ignore[arg-type]  # keys are text here


@pytest.fixture
def cases(db: LogDB) -> LogTable:
    table = db.table("cases")
    for key, is_open in (("a", True), ("b", False), ("c", True)):
        table.insert(keyed(key, name=key, open=is_open, count=0))
    return table


def names(documents: list[Document]) -> list[str]:
    return [document["name"] for document in documents]


def keys(documents: list[Document]) -> list[object]:
    return [document.doc_id for document in documents]


def lines(path: Path) -> int:
    return len(path.read_bytes().splitlines())


def test_searching(cases: LogTable) -> None:
    assert names(cases.search(where("open") == True)) == ["a", "c"]  # noqa: E712 (TinyDB's way)
    assert cases.count(where("count") == 0) == 3
    assert cases.contains(where("name") == "b")
    assert len(cases) == 3
    assert names(list(cases)) == names(cases.all()) == ["a", "b", "c"]


def test_getting_by_key_and_by_condition(cases: LogTable) -> None:
    by_key = cases.get(doc_id="b")  # type: ignore[call-overload]  # keys are text here
    assert by_key == {"name": "b", "open": False, "count": 0}
    assert by_key.doc_id == "b"
    found = cases.get(where("name") == "c")
    assert found is not None
    assert found["open"] is True
    assert cases.get(doc_id="nowhere") is None  # type: ignore[call-overload]  # keys are text here
    several = cases.get(doc_ids=["a", "c"])
    assert names(several) == ["a", "c"]


def test_a_plain_document_gets_the_next_number(db: LogDB) -> None:
    table = db.table("numbered")
    table.insert({"name": "a"})
    table.insert_multiple([{"name": "b"}, {"name": "c"}])
    table.insert(keyed("00000007", name="d"))
    table.insert({"name": "e"})
    assert keys(table.all()) == ["1", "2", "3", "00000007", "8"]


def test_inserting_a_taken_key_is_refused(cases: LogTable) -> None:
    with pytest.raises(ValueError, match="already exists"):
        cases.insert(keyed("a", name="again"))


def test_updating(cases: LogTable) -> None:
    cases.update({"open": False}, where("name") == "a")
    cases.update(increment("count"), where("name") == "c")
    cases.update({"seen": True})
    assert cases.search(where("open") == True) == [  # noqa: E712 (TinyDB's way)
        {"name": "c", "open": True, "count": 1, "seen": True}
    ]
    cases.update_multiple([({"count": 9}, where("name") == "b")])
    assert names(cases.search(where("count") == 9)) == ["b"]


def test_upserting(cases: LogTable) -> None:
    cases.upsert({"name": "a", "count": 5}, where("name") == "a")
    cases.upsert(keyed("d", name="d", count=5))
    assert names(cases.search(where("count") == 5)) == ["a", "d"]


def test_removing(cases: LogTable) -> None:
    cases.remove(where("open") == False)  # noqa: E712 (TinyDB's way)
    assert names(cases.all()) == ["a", "c"]
    cases.truncate()
    assert cases.all() == []


def test_tables_come_and_go(db: LogDB, cases: LogTable, path: Path) -> None:
    db.insert({"name": "in the default table"})
    assert db.tables() == {"cases", "_default"}
    assert len(db) == 1
    db.drop_table("cases")
    assert db.tables() == {"_default"}
    assert db.table("cases").all() == []
    before = lines(path)
    db.table("cases").insert({"name": "a"})
    db.drop_tables()
    assert db.tables() == set()
    assert lines(path) == before + 2


def test_everything_is_there_after_reopening(path: Path) -> None:
    with LogDB(path) as db:
        db.table("cases").insert_multiple([{"name": "a"}, {"name": "b"}, {"name": "c"}])
        db.table("cases").update({"name": "B"}, where("name") == "b")
        db.table("cases").remove(where("name") == "a")
    with LogDB(path) as db:
        assert names(db.table("cases").all()) == ["B", "c"]


def test_only_touched_documents_are_written(cases: LogTable, path: Path) -> None:
    before = path.read_bytes()
    cases.update({"open": False}, where("name") == "a")
    added = path.read_bytes()[len(before) :]
    assert added.count(b"\n") == 1
    assert b'"a"' in added
    assert b'"b"' not in added
    assert b'"c"' not in added


def test_what_changes_nothing_writes_nothing(cases: LogTable, path: Path) -> None:
    before = path.stat().st_size
    cases.update({"open": False}, where("name") == "b")
    cases.remove(where("name") == "nobody")
    assert path.stat().st_size == before


def test_changing_a_found_document_changes_nothing_stored(cases: LogTable) -> None:
    for document in cases.search(where("open") == True):  # noqa: E712 (TinyDB's way)
        document["count"] = "changed"
    found = cases.search(where("open") == True)  # noqa: E712 (TinyDB's way)
    assert [document["count"] for document in found] == [0, 0]


def test_documents_may_be_removed_while_going_through_them(cases: LogTable) -> None:
    for document in cases:
        cases.remove(where("name") != document["name"])
    assert names(cases.all()) == ["a"]


def test_several_tables_change_in_one_line(db: LogDB, cases: LogTable, path: Path) -> None:
    before = lines(path)
    with db.atomic():
        cases.update({"open": False})
        db.table("other").insert({"name": "x"})
        with db.atomic():
            cases.remove(where("name") == "b")
        assert names(cases.all()) == ["a", "c"]
    assert lines(path) == before + 1


def test_an_exception_undoes_all_tables(db: LogDB, cases: LogTable, path: Path) -> None:
    before = cases.all(), path.read_bytes()

    def fail() -> None:
        with db.atomic():
            cases.truncate()
            cases.insert(keyed("a", name="other"))
            db.table("other").insert({"name": "x"})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (sorted(cases.all(), key=str), path.read_bytes()) == (
        sorted(before[0], key=str),
        before[1],
    )
    assert db.tables() == {"cases"}


def test_a_document_that_json_cannot_hold_changes_nothing(cases: LogTable) -> None:
    with pytest.raises(StoreError, match="cannot be stored"):
        cases.update({"open": object()}, where("name") == "a")
    assert names(cases.search(where("open") == True)) == ["a", "c"]  # noqa: E712 (TinyDB's way)


def test_the_log_refuses_a_whole_database(db: LogDB) -> None:
    with pytest.raises(StoreError, match="documents"):
        db.storage.write({})


def test_a_log_table_stands_on_a_log_only() -> None:
    with pytest.raises(TypeError, match="LogStorage"):
        LogTable(TinyDB(storage=MemoryStorage).storage, "cases")
