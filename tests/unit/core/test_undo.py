"""Undo of a changed document: what the act changed is as it was, what others changed stays."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import TEAMS
from bot.core.team import Team
from bot.core.undo.models import Image
from bot.core.undo.undoing import restore

hours = st.none() | st.integers(0, 3)
teams = st.builds(
    Team,
    digest_hour=st.integers(0, 3),
    quiet_from=hours,
    quiet_to=hours,
    two_persons=st.none() | st.booleans(),
    keep_days=st.none() | st.sampled_from([30, 60]),
)
documents = st.none() | teams


def expected(before: Team | None, after: Team | None, now: Team | None) -> tuple[bool, Team | None]:
    """Return whether it can be undone, and what is there then."""
    if before is None or after is None:
        return (True, before) if now == after else (False, now)
    if now is None:
        return False, None
    fields = Team.__struct_fields__
    mine = [name for name in fields if getattr(before, name) != getattr(after, name)]
    if any(getattr(now, name) != getattr(after, name) for name in mine):
        return False, now
    return True, msgspec.structs.replace(now, **{name: getattr(before, name) for name in mine})


@pytest.mark.ci
@settings(max_examples=150, deadline=None)
@given(documents, documents, st.data())
def test_a_document_is_restored_or_left_as_it_is(
    before: Team | None, after: Team | None, data: st.DataObject
) -> None:
    if before is None and after is None:
        return
    now = data.draw(st.just(after) | documents)

    async def undone() -> tuple[bool, Team | None]:
        with tempfile.TemporaryDirectory() as folder:
            store = await TinyStore.open(Path(folder), COLLECTIONS)
            async with store.transaction() as tx:
                if now is not None:
                    tx.put(TEAMS, now)
            async with store.transaction() as tx:
                done = await restore(tx, TEAMS, Image.of(TEAMS, before, after))
            found = done, await store.get(TEAMS, "team")
            await store.close()
            return found

    assert asyncio.run(undone()) == expected(before, after, now)
