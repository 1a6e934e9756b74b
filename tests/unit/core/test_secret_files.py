"""Secrets from files: read, bounded, given once, and never repeated."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from bot.bootstrap.chat_platforms import SETTINGS, variables
from bot.core.secret_files import CREDENTIALS, LARGEST, secret_origins
from bot.errors import UserError
from bot.settings import PREFIX, Settings

NAME = f"{PREFIX}AMAZON_REFRESH_TOKEN"
SECRET = "Atzr|planted-secret"
SECRETS = [
    (part, field, variables(part)[field])
    for part in SETTINGS
    for field, info in part.model_fields.items()
    if info.annotation is SecretStr
]


@pytest.fixture(autouse=True)
def nothing_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def kept(folder: Path, content: bytes = SECRET.encode(), mode: int = 0o600) -> Path:
    file = folder / "secret"
    file.write_bytes(content)
    file.chmod(mode)
    return file


@pytest.mark.parametrize(("part", "field", "name"), SECRETS)
def test_each_secret_may_stand_in_a_file(
    part: type[BaseSettings],
    field: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(f"{name}_FILE", str(kept(tmp_path, f"  {SECRET}\r\n".encode())))
    assert getattr(part(), field).get_secret_value() == SECRET
    assert [origin.name for origin in secret_origins(part)] == [name]


def test_whoever_adds_a_secret_is_named_here() -> None:
    assert len(SECRETS) == 8


def test_the_path_may_stand_in_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"{NAME}_FILE={kept(tmp_path)}\n")
    assert Settings().amazon_refresh_token.get_secret_value() == SECRET


def test_a_credential_of_systemd_is_read_by_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_text(SECRET)
    monkeypatch.setenv(CREDENTIALS, str(tmp_path))
    assert Settings().amazon_refresh_token.get_secret_value() == SECRET
    [origin] = secret_origins(Settings)
    assert origin.where == f"the credential {NAME}"


def test_what_is_given_twice_is_refused_and_said_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = kept(tmp_path)
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    monkeypatch.setenv(NAME, "another")
    with pytest.raises(UserError) as caught:
        Settings()
    assert str(caught.value) == (
        f"{NAME} is set twice: in the environment and in the file {file}. Keep one."
    )
    monkeypatch.delenv(NAME)
    (tmp_path / ".env").write_text(f"{NAME}=another\n")
    with pytest.raises(UserError, match="is set twice"):
        Settings()


def test_what_is_empty_is_not_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", "")
    monkeypatch.setenv(NAME, SECRET)
    assert Settings().amazon_refresh_token.get_secret_value() == SECRET
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path)))
    monkeypatch.setenv(NAME, "")
    assert Settings().amazon_refresh_token.get_secret_value() == SECRET


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"x" * (LARGEST + 1), "it is larger than 4,096 bytes"),
        (b"\xff\xfe", "it is not UTF-8 text"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, why: str
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path, content)))
    with pytest.raises(UserError, match=why) as caught:
        Settings()
    assert "xxxx" not in str(caught.value)


@pytest.mark.parametrize("kind", ["nothing", "a folder", "a pipe"])
def test_what_is_no_file_is_refused_and_nobody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "there"
    if kind == "a folder":
        path.mkdir()
    if kind == "a pipe":
        os.mkfifo(path)
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    with pytest.raises(UserError, match="there is no such file"):
        Settings()


@pytest.mark.parametrize(
    ("mode", "exposed"), [(0o600, False), (0o640, False), (0o604, True), (0o602, True)]
)
def test_a_file_that_others_can_read_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int, exposed: bool
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path, mode=mode)))
    [origin] = secret_origins(Settings)
    assert origin.exposed is exposed
    assert SECRET not in repr(origin)


def test_credentials_of_another_service_are_none_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked = Path.is_file

    def refused(path: Path) -> bool:
        if path.parent == tmp_path / "theirs":
            raise PermissionError
        return looked(path)

    monkeypatch.setenv(CREDENTIALS, str(tmp_path / "theirs"))
    monkeypatch.setattr(Path, "is_file", refused)
    assert list(secret_origins(Settings)) == []
