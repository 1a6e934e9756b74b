"""Signatures of time-stamps: which are right, which are wrong, and which nobody here can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from adapters.capture import signatures
from adapters.capture.signatures import known_roots, read_roots, root_of
from bot.errors import StampError, UserError
from tests.platforms.tsa import make_authority
from tests.unit.adapters.capture.conftest import DIGEST, OTHER

pytestmark = pytest.mark.openssl


def test_another_content_under_the_signature_is_refused(
    granted: bytes, roots: list[Certificate]
) -> None:
    assert root_of(granted, roots)
    with pytest.raises(StampError, match="signature is wrong"):
        root_of(granted.replace(DIGEST, OTHER), roots)


def test_a_root_of_the_same_name_and_another_key_is_not_enough(
    granted: bytes, roots: list[Certificate], tmp_path: Path
) -> None:
    namesakes = read_roots(make_authority(tmp_path))
    assert namesakes[0].subject == roots[0].subject
    assert root_of(granted, [*namesakes, *roots]) == "CN=Test-Root"
    assert root_of(granted, namesakes) == ""


def test_the_roots_that_are_known_can_be_read() -> None:
    assert len(known_roots()) > 50


def test_a_file_that_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("hello")
    for name in ("root.pem", "nowhere.pem"):
        with pytest.raises(UserError, match=f"{name} cannot be read as a root certificate"):
            read_roots(tmp_path / name)


def test_one_odd_root_does_not_take_the_others_away(roots: list[Certificate]) -> None:
    good = roots[0].public_bytes(Encoding.DER)
    assert signatures._readable([b"odd", good]) == roots
