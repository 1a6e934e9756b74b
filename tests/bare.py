"""What a test sees of the machine: of the tools that have markers, those that its own ask for.

So each run shows what needs a tool without saying so, and a machine that lacks one skips what is
marked and runs all else.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

TOOLS: Mapping[str, tuple[str, ...]] = {
    "browser": ("chromium*", "google-chrome*"),
    "git": ("git",),
    "openssl": ("openssl",),
}
"""By marker, what its programs are called."""
VARIABLES: Mapping[str, str] = {"browser": "PLAYWRIGHT_BROWSERS_PATH", "conformance": "SPECS_DIR"}
"""By marker, the variable that says where something else is that it asks for."""


class BareMachine:
    """The machine as it is, and without what has a marker."""

    def __init__(self, folder: Path) -> None:
        """Lay out in the folder what the search path leads to, each tool apart."""
        self._folder = folder
        self._variables = {name: os.environ.get(name) for name in VARIABLES.values()}
        places = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
        self._path = [str(self._without(place)) for place in places]

    def environment(self, markers: Collection[str]) -> dict[str, str | None]:
        """Return the variables for a test with these markers; None: there is none."""
        tools = [str(self._folder / marker) for marker in TOOLS if marker in markers]
        # What is not there is looked for nowhere else.
        nowhere = {"PLAYWRIGHT_BROWSERS_PATH": str(self._folder / "none"), "SPECS_DIR": None}
        told = {
            name: self._variables[name] if marker in markers else nowhere[name]
            for marker, name in VARIABLES.items()
        }
        return {**told, "PATH": os.pathsep.join([*self._path, *tools])}

    def remove(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self._folder)

    def _without(self, place: Path) -> Path:
        """Return a place with all that is in this one but tools; itself if it has none."""
        found = {
            marker: [tool for name in names for tool in place.glob(name)]
            for marker, names in TOOLS.items()
        }
        tools = {tool for several in found.values() for tool in several}
        if not tools:
            return place
        bare = self._folder / f"bare{place}".replace("/", "-")
        bare.mkdir(parents=True)
        for each in place.iterdir():
            if each not in tools and not each.is_dir():
                (bare / each.name).symlink_to(each)
        for marker, several in found.items():
            apart = self._folder / marker
            apart.mkdir(exist_ok=True)
            for tool in several:
                if not (apart / tool.name).exists():
                    (apart / tool.name).symlink_to(tool)
        return bare


def put_on(environment: Mapping[str, str | None]) -> None:
    """Let this process, and those that it starts, see these variables."""
    for name, value in environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
