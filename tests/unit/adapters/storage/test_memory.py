"""What the program needed once, it does not keep."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]

MEMORY = """
from pathlib import Path
from adapters.storage.memory import return_memory, trim_memory

def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
"""

LARGE = """
return_memory()
# The C library learns from the first large block that is freed.
block = bytearray(30_000_000)
del block
before = memory()
blocks, small = [], []
for _ in range(60):
    blocks.append(bytearray(b"x") * 1_000_000)
    small.append(bytearray(b"x") * 10_000)
del blocks
print(memory() - before)
"""

BETWEEN = """
return_memory()
before = memory()
blocks, small = [], []
for _ in range(600):
    blocks.append(bytearray(b"x") * 100_000)
    small.append(bytearray(b"x") * 1_000)
del blocks
trim_memory()
print(memory() - before)
"""


def kept(program: str) -> int:
    command = [sys.executable, "-c", MEMORY + program]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, text=True)
    return int(done.stdout)


def test_large_blocks_go_back_to_the_system() -> None:
    assert kept(LARGE) < 10_000_000


def test_what_is_free_between_blocks_in_use_goes_back_to_the_system() -> None:
    assert kept(BETWEEN) < 10_000_000
