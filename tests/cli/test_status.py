"""`status` as its users run it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.definitions.load import load_programme
from aimaturity.programme.store import open_store
from tests.programme.status.invented import fill, rows

DAY = "2023-06-15"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("å") / "register.db"
    programme = load_programme("digit-hub-ai").value
    assert programme is not None
    with open_store(str(path)) as store:
        fill(store, rows(programme, 120, 4))
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.setenv("AIMATURITY_DATABASE", str(register))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hem"


def run(*arguments: object) -> Result:
    lang = [] if "--lang" in arguments else ["--lang", "sv"]
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, ["status", *map(str, arguments), *lang])


def done(*arguments: object) -> str:
    result = run("--date", DAY, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_on_the_terminal_it_says_where_we_stand_and_what_is_missing() -> None:
    told = done()
    assert told.startswith("DigIT Hub AI · 15 juni 2023\n")
    assert re.search(r"[█·]{30}│  Nådda företag: \d+ av 1\s000 \(\d+\s%\)\. Väntat i dag är 646\.", told)
    assert "Från nådd till pilot" in told
    assert "Blekinge län" in told
    assert re.search(r"Deltagare +\d+ +\d+ +\d+\n", told)
    assert re.search(r"Företag utan bransch +\d+  missing.company_sector\n", told)
    assert max(map(len, told.splitlines()[8:])) < 130
    assert done("--lang", "en").startswith("DigIT Hub AI · 15 June 2023\n")


def test_json_and_file_are_the_same_document_and_the_day_is_todays_if_not_given(tmp_path: Path) -> None:
    told = done("--json")
    done("--to", "json", "-o", tmp_path / "ut")
    assert (tmp_path / "ut" / "status.json").read_text("utf-8") == told
    document = json.loads(told)
    assert (document["format"], document["as_of"], document["audience"]) == ("aimaturity-status/1", DAY, "hub")
    assert json.loads(run("--json").stdout)["as_of"] == dt.datetime.now().astimezone().date().isoformat()


def test_every_kind_of_file_is_written_once_and_says_the_same(tmp_path: Path) -> None:
    told = done("--to", "html,md,xlsx,json", "-o", tmp_path / "läget")
    names = ["status.html", "status.json", "status.md", "status.xlsx"]
    assert sorted(path.name for path in (tmp_path / "läget").iterdir()) == names
    assert told.count("Skrev ") == 4
    outcome = json.loads((tmp_path / "läget" / "status.json").read_text("utf-8"))["promises"][0]["outcome"]["value"]
    assert f">{outcome} (" in (tmp_path / "läget" / "status.html").read_text("utf-8")
    markdown = (tmp_path / "läget" / "status.md").read_text("utf-8")
    assert re.search(rf"\| Nådda företag +\| +1\s000 \| +{outcome} \(", markdown)
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "läget" / "status.xlsx"))
    assert len(book.sheet_names) == len(set(book.sheet_names)) > 12
    sheet = book.get_sheet_by_name("Löften").to_python()
    assert sheet[0][:3] == ["Löfte", "Mål", "Utfall"]
    assert sheet[1][:3] == ["Nådda företag", 1000.0, float(outcome)]
    before = {path.name: path.read_bytes() for path in (tmp_path / "läget").iterdir()}
    done("--to", "html,md,xlsx,json", "-o", tmp_path / "läget")
    assert {path.name: path.read_bytes() for path in (tmp_path / "läget").iterdir()} == before


def test_the_public_version_hides_small_numbers_and_the_hubs_own_lists(tmp_path: Path) -> None:
    done("--to", "html,json", "--public", "-o", tmp_path)
    page = (tmp_path / "status-public.html").read_text("utf-8")
    document = json.loads((tmp_path / "status-public.json").read_text("utf-8"))
    assert "dolt" in page
    assert "Det här saknas" not in page
    assert "--why" not in page
    assert document["audience"] == "public"
    assert document["missing"] == []
    assert '"withheld": true' in (tmp_path / "status-public.json").read_text("utf-8")
    done("--to", "html", "-o", tmp_path)  # the hub's own, into the funder's folder by mistake
    assert (tmp_path / "status-public.html").read_text("utf-8") == page
    hub = done("--to", "html", "-o", tmp_path / "hub")
    assert "status.html" in hub
    own = (tmp_path / "hub" / "status.html").read_text("utf-8")
    assert "Det här saknas" in own
    assert "--why" in own


def test_days_to_come_are_not_days_on_which_nothing_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aimaturity.cli.clock.today", lambda: dt.date.fromisoformat(DAY))
    today = run("--json")
    later = run("--json", "--date", "2031-01-01")  # the period is over by then
    assert (today.exit_code, later.exit_code) == (0, 1)
    assert later.stdout == today.stdout
    assert f"AIM684 dagen 2031-01-01 har inte varit än; läget är det i dag, {DAY}" in later.stderr
    assert run("--date", "2031-01-01", "--why", "reached").exit_code == 1
    assert "nåddes inte" not in run("--date", "2031-01-01").stdout


def test_no_file_names_a_company(register: Path, tmp_path: Path) -> None:
    done("--to", "html,md,xlsx,json", "-o", tmp_path)
    told = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix in (".html", ".md", ".json"))
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "status.xlsx"))
    for name in book.sheet_names:
        told += repr(book.get_sheet_by_name(name).to_python()).encode()
    with open_store(str(register)) as store:
        for company in store.companies():
            assert not company.name or company.name.encode() not in told
            assert company.id.encode() not in told


def test_why_lists_the_rows_behind_a_number() -> None:
    document = json.loads(done("--json"))
    county = next(table for table in document["tables"] if table["id"] == "county")
    number = county["rows"][0]["cells"][0]["value"]
    told = done("--why", "reached.county.10")
    assert told.splitlines()[-1] == f"reached.county.10: {number} (rader: {number})"
    assert re.match(r"2022-\d\d-\d\d  f\d{6}  ", told)
    assert "aktivitet  act" in done("--why", "reached.county.12")
    answer = json.loads(done("--why", "reached.county.10", "--json"))
    assert (answer["cell"], len(answer["rows"])) == ("reached.county.10", number)
    assert set(answer["rows"][0]) == {"company", "name", "date", "what", "id", "title", "amount"}
    hours = next(column for column in county["total"] if column["id"] == "hours.women")["value"]
    assert (
        done("--why", "hours.women", "--lang", "en")
        .splitlines()[-1]
        .startswith(f"hours.women: {hours:,.9f}".rstrip("0").rstrip("."))
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--why", "reached.conty.10"], "AIM682", "menade du 'reached.county.10'"),
        (["--why", "x"], "AIM682", "se namnen längst ned"),
        (["--why", "reached", "--public"], "AIM683", "bara för hubben"),
        (["--date", "15/6 2023"], "AIM680", "skriv dagen som 2026-11-23"),
        (["--to", "pdf2"], "", "pdf2"),
        (["--database", "finns-inte.db"], "AIM601", ""),
    ],
)
def test_what_cannot_be_done_is_told_and_ends_with_2(arguments: list[str], code: str, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert code in result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_programme_without_promises_is_told_and_counted_all_the_same(home: Path) -> None:
    (home / "programmes").mkdir(parents=True)
    (home / "programmes" / "liten.yaml").write_text(
        "programme: liten\nversion: 1.0.0\nlanguages: [sv]\ntitle: Liten\nleading_partner: ön\n".replace("ön", "on")
        + "partners: [{id: on, name: Ön, role: partner, counties: ['10']}]\n",
        "utf-8",
    )
    result = run("--programme", "liten", "--date", DAY)
    assert result.exit_code == 0
    assert "AIM681" in result.stderr
    assert "Programfilen har inga löften" in result.stdout
    assert run("--programme", "liten", "--to", "html,md,xlsx").exit_code == 0


def test_help_has_an_example() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["status", "--help"])
    assert "aimaturity status --why reached.county.10" in result.output
    assert "--database" in result.output


def test_counting_needs_neither_scipy_nor_a_scoring_model(register: Path) -> None:
    code = (
        "import sys, datetime as dt; from aimaturity.definitions.load import load_programme\n"
        "from aimaturity.programme.store import open_store; from aimaturity.programme.status.standing import status\n"
        f"store = open_store({str(register)!r}); status(store, load_programme('digit-hub-ai').value, dt.date(2023, 6, 15))\n"
        "print([name for name in ('scipy', 'polars', 'jinja2', 'aimaturity.scoring.score') if name in sys.modules])"
    )
    done_ = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done_.stdout == "[]\n", done_.stderr
