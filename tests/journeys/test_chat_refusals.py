"""Each refusal of both chats, through the real SDK to dispatcher and store: the next one arrives.

See ``refusal_table``. For each code: what becomes of the message, of its thread, and of the other
chat; and that the NEXT message is read where it belongs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.core.cards import Card, Tone
from bot.core.chat_troubles import Topic
from bot.core.collections import UNDELIVERED
from bot.core.dispatch.refusals import TRIES
from bot.core.files import Upload
from tests.journeys.refusal_table import Asked, Code, End, codes
from tests.journeys.sides import Shown, Side
from tests.journeys.weather import CHATS, Weather, open_weather
from tests.unit.conftest import Team

CODES = list(codes())
SUBJECT, NEXT = "What is refused", "What comes next"
FILE = "proof.txt"
LASTING = (End.WAITS, End.CHAT_OUT, End.ROOM_OUT)
TOPICS = {End.CHAT_OUT: Topic.DELIVERY, End.ROOM_OUT: Topic.ROOM}


def test_the_table_has_enough_of_everything(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter((code.chat, code.asked) for code in CODES)
    with capsys.disabled():
        print(f"\n{len(CODES)} refusals: { ({f'{c} {a}': n for (c, a), n in counts.items()}) }")
    assert len(CODES) >= 40
    assert counts.keys() == {(chat, asked) for chat in CHATS for asked in Asked}


def _name(value: object) -> str | None:
    if not isinstance(value, Code):
        return None
    return f"{value.asked}-{value.status or ''}-{value.word}".replace("--", "-")


@pytest.fixture
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    async with open_weather(team, request.param) as weather:
        await weather.look(1)
        yield weather


@pytest.mark.ci
@pytest.mark.parametrize(
    ("weather", "code"), [(code.chat, code) for code in CODES], indirect=["weather"], ids=_name
)
async def test_a_refusal_ends_as_it_should_and_the_next_message_is_read(
    weather: Weather, code: Code
) -> None:
    await _is_refused(weather, code)
    assert _places(weather.good, SUBJECT) == [_home(code)], "the other chat has it at once"
    if code.end in LASTING:
        await _waits(weather, code)
    else:
        await _ends(weather, code)
    await _next_is_read(weather, code)
    assert await weather.waiting() == 0
    for topic in Topic:
        assert await weather.trouble(topic) is None


async def _is_refused(weather: Weather, code: Code) -> None:
    """Write the message for both chats, and let the one refuse it."""
    times = 999 if code.end in LASTING else TRIES if code.end is End.GIVEN_UP else 1
    weather.bad.refuses(code, times)
    await _write(weather, code, SUBJECT)
    await weather.sends()


async def _write(weather: Weather, code: Code, title: str) -> None:
    app = weather.team.app
    card = Card(title=title, tone=Tone.CRITICAL)
    name = title.rsplit(maxsplit=1)[-1]
    files: tuple[Upload, ...] = ()
    if code.asked is Asked.FILE and title == SUBJECT:
        digest = await app.evidence.keep(b"proof", {"at": "now"})
        files = (Upload(FILE, "text/plain", 5, digest),)
    async with app.store.transaction() as tx:
        match code.asked:
            case Asked.POST:
                app.outbox.post(tx, f"N-{name}", card)
            case Asked.EDIT if title == SUBJECT:
                await app.outbox.edit(tx, "C-1", card)
            case _:
                app.outbox.post(tx, f"C-1/{name}", card, thread="C-1", files=files)


def _home(code: Code) -> str:
    return "channel" if code.asked in (Asked.POST, Asked.EDIT) else "thread"


def _places(side: Side, title: str) -> list[str]:
    """Return where a message is read; what is edited is read in the channel."""
    shown = side.shown()
    inside = [line for each in shown for line in each.lines if title in line]
    return ["channel"] * sum(title in each.title for each in shown) + ["thread"] * len(inside)


async def _waits(weather: Weather, code: Code) -> None:
    assert _places(weather.bad, SUBJECT) in (
        [],
        ["thread"] if code.asked is Asked.FILE else [],
    )
    assert await weather.waiting() >= 1
    await weather.passes(3, step=1)
    told = [each for each in weather.good.shown() if _is_about_trouble(each)]
    topic = TOPICS.get(code.end)
    if topic is None:
        assert told == []
    else:
        known = await weather.trouble(topic)
        assert known is not None
        [text] = [each.text.replace("/brand settings", "/settings") for each in told]
        assert known.cause in text
        assert known.remedy.replace("/brand settings", "/settings") in text
    weather.bad.works()
    await weather.passes(10)
    assert _places(weather.bad, SUBJECT) == [_home(code)]
    if code.asked is Asked.FILE:
        assert _files(weather.bad) == [FILE]


def _is_about_trouble(shown: Shown) -> bool:
    return "does not accept messages" in shown.title or "Alerts do not reach" in shown.title


async def _ends(weather: Weather, code: Code) -> None:
    if code.end is End.GIVEN_UP:
        await _is_given_up(weather)
        return
    places, texts = _places(weather.bad, SUBJECT), _texts(weather.bad)
    match code.end:
        case End.PLAIN:
            assert places == [_home(code)]
            plain = [text for each in weather.bad.shown() for text in each.plain]
            assert any(SUBJECT in text for text in plain)
        case End.WITHOUT_FILE:
            assert places == ["thread"]
            assert _files(weather.bad) == []
            assert any(SUBJECT in text and FILE in text for text in texts)
        case End.IN_THREAD:
            assert places == ["thread"]
        case End.IN_CHANNEL:
            assert places == ["channel"]
        case _:
            assert places == []
    assert await weather.waiting() == 0


async def _is_given_up(weather: Weather) -> None:
    await weather.passes(100, step=5)
    [lost] = await weather.team.app.store.page(UNDELIVERED)
    assert lost.title == SUBJECT
    assert any("Not delivered to" in text and SUBJECT in text for text in _texts(weather.good))


async def _next_is_read(weather: Weather, code: Code) -> None:
    await _write(weather, code, NEXT)
    await weather.sends()
    where = "channel" if code.asked is Asked.POST else "thread"
    assert _places(weather.good, NEXT) == [where]
    # Where the head of the thread is believed to be deleted, it is read in the channel.
    found = _places(weather.bad, NEXT)
    print(f"\n{code.chat} {code.asked} {code.status or ''} {code.word}: {code.end}; next: {found}")
    assert found == [where] or (found == ["channel"] and _lost_its_head(code))


def _lost_its_head(code: Code) -> bool:
    return (
        code.end is End.DROPPED
        or (code.asked is Asked.THREAD and code.end is End.IN_CHANNEL and "10" in code.word[:2])
        or code.word in ("thread_not_found", "message_not_found")
    )


def _texts(side: Side) -> list[str]:
    return [text for each in side.shown() for text in (each.text, *each.lines)]


def _files(side: Side) -> list[str]:
    return [name for each in side.shown() for name in each.files]
