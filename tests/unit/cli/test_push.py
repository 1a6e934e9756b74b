"""``push setup`` and ``push status``: from Amazon to the queue, with every way to fail said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from typer.testing import CliRunner, Result

from adapters.simulator import Fault, Marketplace, Operation
from bot.__main__ import app
from bot.bootstrap.push import NOT_INSTALLED
from bot.core.notifications import SUBSCRIBED
from bot.core.push_policy import SENDER, bridge_commands, policy_for
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import Destination
from tests.queues import KEY, SECRET, moto_server, new_queue
from tests.unit.cli.conftest import Cli, use

ADDRESS = QueueAddress.of("https://sqs.us-east-1.amazonaws.com/123456789012/brandwarden")
ALL = len(SUBSCRIBED)


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    with moto_server() as base:
        yield base


@pytest.fixture
def queue(
    aws: str, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch, market: Marketplace
) -> QueueAddress:
    """A queue that is there, and settings that lead to it."""
    address = portal.call(new_queue, aws, "brandwarden")
    use(
        monkeypatch,
        push_queue_url=address.url,
        push_access_key_id=KEY,
        push_secret_access_key=SECRET,
    )
    return address


def answered(answer: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["push", *words], input=answer, catch_exceptions=False)


def doctors(cli: Cli) -> tuple[str, str]:
    found = json.loads(cli("doctor", "--json").stdout)
    [(state, says)] = [
        (each["state"], each["says"]) for each in found if each["name"] == "Notifications"
    ]
    return state, says


@pytest.mark.queue
@pytest.mark.ci
def test_it_asks_subscribes_and_does_nothing_the_second_time(cli: Cli, queue: QueueAddress) -> None:
    said = answered("y\n", "setup")
    assert said.exit_code == 0
    assert f'"AWS": "{SENDER}"' in said.stdout
    assert f"Subscribe to {ALL} notifications? [y/N]: y" in said.stdout
    assert "aws events put-targets --rule brandwarden" in said.stdout
    again = cli("push", "setup")
    assert again.exit_code == 0
    assert "Subscribe" not in again.stdout
    told = cli("push", "status")
    assert told.exit_code == 0
    assert "  ANY_OFFER_CHANGED              subscribed" in told.stdout
    assert "Last notification: never" in told.stdout
    assert doctors(cli) == ("fine", f"{ALL} of {ALL} notifications subscribed; last one never")


@pytest.mark.queue
@pytest.mark.ci
def test_nothing_is_subscribed_unless_a_person_says_so(cli: Cli, queue: QueueAddress) -> None:
    said = answered("n\n", "setup")
    assert said.exit_code == 1
    assert said.stdout.endswith("Nothing was changed.\n")
    told = json.loads(cli("push", "status", "--json").stdout)
    assert set(told["regions"]["na"].values()) == {"not subscribed"}
    assert told["queue"] == queue.arn
    state, says = doctors(cli)
    assert state == "missing"
    assert says.endswith("push setup")


@pytest.mark.queue
@pytest.mark.ci
def test_what_cannot_be_checked_is_not_called_fine(
    cli: Cli, queue: QueueAddress, market: Marketplace
) -> None:
    cli("push", "setup", "--yes")
    market.faults.on(Fault.ROLE_MISSING, operation=Operation.GET_SUBSCRIPTION)
    told = cli("push", "status")
    assert told.exit_code == 1
    assert "could not check" in told.stdout
    assert "has the right role" in told.stderr
    assert doctors(cli)[0] == "wrong"


@pytest.mark.queue
@pytest.mark.ci
def test_a_queue_that_is_not_there_is_told(
    cli: Cli, queue: QueueAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, push_queue_url=queue.url + "-gone")
    told = cli("push", "status")
    assert told.exit_code == 1
    assert "There is no such queue. Check BRANDWARDEN_PUSH_QUEUE_URL." in told.stderr
    assert doctors(cli)[0] == "wrong"


@pytest.mark.queue
@pytest.mark.ci
def test_a_made_up_notification_is_sent(
    cli: Cli, queue: QueueAddress, market: Marketplace, portal: BlockingPortal
) -> None:
    said = cli("push", "test")
    assert (said.exit_code, said.stdout) == (0, "Sent. It comes to the queue within a minute.\n")
    assert len(portal.call(market.notifications.receive)) == 1


def test_the_real_amazon_sends_no_made_up_one(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    use(
        monkeypatch,
        push_queue_url=ADDRESS.url,
        amazon_client_id="id",
        amazon_client_secret="secret",
        amazon_refresh_token="token",
    )
    said = cli("push", "test")
    assert said.exit_code == 2
    assert "Only Amazon's sandbox sends test notifications." in said.stderr


def test_without_a_queue_it_says_where_to_begin(cli: Cli, market: Marketplace) -> None:
    said = cli("push", "status")
    assert said.exit_code == 2
    assert "Create a queue first and set BRANDWARDEN_PUSH_QUEUE_URL" in said.stderr
    state, says = doctors(cli)
    assert state == "off"
    assert "docs/running.md" in says


def test_without_an_account_it_says_what_to_set(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, push_queue_url=ADDRESS.url)
    said = cli("push", "setup")
    assert said.exit_code == 2
    assert "Set BRANDWARDEN_AMAZON_CLIENT_ID" in said.stderr


def test_where_the_software_is_missing_it_says_how_to_get_it(
    cli: Cli, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, push_queue_url=ADDRESS.url)
    monkeypatch.setattr("bot.bootstrap.push.find_spec", lambda _: None)
    assert doctors(cli) == ("wrong", NOT_INSTALLED)


def test_the_policy_lets_in_amazon_and_rules_of_the_same_account() -> None:
    amazon, bridge = json.loads(policy_for(ADDRESS))["Statement"]
    assert amazon["Action"] == ["sqs:SendMessage", "sqs:GetQueueAttributes"]
    assert amazon["Resource"] == bridge["Resource"] == ADDRESS.arn
    rules = "arn:aws:events:us-east-1:123456789012:rule/*"
    assert bridge["Condition"] == {"ArnLike": {"aws:SourceArn": rules}}


def test_the_commands_lead_the_bus_into_the_queue(folder: Path) -> None:
    bridge = Destination(id="d-2", source="aws.partner/x/y")
    bus, rule, target = bridge_commands(bridge, ADDRESS)
    assert "--name aws.partner/x/y --event-source-name aws.partner/x/y" in bus
    assert """--event-pattern '{"account": ["123456789012"]}'""" in rule
    assert f"Arn={ADDRESS.arn}" in target
