"""The catalogs of texts: every language has the same keys, and uses the same of what is known."""

from __future__ import annotations

from pathlib import Path
from traceback import format_exception

import msgspec
import pytest
from jinja2 import Environment, UndefinedError, meta, nodes

from bot.core.languages import LANGUAGES, spoken
from bot.core.templates import WORDS, TextCatalogs
from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.models.support_requests import SupportMatter
from bot.features.letters.texts.writing import BUYERS, SUPPORT
from bot.features.reports.models.claims import Claim
from bot.features.reports.texts.writing import EARLIER, LETTER, REPORTS
from tests.cases import for_each
from tests.unit.texts.subjects import ALL_LANGUAGES

FEATURES = Path(__file__).parents[3] / "bot" / "features"
SHIPPED = {
    path.name: msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
    for path in sorted(FEATURES.glob("*/texts/*.toml"))
    if path.name != "items.toml"
}
"""Templates by key, by the name of their catalog."""
KINDS = {
    "reports": (REPORTS, ALL_LANGUAGES, {*Claim, LETTER, EARLIER}),
    "buyers": (BUYERS, tuple(LANGUAGES), {*Situation}),
    "support": (SUPPORT, ("de", "en"), {*SupportMatter}),
}
WHOLE = {"message", "request"}
"""Parts that include a text, and are what is asked for."""
JINJA = Environment(autoescape=True)

each_kind = for_each("kind", KINDS)
OVER = {name: f"{spoken(name)}.toml" for name in SHIPPED if "-" in name}
"""The catalogs of countries, with those of their languages."""

each_language = for_each(
    "catalog",
    [name for name in SHIPPED if name.count(".") == 2 and ".en." not in name and "-" not in name],
)
each_country = for_each("catalog", OVER)


def used(key: str, template: str) -> set[str]:
    """Return what a template takes from elsewhere, and the names that it gives to others.

    The labels of a claim's points are translated; what else has a name is the same everywhere.
    """
    tree = JINJA.parse(template)
    names, macros = tree.find_all(nodes.Name), tree.find_all(nodes.Macro)
    named = {
        *(f"{each.name} ({each.ctx})" for each in names),
        *(path for each in tree.find_all(nodes.Getattr) if (path := dotted(each))),
        *(f"{each.name}({', '.join(arg.name for arg in each.args)})" for each in macros),
        *(f"block {each.name}" for each in tree.find_all(nodes.Block)),
        *(f"part {each}" for each in meta.find_referenced_templates(tree)),
    }
    pairs = tree.find_all(nodes.Pair) if key == WORDS else ()
    return named | {f"key {each.key.as_const()}" for each in pairs}


def names(template: str) -> set[str]:
    """Return the names that a template of words gives, macros with what they take."""
    tree = JINJA.parse(template)
    macros = tree.find_all(nodes.Macro)
    given = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    return given | {f"{each.name}({', '.join(arg.name for arg in each.args)})" for each in macros}


def dotted(node: nodes.Node) -> str:
    """Return ``s.brand`` for what is read so, and nothing for what is worked out."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (of := dotted(node.node)):
        return f"{of}.{node.attr}"
    return ""


@each_kind
def test_a_kind_has_a_catalog_for_each_of_its_languages_and_one_for_all(kind: str) -> None:
    catalogs, languages, _ = KINDS[kind]
    assert set(catalogs.languages) == set(languages)
    own = {f"{kind}.{language}.toml" for language in languages}
    assert {name for name in SHIPPED if name.startswith(f"{kind}.")} == {f"{kind}.toml", *own}


def test_every_catalog_is_of_a_kind() -> None:
    assert {name.partition(".")[0] for name in SHIPPED} == {*KINDS}


@each_kind
def test_every_language_has_a_template_for_each_key_and_no_other(kind: str) -> None:
    _, languages, keys = KINDS[kind]
    for language in set(map(spoken, languages)):
        assert SHIPPED[f"{kind}.{language}.toml"].keys() == {*keys, WORDS}, language


@each_country
def test_a_country_says_otherwise_what_its_language_says_as_well(catalog: str) -> None:
    own, language = SHIPPED[catalog], SHIPPED[OVER[catalog]]
    for key in own.keys() - {WORDS}:
        assert used(key, own[key]) == used(key, language[key]), key
        assert own[key] != language[key], key
    assert own.keys() <= language.keys()
    both = language[WORDS] + own.get(WORDS, "")
    assert names(both) == names(language[WORDS])


@each_language
def test_every_language_uses_what_english_uses(catalog: str) -> None:
    english = SHIPPED[f"{catalog.partition('.')[0]}.en.toml"]
    for key, template in SHIPPED[catalog].items():
        assert used(key, template) == used(key, english[key]), key


@each_kind
def test_every_part_is_used_and_none_is_called_like_a_text(kind: str) -> None:
    _, languages, keys = KINDS[kind]
    parts = SHIPPED[f"{kind}.toml"]
    files = [parts, *(SHIPPED[f"{kind}.{language}.toml"] for language in languages)]
    templates = [text for file in files for text in file.values()]
    found = [meta.find_referenced_templates(JINJA.parse(text)) for text in templates]
    assert {part for named in found for part in named if part} == parts.keys() - WHOLE
    assert parts.keys().isdisjoint({*keys, WORDS})


def test_what_a_translation_forgets_is_found() -> None:
    template = "{% macro m(a, b) %}{{ a }}{% endmacro %}{{ w.since }}{{ s.brand | upper }}"
    for less in ("{{ w.since }}", "{{ s.brand | upper }}", ", b", "{{ a }}"):
        assert used("late", template) != used("late", template.replace(less, "")), less
    assert used(WORDS, "{% set a = {'b': 1} %}") != used(WORDS, "{% set a = {'c': 1} %}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the texts of one kind in two languages."""
    (tmp_path / "notes.toml").write_text(
        """page = '''{{ w.hello }}, {% block body %}{% endblock %}'''"""
    )
    for language, hello in (("en", "Hello"), ("de", "Hallo")):
        (tmp_path / f"notes.{language}.toml").write_text(
            f"""words = '{{% set hello = "{hello}" %}}'\n"""
            """late = '{% extends "page" %}{% block body %}{{ n.who }}{% endblock %}'\n"""
        )
    return tmp_path


