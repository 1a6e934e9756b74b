"""The doctor: what is fine, missing or wrong, what to do, and an exit code that tells."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from anyio.from_thread import BlockingPortal

from adapters.capture.custody import CUSTODY
from adapters.capture.files import FileEvidence
from adapters.simulator import Fault, Marketplace
from adapters.slack.manifest import SCOPES
from bot.bootstrap.application import EVIDENCE, STORE, open_store
from bot.cli.output import PROGRAM
from bot.core.channels import ChannelBinding
from bot.core.collections import CHANNEL_BINDINGS
from bot.features.cases.collections import ENTRIES
from bot.settings import PREFIX, Settings
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.slack.server import FakeSlack
from tests.unit.cli.busy_store import MOMENT, entry
from tests.unit.cli.conftest import Cli, use

OWN = "A3ALDERFINCH01"
SECRET = "hush-hush"
FACTS = {"at": MOMENT.isoformat()}


def states(cli: Cli) -> dict[str, tuple[str, str]]:
    """Return what the doctor finds, by name without the prefix."""
    found = json.loads(cli("doctor", "--json").stdout)
    return {each["name"].removeprefix(PREFIX): (each["state"], each["says"]) for each in found}


def test_with_nothing_set(cli: Cli, folder: Path) -> None:
    said = cli("doctor")
    assert said.exit_code == 1
    assert f"missing {PREFIX}OWN_SELLERS: set your own seller IDs" in said.stdout
    assert f"missing Amazon: set {PREFIX}AMAZON_CLIENT_ID, {PREFIX}AMAZON_CL" in said.stdout
    assert "missing .env: not found: copy .env.example to .env" in said.stdout
    assert "off     Slack: not connected." in said.stdout
    assert "docs/discord.md" in said.stdout
    assert "3 problems. Next: fix .env, then run" in said.stdout
    assert said.stderr == ""
    assert list(folder.iterdir()) == []


def test_amazons_own_id_in_the_place_of_our_own(cli: Cli, folder: Path) -> None:
    (folder / ".env").write_text(f"{PREFIX}OWN_SELLERS={OWN},A3JWKAKR8XB7XF\n")
    said = cli("doctor")
    assert said.exit_code == 2
    assert f"wrong   {PREFIX}OWN_SELLERS: one is Amazon's own, as far" in said.stdout


@pytest.mark.parametrize(("id_", "code"), [("ATVPDKIKX0DER", "US"), ("A1PA6795UKMFR9", "DE")])
def test_a_marketplaces_id_in_the_place_of_our_own(
    cli: Cli, folder: Path, id_: str, code: str
) -> None:
    (folder / ".env").write_text(f"{PREFIX}OWN_SELLERS={OWN},{id_}\n")
    said = cli("doctor")
    assert said.exit_code == 2
    assert (
        f"wrong   {PREFIX}OWN_SELLERS: one is the ID of the marketplace {code}, not of a "
        "seller; Seller Central shows yours under Account info, Merchant token."
    ) in said.stdout


def test_with_everything_set(cli: Cli, market: Marketplace, folder: Path) -> None:
    (folder / ".env").write_text(f"{PREFIX}OWN_SELLERS={OWN}\n")
    (folder / ".env").chmod(0o600)
    said = cli("doctor")
    assert said.exit_code == 0
    assert "fine    Amazon: the login works" in said.stdout
    assert said.stdout.endswith(f"Everything is ready. Next: {PROGRAM} run\n")
    assert market.credentials.client_secret not in said.output


def test_it_says_which_address_of_the_page_is_answered(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "PAGE_URL"
    assert name not in states(cli)
    use(monkeypatch, page_url="https://brand.example.com/")
    assert states(cli)[name] == (
        "fine",
        "https://brand.example.com, and no other address is answered",
    )
    use(monkeypatch, page_url="http://brand.example.com")
    assert states(cli)[name][0] == "wrong"


@pytest.mark.parametrize(
    ("free", "state", "says"),
    [
        (50, "fine", "50.0 GB of 100.0 GB left"),
        (0.5, "wrong", "500 MB of 100.0 GB left, 1.0 GB needed: free up some space, or use"),
    ],
)
def test_it_says_how_much_room_the_disk_has(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, free: float, state: str, says: str
) -> None:
    usage = SimpleNamespace(free=int(free * 1e9), total=100 * 10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    found = states(cli)["Disk"]
    assert found[0] == state
    assert found[1].startswith(says)


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_it_says_what_is_missed_and_how_to_get_one(cli: Cli) -> None:
    state, says = states(cli)["Screenshots"]
    assert state == "off"
    assert says.startswith(
        "alerts and reports have no screenshots of offers. Screenshots need Chromium"
    )
    assert "make browser" in says


def test_what_others_can_read_is_told(cli: Cli, folder: Path) -> None:
    (folder / ".env").touch()
    (folder / "data").mkdir()
    for mode, state in ((0o640, "wrong"), (0o604, "wrong"), (0o600, "fine")):
        (folder / ".env").chmod(mode)
        (folder / "data").chmod(mode | 0o100)
        found = states(cli)
        assert (found[".env"][0], found["DATA_DIR"][0]) == (state, state)
        if state == "wrong":
            assert found[".env"][1].endswith(f"chmod 600 {folder / '.env'}")
            assert found["DATA_DIR"][1].endswith(f"chmod 700 {folder / 'data'}")


def test_what_a_command_makes_is_for_its_user_alone(cli: Cli, folder: Path) -> None:
    os.umask(0o022)
    (folder / "watches.csv").write_text("asin\nB0ALDER001\n")
    cli("watch", "import", "watches.csv")
    made = [folder / "data", *(folder / "data").rglob("*")]
    assert len(made) > 2
    assert not [path for path in made if path.stat().st_mode & 0o077]


@pytest.mark.ci
def test_with_products_one_is_asked_for(cli: Cli, market: Marketplace, folder: Path) -> None:
    (folder / "watches.csv").write_text("asin\nB0ALDER001\n")
    cli("watch", "import", "watches.csv")
    found = states(cli)
    assert found["Data"] == ("fine", "1 product watched")
    assert found["Amazon"] == ("fine", "can read the offers on B0ALDER001")


KEPT = "Records and evidence"


@pytest.fixture
def digest(folder: Path) -> str:
    """Data with a piece of evidence; return its SHA-256."""

    async def fill() -> str:
        digest = await FileEvidence(folder / "data" / EVIDENCE).keep(b"answer", FACTS)
        async with (
            open_store(Settings(data_dir=folder / "data"), simulated=False) as store,
            store.transaction() as tx,
        ):
            tx.put(ENTRIES, entry(1, digest))
        return digest

    return asyncio.run(fill())


def test_evidence_is_in_order(cli: Cli, digest: str) -> None:
    state, says = states(cli)[KEPT]
    assert state == "fine"
    assert says.endswith("and 1 file of evidence; none is missing or changed")


def test_without_data_there_is_no_evidence_to_look_at(cli: Cli) -> None:
    assert states(cli)[KEPT] == ("fine", "nothing yet")


def test_evidence_that_was_changed_is_told_and_what_lists_it(
    cli: Cli, digest: str, folder: Path
) -> None:
    FileEvidence(folder / "data" / EVIDENCE).locate(digest).write_bytes(b"forged")
    said = cli("doctor")
    assert said.exit_code == 1
    what = f"File {digest} was changed after it was saved."
    assert f"wrong   {KEPT}: {what} To see all: {PROGRAM} data check" in said.stdout


def test_a_broken_chain_of_evidence_is_told_while_the_program_runs(
    cli: Cli, digest: str, folder: Path, portal: BlockingPortal
) -> None:
    custody = folder / "data" / EVIDENCE / CUSTODY
    custody.write_bytes(custody.read_bytes().replace(MOMENT.isoformat().encode(), b"1999"))
    with portal.wrap_async_context_manager(open_store(Settings(), simulated=False)):
        assert states(cli)[KEPT] == (
            "wrong",
            f"Entry 1 was changed after it was made. To see all: {PROGRAM} data check",
        )


@pytest.mark.parametrize("gone", [EVIDENCE, STORE])
def test_evidence_or_records_that_are_gone_as_a_whole_are_never_in_order(
    cli: Cli, digest: str, folder: Path, gone: str
) -> None:
    shutil.rmtree(folder / "data" / gone)
    (state, says) = states(cli)[KEPT]
    assert state == "wrong"
    told = {
        EVIDENCE: f"Evidence {digest} of entries C-1-000001 is missing.",
        STORE: "could not check. There is no data in",
    }
    assert says.startswith(told[gone])


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("amazon_client_secret", "Amazon rejected the client ID or its secret. Copy both again"),
        ("amazon_refresh_token", "Amazon rejected the refresh token. Authorize the app again"),
    ],
)
def test_a_wrong_secret(
    setting: str, words: str, cli: Cli, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, **{setting: SECRET})
    said = cli("doctor")
    assert said.exit_code == 1
    assert f"wrong   Amazon: {words}" in said.stdout
    assert SECRET not in said.output


def test_an_outage(cli: Cli, market: Marketplace) -> None:
    market.faults.on(Fault.HTML_503)
    assert states(cli)["Amazon"] == ("wrong", "Amazon answered with an error page (503).")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.SECRET_EXPIRED, "The app's client secret has expired. Rotate it"),
        (Fault.SECURITY_TOKEN_EXPIRED, "Amazon's own security token has expired."),
        (Fault.ROLE_MISSING, "Amazon denied access. Check that the app has the"),
    ],
)
def test_a_denial_says_what_to_do(cli: Cli, market: Marketplace, fault: Fault, words: str) -> None:
    market.faults.on(fault)
    state, says = states(cli)["Amazon"]
    assert (state, says[: len(words)]) == ("wrong", words)


def test_nobody_there(cli: Cli, market: Marketplace, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, amazon_login_url="http://127.0.0.1:1/")
    assert states(cli)["Amazon"] == (
        "wrong",
        "Amazon could not be reached: 127.0.0.1:1 refused the connection. "
        "Check the address in the settings, the firewall and any proxy.",
    )


def test_a_setting_that_nobody_reads(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    use(monkeypatch, own_selers=SECRET)
    (folder / ".env").write_text(f"{PREFIX}COLOUR={SECRET}\n")
    found = states(cli)
    assert found["OWN_SELERS"] == (
        "wrong",
        f"unknown setting, ignored: did you mean {PREFIX}OWN_SELLERS?",
    )
    assert found["COLOUR"][0] == "wrong"
    assert SECRET not in str(found)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The page's port, taken by somebody else."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        use(monkeypatch, web_port=str(port))
        yield port


def test_a_port_that_is_taken(cli: Cli, taken: int) -> None:
    state, says = states(cli)["WEB_PORT"]
    assert state == "wrong"
    assert says.startswith(f"Port {taken} is in use, perhaps by another Brandwarden. Stop it")


def test_a_port_that_is_forbidden(cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("bot.cli.doctor.socket.socket.bind", refuse)
    use(monkeypatch, web_port="80")
    assert states(cli)["WEB_PORT"] == (
        "wrong",
        f"Could not use port 80 (Permission denied). Set {PREFIX}WEB_PORT to a number above 1023.",
    )


def test_while_brandwarden_runs(cli: Cli, in_use: None, taken: int) -> None:
    found = states(cli)
    assert found["Data"] == ("fine", "in use by a running Brandwarden")
    assert found["WEB_PORT"] == ("fine", f"{taken}, in use by a running Brandwarden")


def test_data_that_cannot_be_used(cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "data").touch()
    assert states(cli)["DATA_DIR"][0] == "wrong"
    (folder / "data").unlink()
    cli("watch", "export")
    (folder / "snapshots.jsonl").touch()
    use(monkeypatch, snapshots="snapshots.jsonl")
    found = states(cli)
    assert found["Data"][0] == "wrong"
    assert f"Set {PREFIX}DATA_DIR to another folder" in found["Data"][1]
    assert found["SNAPSHOTS"][0] == "fine"
    use(monkeypatch, snapshots="none.jsonl")
    assert states(cli)["SNAPSHOTS"] == (
        "wrong",
        "cannot read none.jsonl: choose another, or remove this setting",
    )


@pytest.fixture
def chats(
    portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[FakeSlack, FakeDiscord]]:
    """A Slack and a Discord, settings that lead to them, and data that names their channels."""
    with (
        portal.wrap_async_context_manager(FakeSlack()) as slack,
        portal.wrap_async_context_manager(FakeDiscord(token="fake.bot.token")) as discord,
    ):
        slack.scopes = set(SCOPES) | {"connections:write"}
        slack.add_channel("C1", "alerts")
        use(
            monkeypatch,
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_endpoint=slack.base_url,
            discord_token=discord.token,
            discord_endpoint=f"{discord.url}/api/v10",
            discord_gateway=discord.gateway_url,
        )
        portal.call(settle, {"slack": "C1", "discord": str(discord.channel("brand-alerts").id)})
        yield slack, discord


async def settle(channels: dict[str, str]) -> None:
    async with open_store(Settings(), simulated=False) as store, store.transaction() as tx:
        for chat, channel in channels.items():
            tx.put(CHANNEL_BINDINGS, ChannelBinding(chat=chat, workspace="T1", channel=channel))


def test_both_chats_with_the_channels_of_the_data(
    cli: Cli, chats: tuple[FakeSlack, FakeDiscord]
) -> None:
    slack, discord = chats
    found = states(cli)
    assert found["Slack channel"] == ("fine", "#alerts")
    assert found["Discord channel"] == ("fine", "#brand-alerts")
    assert "Alert channels" not in found
    said = cli("doctor").output
    for secret in (slack.bot_token, slack.app_token, discord.token):
        assert secret not in said


def test_an_open_channel_is_fine_where_the_team_is_named(
    cli: Cli, chats: tuple[FakeSlack, FakeDiscord], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = states(cli)
    assert found["Discord members"] == ("fine", "everyone who can view #brand-alerts")
    state, says = found["Slack members"]
    assert state == "missing"
    assert "make it private, or list people in BRANDWARDEN_MEMBERS" in says
    use(monkeypatch, members="U012ABC")
    assert states(cli)["Slack members"] == ("fine", says)


def test_while_brandwarden_runs_the_channels_are_not_looked_at(
    cli: Cli, chats: tuple[FakeSlack, FakeDiscord], in_use: None
) -> None:
    found = states(cli)
    assert found["SLACK_BOT_TOKEN"][0] == found["Discord token"][0] == "fine"
    assert "Slack channel" not in found
    says = "not checked: the data is in use by a running Brandwarden"
    assert found["Alert channels"] == ("fine", says)


def test_a_chat_that_refuses_us_counts(
    cli: Cli, chats: tuple[FakeSlack, FakeDiscord], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, slack_bot_token="xoxb-another", discord_token=SECRET)
    said = cli("doctor")
    assert said.exit_code == 1
    wrong = f"wrong   {PREFIX}SLACK_BOT_TOKEN: Slack rejected the token (invalid_auth)."
    assert wrong in said.stdout
    assert "wrong   Discord token: a bot token has three parts" in said.stdout
    assert SECRET not in said.output
    assert "xoxb-another" not in said.output


def test_a_token_without_the_one_that_it_needs(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, slack_app_token=SECRET)
    assert states(cli)["Slack"] == ("missing", f"Set {PREFIX}SLACK_BOT_TOKEN too (docs/slack.md).")


def test_it_says_where_a_secret_comes_from_and_never_which_it_is(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = folder / "token"
    secret.write_text("Atzr|planted")
    secret.chmod(0o600)
    use(monkeypatch, amazon_refresh_token_file=str(secret), brand_file="x")
    use(monkeypatch, amazon_client_secret="planted, too")
    said = cli("doctor")
    assert "planted" not in said.output
    found = states(cli)
    assert found["AMAZON_REFRESH_TOKEN"] == ("fine", f"from the file {secret}")
    assert found["AMAZON_CLIENT_SECRET"] == ("fine", "from the environment")
    assert found["BRAND_FILE"][0] == "wrong"
    assert "AMAZON_REFRESH_TOKEN_FILE" not in found
    secret.chmod(0o604)
    state, says = states(cli)["AMAZON_REFRESH_TOKEN"]
    assert state == "wrong"
    assert says.endswith(f"which others can read. Run: chmod 600 {secret}")


def test_a_secret_that_is_given_twice_is_told_in_a_sentence(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "token").write_text("planted")
    use(monkeypatch, slack_bot_token="planted", slack_bot_token_file=str(folder / "token"))
    said = cli("doctor")
    assert said.exit_code == 2
    assert "wrong   BRANDWARDEN_SLACK_BOT_TOKEN: is set twice" in said.stdout
    assert "planted" not in said.output


def test_wrong_settings_do_not_keep_it_from_the_rest(
    cli: Cli, market: Marketplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(
        monkeypatch,
        own_sellers=SECRET,
        check_every="often",
        amazon_login_url=SECRET,
        amazon_client_secret_file="no\nfile",
        slack_bot_token_file="none",
        slack_endpoint=SECRET,
        discord_token="of one part",
    )
    said = cli("doctor")
    found = [line.split(":")[0].split() for line in said.stdout.splitlines() if ":" in line]
    wrong = [name.removeprefix(PREFIX) for state, name, *_ in found if state == "wrong"]
    assert said.exit_code == 2
    assert wrong == [
        "AMAZON_CLIENT_SECRET",
        "OWN_SELLERS",
        "AMAZON_LOGIN_URL",
        "CHECK_EVERY",
        "SLACK_BOT_TOKEN",
        "SLACK_ENDPOINT",
        "Discord",
    ]
    assert "missing Amazon: not checked" in said.stdout
    assert (
        f"{PREFIX}AMAZON_CLIENT_SECRET: is set twice: in the environment and in the file no file."
        in said.stdout
    )
    assert "fine    Disk: " in said.stdout
    assert "Slack: not connected" not in said.stdout
    assert f"problems. Next: fix {PREFIX}AMAZON_CLIENT_SECRET, then run" in said.stdout
    assert SECRET not in said.output


def test_without_a_keepa_key_it_says_what_is_missed(cli: Cli) -> None:
    state, says = states(cli)["Keepa"]
    assert state == "off"
    assert says.endswith(f"set {PREFIX}KEEPA_KEY")


def test_a_keepa_key_is_tried_and_its_tokens_are_told(
    cli: Cli, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEPA_ENDPOINT", market.keepa_url)
    monkeypatch.setenv(f"{PREFIX}KEEPA_KEY", market.keepa_key)
    assert states(cli)["Keepa"] == ("fine", "the key works; 300 tokens left, 5 more a minute")
    monkeypatch.setenv(f"{PREFIX}KEEPA_KEY", SECRET)
    found = cli("doctor")
    assert "wrong   Keepa: Keepa refused the key" in found.stdout
    assert SECRET not in found.output


def test_keepas_key_goes_to_keepa_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEPA_KEY", SECRET)
    monkeypatch.setenv(f"{PREFIX}KEEPA_ENDPOINT", "https://api.keepa.com.example.com")
    state, says = states(cli)["KEEPA_ENDPOINT"]
    assert state == "wrong"
    assert "https://api.keepa.com" in says
    assert "example.com" not in says
