"""tests/README.md explains every folder and marker, and CONTRIBUTING.md every target of make."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import ROOT

PAGE = (ROOT / "tests" / "README.md").read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
UNEXPLAINED = {"help", "install", "clean"}
"""Targets that say enough by their names."""


def test_every_folder_of_tests_is_explained() -> None:
    folders = {path.parent for path in (ROOT / "tests").glob("*/*.py")}
    explained = set(re.findall(r"^\| `tests/(\w+)/", PAGE, re.MULTILINE))
    assert explained == {folder.name for folder in folders} | {"contracts"}


def test_every_marker_is_explained() -> None:
    markers = [
        line.partition(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]
    ]
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(markers)


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    assert targets - set(re.findall(r"`make (\w+)`", GUIDE)) <= UNEXPLAINED


def test_what_runs_for_a_pull_request_is_what_runs_before_a_merge() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert re.findall(r"^ +- run: (.+)$", workflow, re.MULTILINE) == [".ci/run"]
