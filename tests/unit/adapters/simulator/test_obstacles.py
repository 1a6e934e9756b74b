"""What can stand in a page's place: a login, a captcha, a dog that says sorry."""

import pytest

from adapters.simulator import Fault, Marketplace, Operation
from tests.unit.adapters.simulator.caller import Caller
from tests.unit.adapters.simulator.small import PAN

PATHS = {
    "/ap/signin": (200, "Email or mobile phone number"),
    "/errors/validateCaptcha": (200, "Enter the characters you see below"),
    "/errors/503": (503, "Sorry! Something went wrong"),
}


@pytest.mark.parametrize("path", PATHS)
async def test_each_has_a_path_of_its_own(stranger: Caller, path: str) -> None:
    status, words = PATHS[path]
    response = await stranger.client.get(path)
    assert response.status_code == status
    assert words in response.text


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [(Fault.CAPTCHA, 200, "validateCaptcha"), (Fault.DOG_PAGE, 503, "Something went wrong")],
)
async def test_a_fault_stands_in_the_pages_place_once(
    stranger: Caller, market: Marketplace, fault: Fault, status: int, words: str
) -> None:
    market.faults.on(fault, operation=Operation.PAGE, times=1)
    response = await stranger.client.get(f"/dp/{PAN}")
    assert response.status_code == status
    assert words in response.text
    assert "In stock" in (await stranger.client.get(f"/dp/{PAN}")).text


async def test_a_login_wall_leads_to_the_login_and_knows_the_way_back(
    stranger: Caller, market: Marketplace
) -> None:
    market.faults.on(Fault.LOGIN_WALL, operation=Operation.PAGE)
    response = await stranger.client.get(f"/dp/{PAN}?m=X")
    assert response.status_code == 302
    assert response.headers["location"] == f"/ap/signin?openid.return_to=%2Fdp%2F{PAN}%3Fm%3DX"


async def test_pictures_are_not_in_the_way(stranger: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.CAPTCHA, operation=Operation.PAGE)
    assert "svg" in (await stranger.client.get(f"/images/{PAN}.svg")).headers["content-type"]
