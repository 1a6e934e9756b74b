"""A recipe of docs/recipes names every file and no more; a test tells what is forgotten."""

from __future__ import annotations

import pytest

from tests.recipes.house import PAGES, House, Recipe, matches
from tests.recipes.recipes import RECIPES

pytestmark = pytest.mark.git

FILES = {
    "rule": 3,
    "command": 4,
    "button": 3,
    "flow": 4,
    "checklist": 4,
    "chat": 1 + 4,
    "periodic": 5,
}
"""How many a recipe may touch. A chat's are its rig and four others, besides its folder."""
STRUCTURE = (
    "tests/unit/test_names.py",
    "tests/unit/test_words.py",
    "tests/unit/test_settings.py",
    "tests/unit/test_buttons.py",
    "tests/unit/test_chat_files.py",
    "tests/docs",
    "tests/journeys/test_roles.py",
    "tests/contracts/chat/test_rights.py",
)
"""What holds of the whole house, in seconds."""
OF_THE_HOUSE = "not walk and (docs or unit or in_these_tables or has_a_rig)"
FAILED = {
    pytest.ExitCode.TESTS_FAILED,
    pytest.ExitCode.INTERRUPTED,  # a test cannot be loaded
}
FORGOTTEN = [(each, path) for each in RECIPES.values() for path in each.forgotten]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("recipes"))


@pytest.fixture
def house(copied: House) -> House:
    copied.begin()
    return copied


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_touches_so_many_files_and_then_works(house: House, recipe: Recipe) -> None:
    house.follow(recipe)
    assert house.changed() == recipe.files
    assert recipe.count == FILES[recipe.name]
    said = house.tests(recipe.shown_by, recipe.only)
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    ("recipe", "path"), FORGOTTEN, ids=[f"{each.name}-{path}" for each, path in FORGOTTEN]
)
def test_a_file_that_is_forgotten_is_told(house: House, recipe: Recipe, path: str) -> None:
    house.follow(recipe, without=path)
    said = house.tests(recipe.shown_by, recipe.only)
    assert said.returncode in FAILED, said.stdout


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_page_names_each_file_that_its_recipe_touches(recipe: Recipe) -> None:
    count = recipe.count
    said = f"a folder, its rig and {count - 1} files" if recipe.folder else f"{count} files"
    assert recipe.stated() == said
    for path in recipe.files:
        assert [step for step in recipe.steps() if matches(step, path)], path
    for step in recipe.steps():
        assert [path for path in recipe.files if matches(step, path)], step


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_page_shows_the_code_that_is_followed(recipe: Recipe) -> None:
    written = recipe.written()
    for example in recipe.examples():
        assert [text for text in written if example in text], example


def test_each_page_has_a_recipe_that_follows_it() -> None:
    pages = {page.stem for page in PAGES.glob("*.md")}
    assert pages == {*RECIPES, "README"}
    index = (PAGES / "README.md").read_text("utf-8")
    assert all(f"]({name}.md)" in index for name in RECIPES)


def test_the_house_holds_with_all_of_them(house: House) -> None:
    for recipe in RECIPES.values():
        house.follow(recipe)
    said = house.tests(STRUCTURE, OF_THE_HOUSE)
    assert said.returncode == 0, said.stdout
    said = house.tool("lint-imports")
    assert said.returncode == 0, said.stdout
    for words in (("format",), ("check", "--fix"), ("format", "--check")):
        said = house.tool("ruff", *words, ".")
        assert said.returncode == 0, said.stdout
    assert house.changed() == {path for recipe in RECIPES.values() for path in recipe.files}
