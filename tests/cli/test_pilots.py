"""The commands about pilots, and `match`, as their users run them."""

from __future__ import annotations

import datetime as dt
import json
import re
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.definitions.library import bundled_folder
from aimaturity.programme.pilots.decision import shortlist_hash
from aimaturity.programme.pilots.document import PilotShortlist
from aimaturity.programme.pilots.shortlist import shortlist
from aimaturity.programme.pilots.telling import told
from aimaturity.programme.store import AnswerEvent, open_store
from aimaturity.responses.given import Given, State
from aimaturity.scoring.parts import dumps
from tests.programme.filled import questionnaire as asked
from tests.programme.pilots.invented import example, programme, questionnaire

PILOTS = bundled_folder("examples") / "pilots.yaml"
TODAY = dt.date(2027, 6, 1)
ANSWERS = bundled_folder("examples") / "answers-brosarp.yaml"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    monkeypatch.setattr("aimaturity.cli.clock.today", lambda: TODAY)
    return tmp_path / "hem"


def run(*arguments: object) -> Result:
    lang = [] if "--lang" in arguments else ["--lang", "sv"]
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, [*map(str, arguments), *lang])


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def companies(home: Path) -> None:
    with open_store(str(home / "aimaturity.db"), create=True) as store:
        for id in sorted({one.company for idea in example().pilots for one in idea.companies}):
            store.add_company(f"Företag {id} åäö AB", id=id)


