"""A copy of the house in which a recipe is followed, and what git and its tests say of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
NEW = Path(__file__).parent / "new"
PAGES = ROOT / "docs" / "recipes"
_IDENTITY = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")


class Edit(NamedTuple):
    """What is changed in a file that is there."""

    path: str
    old: str
    new: str

    def within(self, text: str) -> str:
        """Return the file's text with the edit. Raises AssertionError where it does not fit."""
        assert text.count(self.old) == 1, (self.path, self.old)
        return text.replace(self.old, self.new)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What a person adds and changes. The new files are those of ``tests/recipes/new/<name>/``."""

    name: str
    """Also that of its page and of the folder of its new files."""
    edits: tuple[Edit, ...]
    shown_by: tuple[str, ...]
    """Tests that show that it works."""
    only: str = ""
    """Those of them that are about it, as pytest's -k."""
    forgotten: tuple[str, ...] = ()
    """Files without which these tests fail."""
    folder: str = ""
    """A new folder of its own, which counts as one."""

    @property
    def new(self) -> dict[str, Path]:
        """Return the files that are added, by where they go."""
        folder = NEW / self.name
        files = (each for each in folder.rglob("*") if each.is_file())
        found = {each.relative_to(folder).as_posix(): each for each in files}
        return {path: file for path, file in found.items() if "__pycache__" not in path}

    @property
    def files(self) -> set[str]:
        """Return all that it touches."""
        return {*self.new, *(edit.path for edit in self.edits)}

    @property
    def count(self) -> int:
        """Return how many files it touches, besides those of its own folder."""
        return sum(not self.folder or not path.startswith(self.folder) for path in self.files)

    @property
    def page(self) -> str:
        """Return what people read."""
        return (PAGES / f"{self.name}.md").read_text("utf-8")

    def steps(self) -> list[str]:
        """Return the files and folders that the steps of its page name, in their order."""
        return re.findall(r"^\d+\. `([^`]+)`", self.page, re.MULTILINE)

    def stated(self) -> str:
        """Return what its page says about the number of files."""
        return "".join(re.findall(r"^This takes (.+)\.$", self.page, re.MULTILINE))

    def examples(self) -> list[str]:
        """Return the code that its page shows."""
        return re.findall(r"^```(?:python|toml)\n(.+?)\n```$", self.page, re.MULTILINE | re.DOTALL)

    def written(self) -> list[str]:
        """Return all that it writes into files."""
        new = [file.read_text("utf-8") for file in self.new.values()]
        return [*new, *(edit.new for edit in self.edits)]


def matches(step: str, path: str) -> bool:
    """Tell whether a step, as `tests/test_<name>.py` or a folder, is about a file."""
    pattern = re.sub(r"<[^>]+>", r"[\\w-]+", re.escape(step).replace(r"\<", "<"))
    return re.fullmatch(f"{pattern}.+" if step.endswith("/") else pattern, path) is not None


class House:
    """The copy. It stays where it is between recipes, so that compiled modules serve again."""

    def __init__(self, folder: Path) -> None:
        """Copy all that git would keep of this house, and commit it there."""
        self.folder = folder / "house"
        self._store = folder / "house.git"
        _run(["git", "init", "-q", "--bare", str(self._store)], folder)
        self._from(ROOT, "add", "-A")
        self._from(ROOT, "commit", "-q", "-m", "The house")
        self._from(ROOT, "worktree", "add", "-q", "--detach", str(self.folder))

    def begin(self) -> None:
        """Undo what was done, but for compiled modules."""
        self.git("reset", "-q", "--hard")
        self.git("clean", "-q", "-fd")

    def follow(self, recipe: Recipe, without: str = "") -> None:
        """Add and edit the files of a recipe, all but one if it is named."""
        for path, file in recipe.new.items():
            if path != without:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        for edit in recipe.edits:
            if edit.path != without:
                target = self.folder / edit.path
                target.write_text(edit.within(target.read_text("utf-8")), "utf-8")

    def changed(self) -> set[str]:
        """Return all files that git would take up."""
        lines = self.git("status", "--porcelain", "-uall").splitlines()
        return {line[3:] for line in lines}

    def git(self, *words: str) -> str:
        """Run git in the copy, and return what it prints."""
        return _run(["git", *_IDENTITY, *words], self.folder).stdout

    def tests(self, tests: Iterable[str], only: str = "") -> subprocess.CompletedProcess[str]:
        """Run tests of the copy."""
        words = ["-q", "-p", "no:cacheprovider", "-n", "0", "--no-header", "--tb=short", "-x"]
        chosen = ["-k", only] if only else []
        return self.tool("pytest", *words, *chosen, *tests)

    def tool(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a tool of this Python's in the copy."""
        path = str(Path(sys.executable).with_name(name))
        return _run([path, *words], self.folder, check=False)

    def _from(self, tree: Path, *words: str) -> None:
        where = [f"--git-dir={self._store}", f"--work-tree={tree}"]
        _run(["git", *_IDENTITY, *where, *words], tree)


def _run(
    command: list[str], folder: Path, *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    # Neither the git in whose hook this may run, nor another run of pytest, is to be heard of.
    deaf = ("GIT_", "PYTEST_", "COV_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(deaf)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=check)
