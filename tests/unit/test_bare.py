"""A test sees the tools that its markers ask for, and no others."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.bare import VARIABLES

TOOLS = ("chromium", "google-chrome", "openssl", "git")


def test_without_a_marker_there_is_no_tool() -> None:
    assert [name for name in TOOLS if shutil.which(name)] == []
    assert "SPECS_DIR" not in os.environ
    assert shutil.which("sh")


@pytest.mark.openssl
def test_what_is_asked_for_is_there_and_nothing_else() -> None:
    assert shutil.which("openssl")
    assert not shutil.which("chromium")


@pytest.mark.conformance
def test_the_specifications_are_where_the_machine_has_them() -> None:
    assert os.environ[VARIABLES["conformance"]]
