"""What a programme file says to those who count by it; the bundled one agrees with the bundled questionnaire."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, get_args

import pytest

from aimaturity.definitions.load import load_programme
from aimaturity.definitions.pilot_rules import PilotStatus
from aimaturity.definitions.programme import HelpKind, Offer, Programme
from aimaturity.definitions.promises import AssessedPromise, PilotsPromise, ReachedPromise
from aimaturity.definitions.questionnaire import Single
from aimaturity.definitions.sni import SECTORS
from aimaturity.scoring.method import method
from tests.bundled import bundled
from tests.definitions.test_checks import PROGRAMME
from tests.definitions.test_logo import picture


def programme(folder: Path, old: str = "", new: str = "") -> Programme:
    assert old in PROGRAMME
    (folder / "p.yaml").write_text(PROGRAMME.replace(old, new, 1), "utf-8")
    found = load_programme(folder / "p.yaml").value
    assert found is not None
    return found


def ours() -> Programme:
    found = load_programme("digit-hub-ai")
    assert found.diagnostics == []
    assert found.value is not None
    return found.value


def test_the_bundled_programme_has_promised_what_the_funders_were_told() -> None:
    found = ours()
    assert {promise.id: promise.target for promise in found.promises} == {
        "reached": 1000,
        "analysed": 100,
        "pilots": 10,
    }
    reached, analysed = found.promise("reached"), found.promise("analysed")
    assert isinstance(reached, ReachedPromise)
    assert isinstance(analysed, AssessedPromise)
    assert reached.assessments == ("ai-quickscan", "ai-maturity")
    assert (analysed.assessments, analysed.scored_areas, analysed.among) == (("ai-maturity",), 3, "reached")
    assert [partner.role for partner in found.partners].count("university") == 3
    assert len(found.partners) == 13
    assert found.pilots is not None
    assert found.pilots.at_least == 10


@pytest.mark.parametrize(("of", "count"), [("county", 2), ("municipality", 38)])
def test_the_bundled_codes_and_names_are_those_of_the_questionnaire(of: str, count: int) -> None:
    question = bundled().questionnaire.questions[of]
    assert isinstance(question, Single)
    asked = {option.code: option.text for option in bundled().questionnaire.options_of(question) if option.code}
    listed = ours().titles("counties" if of == "county" else "municipalities")
    assert len(asked) == count
    for language in ("sv", "en"):
        assert {code: text[language] for code, text in listed.items()} == {
            code: text[language] for code, text in asked.items()
        }


def test_the_bundled_sectors_are_all_groups() -> None:
    assert list(ours().titles("sectors")) == list(SECTORS)


def test_a_municipality_leads_to_its_county() -> None:
    found = ours()
    counties = {code: found.county_of(code) for code in found.titles("municipalities")}
    assert all(county is not None and code.startswith(county.id) for code, county in counties.items())
    assert found.county_of("0180") is None
    assert found.county_of("") is None


def test_everything_is_found_by_its_id_and_what_is_not_there_is_none(tmp_path: Path) -> None:
    found = programme(tmp_path)
    kind = found.activity_kind("course")
    assert kind is not None
    assert (kind.title["sv"], kind.counts, kind.education, kind.least_hours) == ("Kurs", True, True, 2)
    assert found.activity_kind("kurs") is None
    assert found.promise("löfte") is None
    names: dict[str, Any] = {
        of: {name: title["sv"] for name, title in found.titles(of).items()}  # type: ignore[arg-type]
        for of in ("partners", "promises", "activity_kinds", "counties", "municipalities", "sectors")
    }
    assert names == {
        "partners": {"hub": "Hubben"},
        "promises": {"reached": "Nådda", "analysed": "Analyserade", "pilots": "Piloter"},
        "activity_kinds": {"course": "Kurs", "letter": "Nyhetsbrev"},
        "counties": {"12": "Skåne"},
        "municipalities": {"1270": "Tomelilla", "1292": "Ängelholm"},
        "sectors": {"industry": "Industri"},
    }


@pytest.mark.parametrize(
    ("said", "kinds"),
    [("activities: [course], ", ["course"]), ("", ["course", "visit"]), ("activities: [], ", [])],
)
def test_a_company_is_reached_by_the_kinds_named_or_by_all_that_count(
    tmp_path: Path, said: str, kinds: list[str]
) -> None:
    (tmp_path / "p.yaml").write_text(
        PROGRAMME.replace("activities: [course], ", said).replace(
            "  - {id: letter,", "  - {id: visit, title: Besök}\n  - {id: letter,"
        ),
        "utf-8",
    )
    found = load_programme(tmp_path / "p.yaml").value
    assert found is not None
    promise = found.promise("reached")
    assert isinstance(promise, ReachedPromise)
    assert [kind.id for kind in found.activities_of(promise)] == kinds


STARTED: tuple[PilotStatus, ...] = ("running", "ended")


@pytest.mark.parametrize(
    ("statuses", "history", "counts"),
    [
        (STARTED, (), False),
        (STARTED, ("idea",), False),
        (STARTED, ("idea", "approved"), False),
        (("approved", "running", "ended"), ("idea", "approved"), True),
        (STARTED, ("idea", "approved", "running"), True),
        (STARTED, ("idea", "approved", "running", "ended"), True),
        (STARTED, ("idea", "approved", "running", "stopped"), True),
        (STARTED, ("idea", "approved", "stopped"), False),
        (STARTED, ("idea", "stopped"), False),
        (("ended",), ("idea", "approved", "running", "stopped"), False),
        (("stopped",), ("idea", "stopped"), True),
        (STARTED, ("idea", "approved", "running", "stopped", "idea"), False),
    ],
)
def test_a_pilot_that_was_stopped_counts_where_it_had_run(
    statuses: tuple[PilotStatus, ...], history: tuple[PilotStatus, ...], counts: bool
) -> None:
    promise = PilotsPromise(id="p", title="P", target=1, count="pilots", statuses=statuses)  # type: ignore[arg-type]
    assert promise.counts(history) is counts


@pytest.mark.parametrize(
    ("funders", "line"),
    [
        ("", "Med stöd av regionen."),
        ("[{id: a, name: A, line: Stöd av A}, {id: b, name: B, line: Och av B!}]", "Stöd av A. Och av B!"),
        ("[{id: a, name: A, line: Stöd av A.}, {id: b, name: B, line: Stöd av A.}]", "Stöd av A."),
        ("[{id: a, name: A}]", None),
        ("[]", None),
    ],
)
def test_what_funders_ask_for_is_said_once_in_whole_sentences(tmp_path: Path, funders: str, line: str | None) -> None:
    old = "[{id: region, name: Regionen, line: Med stöd av regionen.}, {id: eu, name: EU}]"
    assert programme(tmp_path, old, funders or old).funders_line("sv") == line


def test_a_result_document_carries_the_funders_line_and_logos(tmp_path: Path) -> None:
    (tmp_path / "eu.png").write_bytes(picture("png"))
    found = programme(tmp_path, "{id: eu, name: EU}", "{id: eu, name: {sv: EU, en: The EU}, logo: eu.png}")
    support = method(bundled().questionnaire, bundled().model, found).definitions().programme
    assert support is not None
    assert support.funders == {"sv": "Med stöd av regionen.", "en": "Med stöd av regionen."}
    ((name, uri),) = [(logo.name, logo.uri) for logo in support.funder_logos]
    assert name == {"sv": "EU", "en": "The EU"}
    assert base64.b64decode(uri.partition(",")[2]) == picture("png")


def test_partners_offer_all_kinds_of_help_and_two_more() -> None:
    assert set(get_args(Offer)) - set(get_args(HelpKind)) == {"researcher", "test_bed"}
    found = ours()
    assert {partner.role for partner in found.who_can_help("researcher", None)} == {"university"}
    assert found.who_can_help("test_bed", None) == (), "the description names none"