@pytest.mark.parametrize(
    "command", ["pilot add", "pilot list", "pilot show", "pilot update", "pilot shortlist", "match"]
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"aimaturity {command}" in result.output


def test_right_cards_are_taken_and_wrong_ones_told_and_a_dry_run_changes_nothing(home: Path, tmp_path: Path) -> None:
    companies(home)
    text = PILOTS.read_text("utf-8").replace("company: F005", "company: F999", 1)
    file = tmp_path / "idéer.yaml"
    text = text.replace('      baseline: {value: 1450000, unit: "kr/år", period: "2025"}\n', "", 1)
    file.write_text(text, "utf-8")
    tried = run("pilot", "add", file, "--dry-run")
    assert (tried.exit_code, "Inget är ändrat" in tried.stdout) == (1, True)
    assert json.loads(done("pilot", "list", "--json")) == []
    added = run("pilot", "add", file)
    assert added.exit_code == 1
    assert "nya: 12; fanns redan: 0; inte tagna: 2" in added.stdout
    line = text.splitlines().index("      - company: F999") + 1
    assert f"idéer.yaml:{line}:18 AIM611 inget företag 'F999'" in added.stderr
    assert f"idéer.yaml:{text.splitlines().index('    business:') + 1}:5 AIM633" in added.stderr
    again = json.loads(run("pilot", "add", file, "--json").stdout)
    assert (again["added"], len(again["same"]), again["aside"]) == ([], 12, 2)
    assert {found["code"] for found in again["problems"]} == {"AIM611", "AIM633"}
    assert "nya: 2; fanns redan: 12" in done("pilot", "add", PILOTS)


def test_a_file_that_gives_nothing_ends_with_2(home: Path, tmp_path: Path) -> None:
    companies(home)
    for arguments in (["pilot", "add"], ["pilot", "add", tmp_path / "saknas.yaml"], ["pilot", "add", ANSWERS]):
        assert run(*arguments).exit_code == 2
    assert run("pilot", "show", "x").exit_code == 2
    assert run("pilot", "list", "--status", "x").exit_code == 2


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_template_filled_in_is_a_card(home: Path, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "ny.yaml"
    done("pilot", "add", file, "--template", "--lang", lang)
    assert run("pilot", "add", file, "--template").exit_code == 2
    text = file.read_text("utf-8")
    assert ("Blekinge län" if lang == "sv" else "Blekinge") in text
    empty = run("pilot", "add", file)
    assert (empty.exit_code, "AIM104" in empty.stderr) == (2, True)
    for key, value in {
        "id": "ny_ide", "title": "Kortare ställtider åäö", "challenge": "planning", "ai_use": "Prognos",
        "what": "Prognos", "role": "user", "sector": "industry", "date": "2026-11-23", "by": "Rådgivaren",
    }.items():  # fmt: skip
        text, count = re.subn(rf"(?m)^(\s*(?:- )?{key}:)\s*(#.*)?$", rf"\1 {value}", text, count=1)
        assert count == 1
    text = text.replace('county: ""', 'county: "10"').replace(
        "{low: , likely: , high: }", "{low: 1, likely: 2, high: 3}"
    )
    file.write_text(text, "utf-8")
    assert "nya: 1" in done("pilot", "add", file)
    assert "Kortare ställtider åäö" in done("pilot", "list", "--county", "blekinge län", "--sector", "industry")
    assert "Inga piloter" in run("pilot", "list", "--county", "12").stderr


def test_a_pilot_is_updated_by_options_and_shown_with_its_outcome(home: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    id = "matsvinn_i_storkok"
    done(
        "pilot", "update", id, "--status", "approved", "--by", "Styrgruppen", "--date", "2026-11-01", "--note", "Stark"
    )
    done("pilot", "update", id, "--set", "partner=techtank", "--set", "business.effect.low=200000", "--set",
         "systems.0.risk_class=transparency", "--set", "researcher=null", "--set", "title={sv: Nytt namn, en: New}")  # fmt: skip
    done(
        "pilot",
        "update",
        id,
        "--occasion",
        "T1",
        "--business",
        250000,
        "--gender-equality",
        "none",
        "--date",
        "2027-05-01",
    )
    done("pilot", "update", id, "--company", "F001", "--agreed-on", "2026-11-02", "--without", "F002")
    card = json.loads(done("pilot", "show", id, "--json"))
    assert [one["status"] for one in card["card"]["history"]] == ["idea", "approved"]
    assert (card["card"]["partner"], card["card"]["researcher"]) == ("techtank", None)
    assert (card["card"]["business"]["effect"]["low"], card["card"]["systems"][0]["risk_class"]) == (
        200000,
        "transparency",
    )
    assert [(row["benefit"], row["standing"]) for row in card["outcomes"]] == [
        ("business", "within"), ("climate", "not_measured"), ("gender_equality", "below"),
    ]  # fmt: skip
    assert [one["company"] for one in card["card"]["companies"]] == ["F001", "F003", "F004"]
    done("pilot", "update", id, "--company", "F001")
    shown = done("pilot", "show", id)
    for words in ("Nytt namn", "beviljad, Styrgruppen: Stark", "T1 2027-05-01  affärsnytta: 250 000 kr per år (inom",
                  "Företag F001 åäö AB (F001), avtal 2026-11-02"):  # fmt: skip
        assert words in shown.replace("\xa0", " ")
    assert "är som förut" in done("pilot", "update", id, "--set", "partner=techtank")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "partner=iuc_sid"], "AIM641"),
        (["--set", "county=14"], "AIM133"),
        (["--set", "cost.sek.low=-1"], "AIM104"),
        (["--set", "history=x"], "Det finns"),
        (["--set", "x.y=1"], "Det finns"),
        (["--set", "partner"], "Det finns"),
        (["--status", "running", "--by", "X"], "AIM642"),
        (["--status", "applied", "--by", "X", "--date", "2020-01-01"], "AIM643"),
        (["--status", "applied", "--by", "X", "--date", "i går"], "AIM104"),
        (["--status", "applied"], "--by"),
        (["--business", "1"], "--occasion"),
        (["--occasion", "T1"], "--climate"),
        (["--occasion", "T3", "--business", "1"], "AIM106"),
        (["--company", "F999"], "AIM611"),
        ([], "--status"),
    ],
)
def test_what_can_not_be_changed_so_is_told_and_nothing_is(home: Path, arguments: list[str], told: str) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    before = done("pilot", "show", "ruttplanering_akeri", "--json")
    result = run("pilot", "update", "ruttplanering_akeri", *arguments, "--set", "owner=VD") if arguments[:1] == [
        "--status"] else run("pilot", "update", "ruttplanering_akeri", *arguments)  # fmt: skip
    assert (result.exit_code, told in result.stderr) == (2, True), result.output
    assert done("pilot", "show", "ruttplanering_akeri", "--json") == before


@pytest.mark.parametrize(
    ("lang", "word"), [("sv", "Beviljad"), ("en", "approved"), ("sv", "applied for"), ("en", "sökt")]
)
def test_a_status_may_be_said_in_words_of_both_languages(home: Path, lang: str, word: str) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    done("pilot", "update", "matsvinn_i_storkok", "--status", word, "--by", "Styrgruppen", "--lang", lang)
    [row] = json.loads(done("pilot", "list", "--status", word, "--json", "--lang", lang))
    assert row["id"] == "matsvinn_i_storkok"


