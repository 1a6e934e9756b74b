"""Evidence is verified each week, against what people were told before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.capture.files import FileEvidence
from bot.core.cards import Card
from bot.core.vault import VaultHead
from bot.features.cases.models.cases import case_key
from bot.features.evidence.collections import CUSTODY, VAULT_ANCHORS
from bot.features.evidence.models.custody import VAULT
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.verifying import Verification
from bot.features.overview.service.digest import DailyDigest
from tests.unit.conftest import THIEF, Team, card_text, confirmed_after, offer
from tests.unit.features.reports.reporting import photo

FACTS = {"at": "2026-11-29"}


@pytest.fixture
def vault(team: Team, tmp_path: Path) -> FileEvidence:
    """A vault of files in the place of the team's own."""
    vault = FileEvidence(tmp_path / "vault")
    object.__setattr__(team.app, "evidence", vault)
    return vault


async def verified(team: Team, days: float = 8) -> list[Card]:
    """Let a week pass, and return what the channel is told."""
    before = team.chat.posts
    await confirmed_after(team, days=days)
    await Verification(team.app).tick()
    await team.dispatcher.deliver()
    fresh = team.chat.order[before:]
    return [team.chat.cards[key] for key in fresh if key.startswith("vault-")]


async def test_a_vault_that_is_whole_is_no_news(team: Team, vault: FileEvidence) -> None:
    await vault.keep(b"one", FACTS)
    assert await verified(team) == []
    anchor = await team.app.store.get(VAULT_ANCHORS, VAULT)
    assert anchor is not None
    assert anchor.verified_at is not None


async def test_a_changed_file_is_told_once_a_week(team: Team, vault: FileEvidence) -> None:
    digest = await vault.keep(b"one", FACTS)
    assert await verified(team) == []
    vault.locate(digest).write_bytes(b"other")
    assert await verified(team, days=1) == []
    [card] = await verified(team)
    assert card.title == "Evidence was changed or is missing"
    assert card.fields[0].value == f"File {digest} was changed after it was saved."
    assert await verified(team, days=1) == []
    assert len(await verified(team)) == 1


async def test_an_end_that_was_cut_off_is_told_against_the_digest(
    team: Team, vault: FileEvidence, tmp_path: Path
) -> None:
    *_, last = [await vault.keep(content, FACTS) for content in (b"one", b"two", b"three")]
    head = await vault.head()
    assert head.number == 3
    await DailyDigest(team.app).tick()
    team.clock.advance(days=1)
    await DailyDigest(team.app).tick()
    await team.dispatcher.deliver()
    footers = [card.footer for card in team.chat.cards.values()]
    assert any(footer.endswith(f"Evidence: entry 3, {head.hash[:16]}") for footer in footers)
    log = tmp_path / "vault" / "custody.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))
    vault.locate(last).unlink()
    assert await vault.verify() == []
    [card] = await verified(team)
    assert "ends with entry 2, but it once had 3: its end was cut off" in card.fields[0].value


async def test_a_log_that_was_rewritten_is_told(vault: FileEvidence) -> None:
    await vault.keep(b"one", FACTS)
    [wrong] = await vault.verify(VaultHead(1, "ab" * 32))
    assert wrong.endswith("the log was rewritten.")


async def test_asking_for_the_digest_shows_the_head_and_anchors_nothing(
    team: Team, vault: FileEvidence
) -> None:
    await vault.keep(b"one", FACTS)
    assert "Evidence: entry 1, " in card_text(await team.type("/digest"))
    assert await team.app.store.get(VAULT_ANCHORS, VAULT) is None


async def test_the_custody_log_of_a_case_is_verified_too(team: Team) -> None:
    await team.look(offer(THIEF, "18.70"))
    await photo(team, EvidenceKind.RECEIVED)
    await photo(team, EvidenceKind.RECEIVED)
    assert await verified(team) == []
    entries = await team.app.store.find(CUSTODY, "case", case_key(1))
    async with team.app.store.transaction() as tx:
        tx.delete(CUSTODY, entries[-1].key)
    [card] = await verified(team)
    assert card.fields[0].value.startswith(f"C-1: The log ends with entry {len(entries) - 1} of")


async def test_what_no_entry_names_is_found(vault: FileEvidence, tmp_path: Path) -> None:
    await vault.keep(b"one", FACTS)
    assert await vault.unnamed() == []
    stray = vault.locate("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"put there")
    stray.with_suffix(".new").write_bytes(b"half")
    assert await vault.unnamed() == ["ab" * 32]
    assert await vault.verify() == []


async def test_the_head_is_that_of_the_log(vault: FileEvidence, tmp_path: Path) -> None:
    assert await vault.head() == VaultHead()
    for number in range(1, 4):
        await vault.keep(b"%d" % number, FACTS)
        lines = (tmp_path / "vault" / "custody.jsonl").read_text().splitlines()
        wanted = VaultHead(number, json.loads(lines[-1])["hash"])
        assert await vault.head() == await FileEvidence(tmp_path / "vault").head() == wanted
