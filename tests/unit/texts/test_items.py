"""What pieces of evidence are called in texts for people outside the team."""

from __future__ import annotations

from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.texts.items import enclosed, kind_name
from tests.unit.texts.subjects import ORDER, each_language, piece

PIECES = tuple(piece(place, kind, "ours") for place, kind in enumerate(EvidenceKind, 1))


@each_language
def test_each_language_has_a_name_of_its_own_for_each_kind(language: str) -> None:
    names = {kind_name(kind, language) for kind in EvidenceKind}
    assert len(names) == len(EvidenceKind)
    if language != "en":
        assert names.isdisjoint({kind.label for kind in EvidenceKind})


def test_a_language_that_is_not_known_keeps_the_labels() -> None:
    assert [kind_name(kind, "xx") for kind in EvidenceKind] == [kind.label for kind in EvidenceKind]


@each_language
def test_people_are_quoted_and_the_machine_gives_times_and_orders(language: str) -> None:
    told = dict(zip(EvidenceKind, enclosed(PIECES, language), strict=True))
    assert (
        told[EvidenceKind.RECEIVED] == f"E-4: {kind_name(EvidenceKind.RECEIVED, language)} (ours)"
    )
    assert told[EvidenceKind.TEST_BUY].endswith(f" ({ORDER})")
    assert told[EvidenceKind.ORDERS] == f"E-6: {kind_name(EvidenceKind.ORDERS, language)}"
    assert "2026" in told[EvidenceKind.CAPTURE]
    assert "2026-" not in told[EvidenceKind.CAPTURE]
    assert told[EvidenceKind.CAPTURE].count("(") == 1
    assert "ours" not in told[EvidenceKind.CAPTURE]


def test_a_country_names_what_it_calls_otherwise_and_the_rest_as_its_language() -> None:
    assert kind_name(EvidenceKind.GENUINE, "es-MX") != kind_name(EvidenceKind.GENUINE, "es")
    assert kind_name(EvidenceKind.PAPER, "es-MX") == kind_name(EvidenceKind.PAPER, "es")
    assert enclosed(PIECES, "fr", " : ")[0].startswith("E-1 : ")