def notes(folder: Path) -> TextCatalogs:
    return TextCatalogs(folder, "notes", ("late",))


def late(catalogs: TextCatalogs, language: str) -> str:
    return catalogs.render("late", language, n={"who": "Ann"})


def test_a_text_is_in_its_language_and_else_in_english(folder: Path) -> None:
    catalogs = notes(folder)
    assert catalogs.languages == ("de", "en")
    assert catalogs.words("de")["hello"] == "Hallo"
    assert late(catalogs, "de") == "Hallo, Ann"
    for language in ("en", "nl", "", "../de", "DE"):
        assert late(catalogs, language) == "Hello, Ann"
        assert catalogs.written_in(language) == "en"


def test_a_country_says_some_things_otherwise_and_the_rest_as_its_language(folder: Path) -> None:
    (folder / "notes.de-AT.toml").write_text("""words = '{% set hello = "Servus" %}'""")
    catalogs = notes(folder)
    assert catalogs.languages == ("de-AT", "de", "en")
    assert late(catalogs, "de-AT") == "Servus, Ann"
    assert late(catalogs, "de") == late(catalogs, "de-CH") == "Hallo, Ann"
    assert catalogs.written_in("de-CH") == "de"


def test_an_unknown_key_of_a_country_is_named(folder: Path) -> None:
    (folder / "notes.de-AT.toml").write_text("lte = ''")
    with pytest.raises(ValueError, match=r"notes\.de-AT\.toml: .*lte"):
        late(notes(folder), "de-AT")


def test_a_catalog_is_read_once(folder: Path) -> None:
    catalogs = notes(folder)
    assert late(catalogs, "de") == "Hallo, Ann"
    for path in folder.iterdir():
        path.unlink()
    assert late(catalogs, "de") == "Hallo, Ann"


@pytest.mark.parametrize(
    ("was", "is_now", "told"),
    [
        ("late =", "lte =", ["notes.de.toml", "late, lte"]),
        ("words =", "later = ''\nwords =", ["notes.de.toml", "later"]),
        ("late =", "late", ["notes.de.toml", "line 2"]),
        ("late = '", "late = '{{ n. }}", ["notes.de.toml, late, line 1"]),
        ("words = '", "words = '''\n\n{% fi %}'''\n#", ["notes.de.toml, words, line 2"]),
        ("words = '", "words = 3 #", ["notes.de.toml", "`str`"]),
    ],
)
def test_a_catalog_that_is_not_sound_says_where(
    folder: Path, was: str, is_now: str, told: list[str]
) -> None:
    path = folder / "notes.de.toml"
    path.write_text(path.read_text().replace(was, is_now))
    catalogs = notes(folder)
    for _ in range(2):
        with pytest.raises(ValueError, match="notes") as caught:
            late(catalogs, "de")
        assert all(each in str(caught.value) for each in told), caught.value
    assert late(catalogs, "en") == "Hello, Ann"


def test_a_part_that_does_not_parse_says_where(folder: Path) -> None:
    (folder / "notes.toml").write_text("page = '{% block %}'")
    with pytest.raises(ValueError, match=r"^notes\.toml, page, line 1: "):
        late(notes(folder), "en")


def test_a_template_that_wants_what_is_not_there_is_named_in_the_traceback(folder: Path) -> None:
    with pytest.raises(UndefinedError) as caught:
        notes(folder).render("late", "de", n={})
    assert 'File "notes.de.toml, late", line 1' in "".join(format_exception(caught.value))
