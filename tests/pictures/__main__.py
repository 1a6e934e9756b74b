"""Write all pictures: ``python -m tests.pictures``."""

from __future__ import annotations

import asyncio
import sys

from tests.pictures.shoot import FOLDER, take_all

if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(take_all())} pictures in {FOLDER}\n")