def test_statuses_are_told_in_the_readers_language_with_their_ids(home: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    update = ("pilot", "update", "matsvinn_i_storkok", "--by", "Styrgruppen", "--status")
    assert "läget pågår (running) kan inte följa på idé (idea)" in run(*update, "pågår").stderr
    assert "applied for (applied)" in run(*update, "ended", "--lang", "en").stderr
    assert "sökt (applied), beviljad (approved)" in run(*update, "klar").stderr
    assert "sökt (applied), beviljad (approved)" in run("pilot", "list", "--status", "klar").stderr


APPROVE = ("pilot", "update", "matsvinn_i_storkok", "--status", "approved", "--by", "Styrgruppen")


def test_barred_ai_is_not_approved_for_any_reason(home: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    done("pilot", "update", "matsvinn_i_storkok", "--set", "systems.0.risk_class=prohibited")
    for more in ((), ("--despite", "Brådskar")):
        result = run(*APPROVE, *more)
        assert (result.exit_code, "AIM654" in result.stderr, "förbjuden" in result.stderr) == (2, True, True)
    assert json.loads(done("pilot", "list", "--status", "approved", "--json")) == []
    done(*APPROVE, "--set", "systems.0.risk_class=minimal")


def test_other_conditions_are_listed_and_passed_by_with_a_reason_alone_which_is_kept(home: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    done("pilot", "update", "matsvinn_i_storkok", "--set", "owner=null")
    refused = run(*APPROVE, "--company", "F001")
    assert (refused.exit_code, refused.stderr.count(" AIM655 ")) == (2, 4), refused.stderr
    assert "--despite" in refused.stderr
    english = run(*APPROVE, "--lang", "en")
    assert "doesn't meet the hard condition" in english.stderr
    assert json.loads(done("pilot", "show", APPROVE[2], "--json"))["card"]["history"][-1]["status"] == "idea"
    done(*APPROVE, "--note", "Stark", "--despite", "Ägaren utses i mars åäö")
    card = json.loads(done("pilot", "show", APPROVE[2], "--json"))["card"]
    assert card["history"][-1]["note"].startswith("Stark Trots villkor som inte är uppfyllda (")
    assert card["history"][-1]["note"].endswith("): Ägaren utses i mars åäö")
    running = ("pilot", "update", APPROVE[2], "--status", "running", "--by", "Styrgruppen")
    assert "AIM655" in run(*running).stderr
    idle = run(*running, "--set", "owner=VD", "--despite", "x")
    assert (idle.exit_code, "behövdes inte" in idle.stderr) == (0, True)
    assert "--status" in run("pilot", "update", APPROVE[2], "--despite", "x").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--status", "approved", "--by", "X", "--date", "2027-06-02"],
        ["--occasion", "T1", "--business", "1", "--date", "2027-06-02"],
        ["--company", "F001", "--agreed-on", "2027-06-02"],
    ],
)
def test_a_day_to_come_is_refused_so_that_the_right_one_can_be_entered(home: Path, arguments: list[str]) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    result = run("pilot", "update", "matsvinn_i_storkok", *arguments)
    assert (result.exit_code, "AIM656 dagen 2027-06-02 har inte varit än" in result.stderr) == (2, True), result.stderr
    assert "2027-06-01" in result.stderr
    done("pilot", "update", "matsvinn_i_storkok", *[part.replace("06-02", "06-01") for part in arguments])


def test_a_card_with_a_day_to_come_is_not_taken(home: Path, tmp_path: Path) -> None:
    companies(home)
    file = tmp_path / "idéer.yaml"
    file.write_text(PILOTS.read_text("utf-8").replace("date: 2026-09-02", "date: 2027-09-02"), "utf-8")
    result = run("pilot", "add", file)
    assert (result.exit_code, "inte tagna: 1" in result.stdout) == (1, True)
    assert "AIM656" in result.stderr


def test_a_card_is_made_as_a_file_has_it_and_its_history_only_grows(home: Path, tmp_path: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    text = PILOTS.read_text("utf-8")
    changed = text.replace("Färre kasserade gjutgods", "Färre fel i gjutgods", 1).replace(
        '- {status: idea, date: 2026-09-02, by: "Rådgivaren"}',
        '- {status: idea, date: 2026-09-02, by: "Rådgivaren"}\n      - {status: applied, date: 2026-09-20, by: Ägaren}', 1,
    )  # fmt: skip
    file = tmp_path / "ny.yaml"
    file.write_text(changed, "utf-8")
    assert "AIM632" in run("pilot", "add", file).stderr
    done("pilot", "update", "kassation_i_gjutning", "--from", file)
    card = json.loads(done("pilot", "show", "kassation_i_gjutning", "--json"))["card"]
    assert (card["title"]["sv"], [one["status"] for one in card["history"]]) == (
        "Färre fel i gjutgods",
        ["idea", "applied"],
    )
    assert "AIM644" in run("pilot", "update", "kassation_i_gjutning", "--from", PILOTS).stderr
    assert run("pilot", "update", "kassation_i_gjutning", "--from", ANSWERS).exit_code == 2


def test_the_proposal_is_the_librarys_and_a_decision_moves_the_pilots(home: Path, tmp_path: Path) -> None:
    companies(home)
    assert run("pilot", "shortlist").exit_code == 2
    done("pilot", "add", PILOTS)
    made = done("pilot", "shortlist", "--json")
    assert made == dumps(shortlist(example().pilots, programme(), questionnaire()))
    folder = tmp_path / "förslag"
    done("pilot", "shortlist", "-o", folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "shortlist.json").read_text("utf-8") == made
    proposal = PilotShortlist.model_validate_json(made)
    assert (folder / "shortlist.md").read_text("utf-8") == told(proposal, "sv", markdown=True)
    assert done("pilot", "shortlist", "--lang", "en") == told(proposal, "en")
    for lang, words in (("sv", "Utan gränsen ”budget: högst"), ("en", "Without the limit “budget: at most")):
        text = told(proposal, lang)
        assert words in text
        assert all(f"({idea.id})" in text and idea.title[lang] in text for idea in proposal.ideas)
        assert all(reason.text[lang] in text for idea in proposal.ideas for reason in idea.reasons)
    form = folder / "decision.yaml"
    unsigned = run("pilot", "shortlist", "--decide", form)
    assert (unsigned.exit_code, unsigned.stderr.count(" AIM658 "), "AIM104" in unsigned.stderr) == (2, 3, False)
    assert "beslutet säger inte vem som beslutade; fyll i vem som beslutade, efter by:" in unsigned.stderr
    late = form.read_text("utf-8").replace("date:", "date: 2027-06-02").replace("by:", "by: S", 1)
    (folder / "sen.yaml").write_text(late.replace("reason:", "reason: R", 1), "utf-8")
    assert "AIM656" in run("pilot", "shortlist", "--decide", folder / "sen.yaml").stderr
    text = form.read_text("utf-8").replace("date:", "date: 2026-11-26").replace("by:", "by: Styrgruppen", 1)
    text = text.replace("reason:", "reason: Enligt förslaget", 1)
    text = text.replace(
        "{idea: energi_i_kyllager, decision: start}", "{idea: energi_i_kyllager, decision: decline, reason: För dyr}"
    )
    text = text.replace(
        "  # - {idea: kassation_i_gjutning, decision: reserve", "  - {idea: kassation_i_gjutning, decision: start"
    ).replace('reason: ""', "reason: Ersätter", 1)
    form.write_text(text, "utf-8")
    assert "Inget är ändrat" in done("pilot", "shortlist", "--decide", form, "--dry-run")
    assert json.loads(done("pilot", "list", "--status", "approved", "--json")) == []
    moved = json.loads(done("pilot", "shortlist", "--decide", form, "--json"))["moved"]
    assert len(moved) == 11
    approved = [row["id"] for row in json.loads(done("pilot", "list", "--status", "approved,running", "--json"))]
    assert len(approved) == 10
    assert "kassation_i_gjutning" in approved
    stopped = json.loads(done("pilot", "show", "energi_i_kyllager", "--json"))["card"]["history"][-1]
    assert (stopped["status"], stopped["by"], stopped["note"]) == ("stopped", "Styrgruppen", "För dyr")
    assert "redan sparat" in done("pilot", "shortlist", "--decide", form)
    alone = tmp_path / "beslut.yaml"  # without the proposal beside it
    alone.write_text(form.read_text("utf-8"), "utf-8")
    assert "redan sparat" in done("pilot", "shortlist", "--decide", alone)
    assert json.loads(done("pilot", "shortlist", "--decide", alone, "--json"))["kept_before"] is True
    with open_store(str(home / "aimaturity.db")) as store:
        [kept] = store.decisions()
    assert kept.decides == shortlist_hash(PilotShortlist.model_validate_json(made))
    left = run("pilot", "shortlist")
    assert left.exit_code == 0  # the ten that are decided on are as many as promised
    assert "redan är beslutade räknas i alla gränser: 10" in left.stderr
    assert "orörd" in run("pilot", "shortlist", "-o", folder).stderr


def test_a_decision_on_another_proposal_is_told(home: Path, tmp_path: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    folder = tmp_path / "förslag"
    done("pilot", "shortlist", "-o", folder, "--to", "md,decision")
    assert {path.name for path in folder.iterdir()} == {"shortlist.json", "shortlist.md", "decision.yaml"}
    (folder / "shortlist.json").unlink()
    done("pilot", "shortlist", "-o", folder, "--to", "md,decision")  # the form may be about an older proposal
    assert not (folder / "shortlist.json").exists()
    form = folder / "decision.yaml"
    text = form.read_text("utf-8").replace("date:", "date: 2026-11-26").replace("by:", "by: S", 1)
    form.write_text(text.replace("reason:", "reason: R", 1), "utf-8")
    done("pilot", "update", "energi_i_kyllager", "--set", "owner=VD")
    result = run("pilot", "shortlist", "--decide", form)
    assert (result.exit_code, "AIM648" in result.stderr) == (2, True)
    (folder / "shortlist.json").write_text("{}", "utf-8")
    assert "inget förslag" in run("pilot", "shortlist", "--decide", form).stderr


def test_readiness_comes_from_what_companies_last_answered(home: Path) -> None:
    companies(home)
    done("pilot", "add", PILOTS)
    done("assessment", "import", ANSWERS)
    done("pilot", "update", "kassation_i_gjutning", "--company", "brosarp", "--agreed-on", "2026-11-01")
    done("pilot", "update", "kassation_i_gjutning", "--without", "F001")
    facts = next(
        idea for idea in json.loads(run("pilot", "shortlist", "--json").stdout)["ideas"] if idea["id"] == "kassation_i_gjutning"
    )["readiness"]  # fmt: skip
    assert {fact["origin"] for fact in facts} == {"assessment"}


def test_match_leads_a_company_to_partners_and_to_those_that_agreed_alone(home: Path, tmp_path: Path) -> None:
    done("assessment", "import", ANSWERS)
    with open_store(str(home / "aimaturity.db")) as store:
        for id, shares in (("ja", "yes"), ("beror", "depends"), ("nej", "no")):
            store.add_company(f"Ålder {id} AB", id=id)
            options = {"main_challenge": "quality_errors", "shared_pilot_interest": shares, "sni_section": "section_j"}
            events = [AnswerEvent(name, Given(State.ANSWERED, value)) for name, value in options.items()]
            store.record(store.begin(id, asked()), events)
        own = store.assessments("brosarp")[0].id
        events = [("main_challenge", "quality_errors"), ("shared_pilot_interest", "yes"), ("sni_section", "section_c")]
        store.record(own, [AnswerEvent(name, Given(State.ANSWERED, value)) for name, value in events])
    match = json.loads(done("match", "brosarp", "--json"))
    assert [one["id"] for one in match["meeting"]["companies"]] == ["ja"]
    assert (match["meeting"]["count"], match["meeting"]["not_agreed"]) == (1, None)
    assert match["gaps"]
    hub = done("match", "brosarp")
    assert "Ålder ja AB" in hub
    assert not any(name in hub for name in ("Ålder beror", "Ålder nej"))
    sheet = done("match", "brosarp", "--for-company", "--to", "md")
    assert "Ålder" not in sheet
    assert "Ett annat företag har sagt ja till att träffas" in sheet
    done("match", "brosarp", "--for-company", "--lang", "en", "-o", tmp_path / "blad.txt")
    assert "One other company has agreed to meet." in (tmp_path / "blad.txt").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "blad.txt").stat().st_mode) == 0o600
    shared = json.loads(done("match", "--json"))["challenges"]
    assert [[one["id"] for one in row["companies"]] for row in shared] == [["brosarp", "ja"]]
    assert "Ålder ja AB" in done("match")
    assert run("match", "okänd").exit_code == 2
    assert run("match", "--for-company").exit_code == 2
    assert run("match", "brosarp", "--to", "pdf").exit_code == 2
