"""A timestamp authority's certificates, and one answer of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from adapters.capture.signatures import read_roots
from adapters.capture.timestamps import query
from tests.platforms.tsa import make_authority, reply

DIGEST = hashlib.sha256(b"custody entry 5").digest()
OTHER = hashlib.sha256(b"another").digest()
NONCE = 1 << 62


@pytest.fixture(scope="session")
def tsa_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("authority")
    make_authority(made)
    return made


@pytest.fixture(scope="session")
def roots(tsa_folder: Path) -> list[Certificate]:
    return read_roots(tsa_folder / "root.pem")


@pytest.fixture(scope="session")
def granted(tsa_folder: Path) -> bytes:
    return reply(tsa_folder, query(DIGEST, NONCE))
