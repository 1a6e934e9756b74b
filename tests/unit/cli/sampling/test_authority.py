"""The sample's own time-stamp authority: it stamps like a real one, and says that it is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.capture.signatures import decode, read_roots, root_of
from bot.cli.sampling.authority import NAME, ROOT, sample_authority

pytestmark = pytest.mark.openssl

DIGEST = bytes(range(32))


async def test_its_answer_is_over_the_hash_and_leads_to_its_root(tmp_path: Path) -> None:
    authority = await sample_authority(tmp_path)
    assert authority is not None
    answer = await authority.stamp(DIGEST)
    assert decode(answer).tst_info.message_imprint.message == DIGEST
    assert root_of(answer, read_roots(tmp_path / ROOT)) == "CN=Test-Root"
    assert (tmp_path / ROOT).read_bytes() == await authority.root()


async def test_its_names_say_that_it_is_a_test(tmp_path: Path) -> None:
    authority = await sample_authority(tmp_path)
    assert authority is not None
    assert "test authority (not a real one)" in NAME
    assert authority.root_of(await authority.stamp(DIGEST)) == "CN=Test-Root"


async def test_without_openssl_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await sample_authority(tmp_path) is None
