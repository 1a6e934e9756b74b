"""The chats under test, by name: a file ``<chat>_rig.py`` here with ``<chat>_rig`` for each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pathlib import Path

from tests.contracts.chat.rig import Rig
from tests.unit.conftest import Team

OpenRig = Callable[[Team, Path], AbstractAsyncContextManager[Rig]]

NAMES = [file.stem for file in sorted(Path(__file__).parent.glob("*_rig.py"))]
RIGS: dict[str, OpenRig] = {
    name.removesuffix("_rig"): getattr(import_module(f"tests.contracts.chat.{name}"), name)
    for name in NAMES
}
