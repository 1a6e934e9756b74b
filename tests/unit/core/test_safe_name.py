"""Names of files: whatever comes in, what goes out is short, plain and true."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.evidence.rules.content import LONGEST_STEM, ContentKind, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpeg", "photo.png"),
        ("Packung vorne (2).PNG", "Packung-vorne-2.png"),
        ("invoice.pdf.exe", "invoice-pdf.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\Ana\\box.png", "box.png"),
        (".bashrc", "bashrc.png"),
        ("...hidden.png", "hidden.png"),
        ("Größe é.png", "Gro-e-e.png"),
        ("写真.png", "picture.png"),
        ("a\x00b\nc\u202egnp.exe", "a-b-c-gnp.png"),
        ("", "picture.png"),
        ("CON.png", "picture.png"),
        ("-rf.png", "rf.png"),
        ("@everyone <!channel>", "everyone-channel.png"),
        ("x" * 300, "x" * LONGEST_STEM + ".png"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name, ContentKind.PNG) == safe


@given(st.text(), st.sampled_from(ContentKind))
def test_every_name_is_safe_and_has_the_true_suffix(name: str, kind: ContentKind) -> None:
    safe = safe_name(name, kind)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.[a-z]{3,4}", safe)
    assert safe.endswith(kind.suffix)
    assert safe_name(safe, kind) == safe
