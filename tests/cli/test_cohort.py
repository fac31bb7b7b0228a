"""`cohort`: of files and of the register, for the hub and for everybody; benchmark sets and their ledger."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.benchmark.documents import Ledger, read_ledger, read_set
from aimaturity.cli.app import app
from aimaturity.cli.publication import KEY, LEDGER, Unpublishable, publisher
from aimaturity.definitions.library import bundled_folder
from aimaturity.documents.cohort import CohortDocument, read_cohort
from aimaturity.programme.cohort.hub import cohort
from aimaturity.programme.store import About, AnswerEvent, open_store
from aimaturity.responses.given import Given, State
from aimaturity.scoring.parts import dumps
from tests.benchmark.factory import Firm, published
from tests.bundled import bundled
from tests.programme.cohort.factory import name_of, results

ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"
SURVEY = bundled_folder("examples") / "survey-2026.csv"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hem"


def run(*arguments: object, lang: str = "sv") -> Result:
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, ["cohort", *map(str, arguments), "--lang", lang])


@pytest.fixture
def results_file(tmp_path: Path) -> Path:
    path = tmp_path / "resultat.jsonl"
    lines = [document.model_dump_json(by_alias=True) for document in results(24, 21, "ai-maturity", ("T0", "T1"))]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def few(tmp_path: Path) -> Path:
    path = tmp_path / "få.jsonl"
    path.write_text("".join(f"{d.model_dump_json(by_alias=True)}\n" for d in results(12, 9)), "utf-8")
    return path


def read(path: Path) -> CohortDocument:
    found = read_cohort(path.read_text("utf-8"))
    assert isinstance(found, CohortDocument)
    return found


def test_help_has_an_example_and_imports_nothing_heavy() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["cohort", "--help"])
    assert result.exit_code == 0
    assert "aimaturity cohort --public" in result.output


def test_of_result_documents_with_a_summary_and_what_to_do_next(tmp_path: Path, results_file: Path) -> None:
    result = run(results_file, "--to", "md,json,xlsx", "--group-by", "sector", "-o", tmp_path / "ut")
    assert result.exit_code == 0, result.stderr
    assert "24 företag tillsammans" in result.stdout
    assert "Den vanligaste nivån är" in result.stdout
    assert "Nästa steg: läs ”Företag att föra samman”" in result.stderr
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["cohort.json", "cohort.md", "cohort.xlsx"]
    wanted = cohort(results(24, 21, "ai-maturity", ("T0", "T1")), "sector")
    assert wanted is not None
    assert (tmp_path / "ut" / "cohort.json").read_text("utf-8") == dumps(wanted)


def test_of_a_survey_file_and_an_interview_in_english(tmp_path: Path) -> None:
    result = run(SURVEY, ANSWERS, "--to", "md", "-o", tmp_path / "ut", lang="en")
    assert result.exit_code == 1, result.stderr  # the survey has odd cells
    assert "AIM305" in result.stderr
    assert "65 companies together" in result.stdout
    assert "# 65 companies together" in (tmp_path / "ut" / "cohort.md").read_text("utf-8")


def test_a_document_that_was_written_can_be_shown_again(tmp_path: Path, results_file: Path) -> None:
    run(results_file, "--to", "md,json", "-o", tmp_path / "ett")
    result = run(tmp_path / "ett" / "cohort.json", "--to", "md", "-o", tmp_path / "två")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "två" / "cohort.md").read_bytes() == (tmp_path / "ett" / "cohort.md").read_bytes()
    damaged = tmp_path / "skadad.json"
    damaged.write_text(
        (tmp_path / "ett" / "cohort.json").read_text("utf-8").replace('"companies": 24', '"companies": "å"'), "utf-8"
    )
    result = run(damaged)
    assert result.exit_code == 2
    assert "AIM420" in result.stderr


@pytest.mark.parametrize(("field", "code"), [("sektor", 2), ("head_count", 2), ("ai_use", 0)])
def test_what_cannot_be_grouped_by_is_told(tmp_path: Path, results_file: Path, field: str, code: int) -> None:
    result = run(results_file, "--to", "json", "--group-by", field, "-o", tmp_path / "ut")
    assert result.exit_code == code
    assert ("AIM423" in result.stderr) == (code == 2)
    assert (tmp_path / "ut").exists() == (code == 0)


def test_nothing_to_put_together_is_told(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["assessment", "import", str(ANSWERS), "--lang", "sv"])
    result = run("-m", "ai-quickscan")
    assert result.exit_code == 2
    assert "AIM421" in result.stderr
    assert "AIM601" in run("--database", tmp_path / "inget.db").stderr


def test_an_unknown_kind_of_file_is_told(results_file: Path) -> None:
    result = run(results_file, "--to", "docx")
    assert result.exit_code == 2
    assert "html, md, xlsx, json, pdf" in result.stderr


def test_results_of_another_method_are_left_out_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "blandat.jsonl"
    some = [*results(8, 3), *results(3, 4, "ai-quickscan")]
    path.write_text("".join(f"{document.model_dump_json(by_alias=True)}\n" for document in some), "utf-8")
    result = run(path, "--to", "json", "-o", tmp_path / "ut")
    assert result.exit_code == 1
    assert "AIM422" in result.stderr
    document = read(tmp_path / "ut" / "cohort.json")
    assert document.hub is not None
    assert document.hub.companies == 8


def firms(number: int) -> list[Firm]:
    return [Firm(f"bolag-{i}", 5.0 * i) for i in range(number)]


def filled(companies: int) -> None:
    """A register of finished assessments; of the first company one by the company itself as well."""
    questionnaire = bundled().questionnaire
    with open_store(None, create=True) as store:
        for number, document in enumerate(results(companies, 5)):
            company = store.add_company(name_of(number))
            id = store.begin(company.id, questionnaire, occasion="T0", adviser="Åsa", date=document.occasion.date)
            voices = ("adviser", "company") if number == 0 else ("company",) if number == 1 else ("adviser",)
            events = [
                AnswerEvent(a.id, Given(State[a.state.upper()], a.value if a.state == "answered" else None), voice)  # type: ignore[arg-type]
                for a in document.answers
                if a.state in ("answered", "dont_know") and a.kind in ("single", "counts")
                for voice in voices
            ]
            store.record(id, events)
            if number < companies - 1:  # the last goes on
                store.finish(id)


def test_of_the_register_without_a_source(tmp_path: Path) -> None:
    filled(9)
    result = run("--to", "json,md", "-o", tmp_path / "ut")
    assert result.exit_code == 0, result.stderr
    assert "inte är avslutade, och inte är med: 1." in result.stderr
    document = read(tmp_path / "ut" / "cohort.json")
    assert document.hub is not None
    assert document.hub.companies == 8
    assert document.hub.voices == {"adviser": 7, "company": 1}
    made = cohort(results(9, 5)[:8])
    assert made is not None
    wanted = read_cohort(dumps(made))
    assert isinstance(wanted, CohortDocument)
    assert wanted.hub is not None
    assert [n.distribution for n in document.hub.nodes] == [n.distribution for n in wanted.hub.nodes]
    assert document.hub.levels == wanted.hub.levels


def test_the_register_remembers_where_a_company_is_named(tmp_path: Path) -> None:
    filled(9)
    run("--to", "md", "-o", tmp_path / "ut")
    text = (tmp_path / "ut" / "cohort.md").read_text("utf-8")
    document = cohort(results(9, 5)[:8])
    assert document is not None
    assert document.hub is not None
    assert document.hub.challenges is not None
    named = [name_of(n) for n in range(8) if name_of(n) in text]
    with open_store(None) as store:
        noted = [c.name for c in store.companies() if store.reports(c.id)]
    assert set(named) <= set(noted)


def test_the_public_page_and_the_set_are_one_publication_and_the_ledger_is_kept(
    tmp_path: Path, home: Path, results_file: Path
) -> None:
    arguments = (
        results_file,
        "--public",
        "--benchmark-set",
        tmp_path / "jämför.json",
        "-o",
        tmp_path / "ut",
        "--to",
        "json,html",
    )
    result = run(*arguments, "--date", "2026-11-26")
    assert result.exit_code == 0, result.stderr
    assert "Publicering 1:" in result.stdout
    assert "utan ja till jämförelse" in result.stdout
    for name in (LEDGER, KEY):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    ledger = read_ledger((home / LEDGER).read_text("utf-8"))
    assert isinstance(ledger, Ledger)
    made = read_set((tmp_path / "jämför.json").read_text("utf-8"))
    document = read(tmp_path / "ut" / "cohort-public.json")
    assert document.public is not None
    assert ledger.releases[0].set_hash == document.public.set_hash
    assert document.public.date == "2026-11-26"
    assert made.measures == document.public.measures  # type: ignore[union-attr]
    assert not (tmp_path / "ut" / "cohort.html").exists()
    assert "bolag-" not in (tmp_path / "ut" / "cohort-public.html").read_text("utf-8")
    again = run(*arguments, "--date", "2026-11-27")
    assert "Publicering 2:" in again.stdout
    assert read(tmp_path / "ut" / "cohort-public.json").public.counts == document.public.counts  # type: ignore[union-attr]


def test_a_set_alone_makes_no_page_and_reports_compare_with_it(tmp_path: Path, results_file: Path) -> None:
    result = run(
        results_file, "--benchmark-set", tmp_path / "jämför.json", "--date", "2026-11-26", "-o", tmp_path / "ut"
    )
    assert result.exit_code == 0, result.stderr
    assert not (tmp_path / "ut").exists()
    assert "report SOURCE --benchmark" in result.stderr
    report = CliRunner().invoke(
        app, ["report", str(ANSWERS), "-o", str(tmp_path / "r"), "--lang", "sv", "--to", "md", "--benchmark", str(tmp_path / "jämför.json")]
    )  # fmt: skip
    assert report.exit_code == 0, report.output
    (text,) = [path.read_text("utf-8") for path in (tmp_path / "r").glob("*.md")]
    assert "Jämförelsesiffrorna är från 26 november 2026." in text


def test_too_few_who_agreed_give_an_empty_page_and_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "fyra.jsonl"
    path.write_text("".join(f"{d.model_dump_json(by_alias=True)}\n" for d in results(4, 9)), "utf-8")
    result = run(path, "--public", "--to", "md", "-o", tmp_path / "ut", "--date", "2026-11-26")
    assert result.exit_code == 1
    assert "AIM428" in result.stderr
    assert "Än går inga siffror att visa" in (tmp_path / "ut" / "cohort-public.md").read_text("utf-8")


def test_grouping_the_public_page_is_answered(tmp_path: Path, few: Path) -> None:
    result = run(few, "--public", "--group-by", "sector", "--to", "json", "-o", tmp_path, "--date", "2026-11-26")
    assert "--group-by gäller hubbens egen sida" in result.stderr


@pytest.mark.parametrize("date", ["2026-11-24", "i dag", "20261126"])
def test_a_date_that_cannot_be_is_told_and_nothing_goes_out(tmp_path: Path, home: Path, few: Path, date: str) -> None:
    run(few, "--benchmark-set", tmp_path / "a.json", "--date", "2026-11-25")
    before = (home / LEDGER).read_bytes()
    result = run(few, "--benchmark-set", tmp_path / "b.json", "--date", date)
    assert result.exit_code == 2
    assert "AIM426" in result.stderr
    assert not (tmp_path / "b.json").exists()
    assert (home / LEDGER).read_bytes() == before


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        ("no_key", "AIM424"),
        ("no_ledger", "AIM424"),
        ("other_key", "AIM425"),
        ("short_key", "AIM425"),
        ("changed", "AIM442"),
        ("cut", "AIM441"),
    ],
)
def test_a_ledger_that_is_not_whole_publishes_nothing(home: Path, harm: str, code: str) -> None:
    with publisher() as held:
        _, other = published([firms(12), firms(18)])
        held.keep(other.model_copy(update={"secret_check": held.ledger.secret_check}))
    with publisher() as held:
        assert len(held.ledger.releases) == 2
    ledger, key = home / LEDGER, home / KEY
    if harm == "no_key":
        key.unlink()
    elif harm == "no_ledger":
        ledger.unlink()
    elif harm == "other_key":
        key.write_text("ab" * 32)
    elif harm == "short_key":
        key.write_text("ab")
    elif harm == "changed":
        data = json.loads(ledger.read_text("utf-8"))
        data["releases"][0]["date"] = "2025-12-31"
        ledger.write_text(json.dumps(data), "utf-8")
    else:
        ledger.write_bytes(ledger.read_bytes()[:-40])
    with pytest.raises(Unpublishable) as refused, publisher():
        pass
    assert refused.value.diagnostic.code == code


def test_without_a_whole_ledger_the_command_writes_nothing(tmp_path: Path, home: Path, few: Path) -> None:
    with publisher():
        pass
    (home / KEY).unlink()
    result = run(few, "--benchmark-set", tmp_path / "b.json", "--date", "2026-11-26")
    assert result.exit_code == 2
    assert "AIM424" in result.stderr
    assert not (tmp_path / "b.json").exists()


def test_two_publications_at_once_are_refused(home: Path) -> None:
    with publisher(), pytest.raises(Unpublishable) as refused, publisher():
        pass
    assert refused.value.diagnostic.code == "AIM427"
    with publisher() as held:
        assert held.ledger.releases == []


def test_what_cannot_be_kept_in_the_ledger_does_not_go_out(
    tmp_path: Path, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aimaturity.cli import publication
    from aimaturity.definitions.diagnostics import problem

    with publisher():
        pass
    monkeypatch.setattr(publication, "write_text", lambda *_, **__: problem("AIM014", reason="disk full"))
    result = run(few, "--public", "--benchmark-set", tmp_path / "a.json", "-o", tmp_path / "ut")
    assert result.exit_code == 2
    assert "disk full" in result.stderr
    assert not (tmp_path / "a.json").exists()
    assert not (tmp_path / "ut").exists()


def test_a_company_that_took_its_consent_back_later_is_not_in_the_set(tmp_path: Path) -> None:
    filled(9)
    questionnaire = bundled().questionnaire
    with open_store(None) as store:
        agreed = next(
            a for a in store.assessments(finished=True)
            if (said := store.answers(a.id).get("benchmark_consent")) is not None and said.value == "yes"
        )  # fmt: skip
        later = store.begin(agreed.company, questionnaire, occasion="T1", date="2027-01-01")
        store.record(later, [AnswerEvent("benchmark_consent", Given(State.ANSWERED, "no"))])
    result = run("--benchmark-set", tmp_path / "a.json", "--date", "2027-01-02")
    assert "ångrade sig 1" in result.stdout


def test_what_the_register_says_of_a_company_holds_for_results_from_files(few: Path, tmp_path: Path) -> None:
    agreed = [d for d in results(12, 9) if any(a.id == "benchmark_consent" and a.value == "yes" for a in d.answers)]
    assert len(agreed) > 6
    run(few, "--benchmark-set", tmp_path / "a.json")
    first = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert any(measure["groups"] for measure in first["measures"])
    refusing = agreed[0].company
    with open_store(None) as store:
        store.add_company(refusing.name, id=refusing.id, about=About(benchmark="no"))
    assert "ångrade sig 1" in run(few, "--benchmark-set", tmp_path / "b.json").stdout


def test_companies_of_one_owner_are_no_group(few: Path, tmp_path: Path) -> None:
    with open_store(None) as store:
        for document in results(12, 9):
            if document.company.id not in {company.id for company in store.companies()}:
                store.add_company(document.company.name, id=document.company.id, about=About(owner="Ö-koncernen"))
    result = run(few, "--benchmark-set", tmp_path / "a.json")
    assert "AIM428" in result.stderr
    assert not any(m["groups"] for m in json.loads((tmp_path / "a.json").read_text("utf-8"))["measures"])


def test_a_publication_is_not_dated_before_its_answers(few: Path, tmp_path: Path) -> None:
    result = run(few, "--public", "--date", "2001-01-01", "-o", tmp_path / "ut")
    assert (result.exit_code, "AIM429" in result.stderr) == (2, True)
    assert not (tmp_path / "ut").exists()
