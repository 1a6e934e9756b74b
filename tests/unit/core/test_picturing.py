from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.bootstrap.features import FEATURES
from bot.core import cards, own_feature
from bot.core.cards import Card
from bot.core.chart_jobs import NO_PRINTER, PICTURES, ChartJob, ask_pictures
from bot.core.charts import CHART_PRINTER, Bar, Bars, Chart, spoken
from bot.core.collections import JOBS
from bot.core.context import AppContext
from bot.core.feature import ChartBuilder, Feature, Features
from bot.core.interactions import Command, Notice, Reply
from bot.core.job_handlers import JobHandler
from bot.core.jobs import JobRunner, job_runner
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, RequestContext
from bot.core.router import Router
from tests.unit.conftest import ANA, PLACE, Team

SOURCES = Bars(
    title="Attacks by source",
    says="Report the first.",
    bars=(Bar("A1QX7ZP9KD4W2M", 5, strong=True), Bar("A2", 2)),
)
MANY = Bars(title="Many", says="A lot.", bars=tuple(Bar("x" * 70, n) for n in range(40)))


def builders(*charts: Chart) -> Mapping[str, ChartBuilder]:
    async def build(app: AppContext, _: str) -> tuple[Card, tuple[Chart, ...]]:
        assert app.brand.name
        return Card(title="Attacks", body="Twelve weeks."), charts

    return {"attacks": build}


def drawing(app: AppContext, *charts: Chart) -> AppContext:
    """Return an application whose features draw these charts alone."""
    brought = Feature(name="test", charts=builders(*charts))
    return replace(app, features=Features([own_feature.FEATURE, brought]))


async def ask(team: Team, name: str = "attacks") -> None:
    """Let a person ask for pictures, by a command of this test."""

    async def run(ctx: RequestContext) -> list[Reply]:
        ask_pictures(ctx.app, ctx.tx, ctx.who, ctx.text)
        return [Notice("They come.")]

    spec = CommandSpec("pictures", "/pictures", "Pictures.", Permission.READ, run)
    features = Features([Feature(name="test", commands=(spec,))])
    router = Router(replace(team.app, features=features), team.monitor)
    command = Command(
        id=f"ask-{team.clock.now}-{name}",
        who=ANA[0],
        role=ANA[1],
        where=PLACE,
        at=team.clock.now,
        name="pictures",
        text=name,
    )
    assert await router.handle(command) == [Notice("They come.")]


async def work_off(team: Team, *charts: Chart, app: AppContext | None = None) -> None:
    picturing = ChartJob(drawing(app or team.app, *charts))

    async def tell(job: object, why: str) -> None:
        raise AssertionError(why)

    await JobRunner(team.app, {PICTURES: JobHandler(picturing.run)}, tell).tick()
    await team.dispatcher.deliver()


async def test_pictures_come_in_one_message_with_their_words(team: Team) -> None:
    await ask(team)
    assert ("jobs", "") in team.scheduler.triggered
    await work_off(team, SOURCES, MANY)
    [key] = team.chat.order
    message = team.chat.messages[key]
    assert [file.name for file in message.files] == ["attacks-1.png", "attacks-2.png"]
    assert {file.kind for file in message.files} == {"image/png"}
    assert message.files[0].alt == spoken(SOURCES)
    assert len(message.files[1].alt) == 1000
    assert team.printer.charts == [SOURCES, MANY]
    assert await team.app.evidence.read(message.files[0].content)


async def test_the_card_says_what_each_picture_means(team: Team) -> None:
    await ask(team)
    await work_off(team, SOURCES)
    [card] = team.chat.cards.values()
    assert card.body == "Twelve weeks.\nAttacks by source: Report the first."


async def test_too_many_numbers_are_cut_visibly(team: Team) -> None:
    await ask(team)
    app = replace(team.app, resources=team.app.resources.having(CHART_PRINTER, None))
    await work_off(team, MANY, MANY, MANY, app=app)
    [card] = team.chat.cards.values()
    assert len(card.body) <= cards.BODY
    assert card.body.count("…") == 3


async def test_pictures_that_nobody_asked_for_again_come_once(team: Team) -> None:
    await ask(team)
    await work_off(team, SOURCES)
    await work_off(team, SOURCES)
    assert len(team.chat.order) == 1
    assert await team.app.store.page(JOBS) == []


async def test_asked_twice_at_once_they_come_once_and_later_anew(team: Team) -> None:
    await ask(team)
    team.clock.advance(seconds=1)
    await ask(team)
    await work_off(team, SOURCES)
    assert len(team.chat.order) == 1
    team.clock.advance(minutes=1)
    await ask(team)
    await work_off(team, SOURCES)
    assert len(team.chat.order) == 2


async def test_killed_between_drawing_and_posting_they_come_once(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    await ask(team)
    with monkeypatch.context() as patched:
        patched.setattr("bot.core.chart_jobs.run_in_transaction", killed)
        with pytest.raises(Killed):
            await work_off(team, SOURCES)
    assert team.printer.charts == [SOURCES]
    assert team.chat.order == []
    await work_off(team, SOURCES)
    await work_off(team, SOURCES)
    assert len(team.chat.order) == 1


async def test_asked_again_while_they_are_drawn_only_the_newer_ones_come(team: Team) -> None:
    await ask(team)
    [job] = await team.app.store.page(JOBS)
    team.clock.advance(seconds=5)
    await ask(team)
    # The first job was read before it was asked for again.
    await ChartJob(drawing(team.app, SOURCES)).run(job)
    await team.dispatcher.deliver()
    assert team.chat.order == []
    await work_off(team, SOURCES)
    assert len(team.chat.order) == 1


async def test_without_a_printer_the_numbers_come_alone(team: Team) -> None:
    await ask(team)
    resources = team.app.resources.having(CHART_PRINTER, None)
    await work_off(team, SOURCES, app=replace(team.app, resources=resources))
    [key] = team.chat.order
    assert team.chat.messages[key].files == ()
    body = team.chat.cards[key].body
    assert NO_PRINTER in body
    assert spoken(SOURCES) in body


async def test_a_name_of_another_version_is_dropped(team: Team) -> None:
    await ask(team, "weather")
    await work_off(team, SOURCES)
    assert team.chat.order == []
    assert await team.app.store.page(JOBS) == []


@pytest.mark.parametrize("name", FEATURES.charts)
async def test_every_kind_of_pictures_is_posted_even_where_nothing_happened(
    team: Team, name: str
) -> None:
    await ask(team, name)
    await team.work()
    assert len(team.chat.order) == 1
    assert await team.app.store.page(JOBS) == []


async def test_what_cannot_be_drawn_is_told_to_the_channel(team: Team) -> None:
    runner = job_runner(drawing(team.app, SOURCES))
    team.printer.trouble = "The layout could not be created."
    await ask(team)
    for _ in range(3):
        await runner.tick()
        team.clock.advance(minutes=5)
    await team.dispatcher.deliver()
    [card] = team.chat.cards.values()
    assert card.title == "Could not draw the charts"
    assert "The layout could not be created. Ask for them again" in card.body
    assert await team.app.store.page(JOBS) == []
