"""The rules by which files count, on an invented program; and one walk through the product."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.core.router import Router
from tests.walks import tracing
from tests.walks.__main__ import lines, measure
from tests.walks.tracing import Trace

SHOP: Mapping[str, str] = {
    "__init__.py": "",
    "service.py": """
from shop import words
from shop.limits import MOST
from shop.offers import first, second
from shop.orders import KEY, Order
from shop.prices import price
from shop.signs import Sign
from shop.states import State
from shop.store import keep
from shop.team import Team
from shop.till import Till
from shop.unused import never

async def sell(count):
    order = Order(min(count, MOST))
    keep(KEY(order), order.double(), Sign().text, words.THANKS)
    first.rule(), second.rule(), Till()
    return await Team().lead() if price(order) == State.DEAR.value else never()
""",
    "orders.py": """
import msgspec
KEY = lambda order: order.count
def _twice(count): return 2 * count
class Order(msgspec.Struct):
    count: int
    def double(self): return _twice(self.count)
""",
    "signs.py": "class Sign:\n    @property\n    def text(self): return 'Open'\n",
    "team.py": """
import dataclasses
@dataclasses.dataclass(frozen=True)
class Team:
    async def lead(self): return "Ana"
""",
    "till.py": "class Till:\n    def __init__(self): ...\n",
    "prices.py": "def price(order): return order.count\n",
    "offers/__init__.py": "",
    "offers/first.py": "def rule(): ...\n",
    "offers/second.py": "def rule(): ...\n",
    "store.py": "def keep(*what): ...\n",
    "limits.py": "MOST = 9\n",
    "states.py": "import enum\nclass State(enum.Enum):\n    DEAR = 7\n",
    "words.py": "THANKS = 'Thank you'\n",
    "unused.py": "def never(): ...\n",
}


async def test_a_file_counts_by_what_ran_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in SHOP.items():
        file = tmp_path / "shop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(tracing, "APART", {"storage": ("shop/store",)})
    monkeypatch.setattr(tracing, "TOGETHER", ("shop/offers/",))
    sell = importlib.import_module("shop.service").sell
    trace = Trace(tmp_path, ["shop"])
    with trace.installed():
        await sell(7)
        assert trace.files().counted == ()
        trace.recording = True
        await sell(7)
        trace.recording = False
    found = trace.files()
    assert [Path(file).stem for file in found.counted] == [
        *("service", "offers", "till", "prices", "team")
    ]
    assert found.apart == {"storage": ("shop/store.py",)}
    assert found.value_types == ("shop/orders.py", "shop/signs.py")
    assert set(found.only_named) == {"shop/limits.py", "shop/states.py", "shop/words.py"}


async def test_an_answer_passes_the_router() -> None:
    found = await measure("step")
    router = inspect.getsourcefile(Router)
    assert router is not None
    assert any(router.endswith(file) for file in found.counted)
    assert found.apart["storage"]
    assert lines("step", found)[0].startswith(f"step: {len(found.counted)} files.")
