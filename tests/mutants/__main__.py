"""Try mutants, then say how many were killed and list the others: ``make mutants``.

A sample by default; a number draws another one, ``all`` tries every mutant. What was killed is not
tried again until its function changes; what survived is, because there may be a test by now.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

from mutmut.__main__ import (
    copy_also_copy_files,
    copy_src_dir,
    create_mutants,
)
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

from tests.mutants.sampling import KILLED, SEED, draw, scores

FOLDER = Path("mutants")
SURVIVORS = FOLDER / "survivors.txt"
UNTRIED = "not checked"
ALL = "all"


def create() -> None:
    """Write the mutants of what changed since they were written last."""
    FOLDER.mkdir(exist_ok=True)
    with redirect_stdout(io.StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(1)


def statuses() -> dict[str, str]:
    """Return what is known about each mutant, by its name."""
    known: dict[str, str] = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        known.update(
            (name, status_by_exit_code[code]) for name, code in data.exit_code_by_key.items()
        )
    return known


def attempt(names: Iterable[str]) -> None:
    """Have mutmut try these, or all that were not tried.

    Raises:
        CalledProcessError: the tests fail without a mutant.
    """
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1", *names]
    # The examples are the same each time, and compiled modules are kept: they are large.
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutants"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, env=environment, check=True)


def report(chosen: Iterable[str], status: dict[str, str]) -> None:
    """Print the scores and where the mutants are that no test noticed."""
    tried = [name for name in chosen if status[name] != UNTRIED]
    left = [name for name in tried if status[name] not in KILLED]
    with SURVIVORS.open("w", encoding="utf-8") as file:
        for name in left:
            file.write(f"{name}: {status[name]}\n{get_diff_for_mutant(name)}\n\n")
    for name in left:
        print(f"{status[name]:>12}  {name}")
    for score in scores(status, tried):
        print(score)
    print(f"{SURVIVORS} shows what each of the {len(left)} changes.")


def main(asked: str) -> None:
    """Create, try and report: all, or the sample of that number."""
    create()
    status = statuses()
    chosen = list(status) if asked == ALL else draw(status, int(asked))
    if asked == ALL and UNTRIED in status.values():
        attempt([])
    elif left := [name for name in chosen if status[name] not in KILLED]:
        attempt(left)
    report(chosen, statuses())


if __name__ == "__main__":
    main(*sys.argv[1:] or [str(SEED)])
