"""Write all pictures: ``python -m tests.pictures``; or some: ``... case-critical digest``."""

from __future__ import annotations

import asyncio
import sys

from tests.pictures.shoot import FOLDER, take_all

if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(take_all(sys.argv[1:]))} pictures in {FOLDER}\n")
