"""Files that people hand in to Parley: their bytes come with the form."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from adapters.parley.calls import Json
from bot.core.files import Upload
from bot.core.intake import Intake
from bot.core.permissions import Role
from bot.errors import UserError


async def ingest(
    intake: Intake, files: Sequence[Json], role: Role
) -> tuple[tuple[Upload, ...], list[str]]:
    """Take the files in; return them, and why others are not taken."""
    kept: list[Upload] = []
    refused: list[str] = []
    for file in files:
        name = str(file.get("name", ""))
        try:
            if role < Role.MEMBER:
                message = f"{name}: Your role cannot hand in files."
                raise UserError(message)
            content = base64.b64decode(str(file.get("content", "")), validate=True)
            kept.append(await intake.take(name, content))
        except binascii.Error:
            refused.append(f"{name}: It did not arrive. Attach it again.")
        except UserError as error:
            refused.append(str(error))
    return tuple(kept), refused
