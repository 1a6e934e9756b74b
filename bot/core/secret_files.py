"""Settings whose secrets may come from files, as systemd and containers hand them over.

``NAME_FILE`` names a file with the secret ``NAME``. In systemd's ``$CREDENTIALS_DIRECTORY`` it is
the file ``NAME`` itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
)

from bot.errors import UserError

SUFFIX = "_FILE"
CREDENTIALS = "CREDENTIALS_DIRECTORY"
LARGEST = 4096
"""Bytes of a secret."""
GIVEN_OUT = Path("/run/secrets")
"""Where containers find theirs: who else is in there can read them, and that is nobody."""
OTHERS = 0o007


class SecretOrigin(msgspec.Struct, frozen=True):
    """Where a secret comes from; never the secret itself."""

    name: str
    """Of its variable."""
    where: str
    """For people, such as ``the environment``."""
    file: Path | None = None

    @property
    def exposed(self) -> bool:
        """Tell whether other users of this machine can read or change its file."""
        if self.file is None or os.name != "posix" or self.file.is_relative_to(GIVEN_OUT):
            return False
        try:
            return bool(self.file.stat().st_mode & OTHERS)
        except OSError:
            return False


class SecretSettings(BaseSettings):
    """Settings whose ``SecretStr`` fields may come from files."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is given
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read files after everything else."""
        files = SecretFiles(settings_cls, _variables(env_settings), _variables(dotenv_settings))
        return init_settings, env_settings, dotenv_settings, files


class SecretFiles(PydanticBaseSettingsSource):
    """Reads secrets from files."""

    def __init__(
        self,
        settings_cls: type[BaseSettings],
        environment: Mapping[str, str | None],
        dotenv: Mapping[str, str | None],
    ) -> None:
        """Take the variables by their names in lower-case letters."""
        super().__init__(settings_cls)
        self._given = (("the environment", environment), (".env", dotenv))

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the field's secret, or None. Raises UserError."""
        if field.annotation is not SecretStr:
            return None, field_name, False
        name = f"{self.config.get('env_prefix', '')}{field_name}".upper()
        found = list(self.origins(name))
        if len(found) > 1:
            message = f"{name} is set twice: in {found[0].where} and in {found[1].where}. Keep one."
            raise UserError(message)
        file = found[0].file if found else None
        return None if file is None else _read(name, file), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the secrets that stand in files, by their fields.

        Raises:
            UserError: some cannot be read; it says so in a line each.
        """
        found: dict[str, Any] = {}
        wrong: list[str] = []
        for name, field in self.settings_cls.model_fields.items():
            try:
                found[name] = self.get_field_value(field, name)[0]
            except UserError as error:
                # On one line, whatever the path.
                wrong.append(" ".join(str(error).split()))
        if wrong:
            raise UserError("\n".join(wrong))
        return {name: secret for name, secret in found.items() if secret is not None}

    def origins(self, name: str) -> Iterator[SecretOrigin]:
        """Give all places in which the secret is given."""
        for where, variables in self._given:
            if variables.get(name.lower()):
                yield SecretOrigin(name, where)
            if path := variables.get(f"{name}{SUFFIX}".lower()):
                yield SecretOrigin(name, f"the file {path}", Path(path))
        if folder := os.environ.get(CREDENTIALS):
            file = Path(folder) / name
            # Of another service's folder nothing can be read, and nothing is meant for us.
            with suppress(OSError):
                if file.is_file():
                    yield SecretOrigin(name, f"the credential {name}", file)


def secret_names(part: type[BaseSettings]) -> list[str]:
    """Return the names of the variables of a part's secrets."""
    prefix = part.model_config.get("env_prefix", "")
    fields = part.model_fields.items()
    return [f"{prefix}{name}".upper() for name, field in fields if field.annotation is SecretStr]


def secret_origins(part: type[BaseSettings]) -> Iterator[SecretOrigin]:
    """Give where each secret of a part comes from, as far as it is given at all."""
    files = SecretFiles(part, EnvSettingsSource(part).env_vars, DotEnvSettingsSource(part).env_vars)
    for name in secret_names(part):
        yield from files.origins(name)


def _variables(source: PydanticBaseSettingsSource) -> Mapping[str, str | None]:
    return source.env_vars if isinstance(source, EnvSettingsSource) else {}


def _read(name: str, file: Path) -> str:
    """Return the secret in a file. Raises UserError."""
    try:
        # Whatever is no file, such as a pipe, could let the start wait for ever.
        if not file.is_file():
            why = "there is no such file"
        else:
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
            if len(content) > LARGEST:
                why = f"it is larger than {LARGEST:,} bytes"
            elif secret := content.decode().strip():
                return secret
            else:
                why = "it is empty"
    except OSError as error:
        why = error.strerror or str(error)
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    message = f"{name} cannot be read from {file}: {why}. Check the file."
    raise UserError(message)
