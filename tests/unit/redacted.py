"""What tests of /redact do: name something, say why, and search every byte for its words."""

from __future__ import annotations

from pathlib import Path

from bot.core.audit.entries import place_name
from bot.core.collections import AUDIT_KEYS, UPKEEP
from bot.core.scanning import each
from bot.core.vault_sweep import VaultSweep
from tests.journeys.traces import layers
from tests.unit.conftest import Team, asked, notice

WORDS = "Jane Roe of Elm Street called"
TRACE = "Elm Street"
WHY = "A buyer is named."


async def redact(team: Team, name: str) -> str:
    """Have the words of what is named removed; return what the admin is told."""
    ask = asked(await team.type(f"/redact {name}"))
    return notice(await team.submit(ask, {"why": WHY}))


async def refused(team: Team, name: str) -> str:
    """Return why nothing can be removed."""
    return notice(await team.type(f"/redact {name}"))


def on_disk(folder: Path, trace: str = TRACE) -> list[str]:
    """Return the names of files that hold the trace, however it is packed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path.name
        for path in files
        if any(trace.encode() in layer for layer in layers(path.read_bytes()))
    ]


async def hashes_of(team: Team, *place: str) -> int:
    """Count the acts that wrote the document and whose texts a guess could be held against."""
    keys = [known async for known in each(team.app.store, AUDIT_KEYS)]
    return sum(place_name((place[0], place[1])) in known.written for known in keys)


async def assert_gone(team: Team, folder: Path, trace: str = TRACE) -> None:
    """Let the store be rewritten, and check that nothing has the trace any more."""
    await VaultSweep(team.app).tick()
    assert await team.app.store.get(UPKEEP, "to compact") is None
    assert trace not in repr(team.chat.cards)
    assert on_disk(folder, trace) == []
