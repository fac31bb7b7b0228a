"""The commands for activities, attendance lists and where companies belong, as their users run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aimaturity.cli.app import app
from aimaturity.cli.words_activities import ACTIVITIES
from aimaturity.programme.store import open_store

LIST = "Företag;Org.nr;Kommun;Kvinnor;Män;E-post\nÅkes Plåt AB;556016-0680;Karlshamn;2;1;å@å.se\nÖ-kraft AB;;;1;0;\n"
ABOUT = ("--kind", "kurs", "--title", "AI-kväll", "--date", "2022-05-12")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "hem"))
    monkeypatch.delenv("AIMATURITY_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hem"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "närvaro.csv").write_text(LIST, "utf-8")
    return tmp_path / "närvaro.csv"


def run(*arguments: object, stdin: str | None = None) -> Result:
    lang = [] if "--lang" in arguments else ["--lang", "sv"]
    runner = CliRunner(env={"COLUMNS": "200", "AIMATURITY_DEBUG": "1"})
    return runner.invoke(app, [*map(str, arguments), *lang], input=stdin)


def done(*arguments: object, code: int = 0) -> str:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.parametrize("command", ["add", "edit", "attend", "list", "show", "remove", "import"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["activity", command, "--help"])
    assert result.exit_code == 0
    assert f"aimaturity activity {command}" in result.output
    assert "--database" in result.output


def test_words_are_in_both_languages_with_the_same_facts() -> None:
    def facts(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    assert [
        key
        for key, words in ACTIVITIES.items()
        if set(words) != {"sv", "en"} or facts(words["sv"]) != facts(words["en"])
    ] == []


def test_an_activity_is_added_attended_shown_changed_and_removed() -> None:
    id = json.loads(done("activity", "add", "Kurs", "AI för åkerier", "--date", "2022-05-12", "--hours", "3",
                         "--partner", "Mobile Heights", "--municipality", "Karlshamns kommun", "--json"))["id"]  # fmt: skip
    done("company", "add", "Åkes Plåt AB", "--id", "åke")
    assert "kvinnor: 2, män: 1, övriga: 0" in done("activity", "attend", id, "åke", "--women", "2", "--men", "1")
    shown = done("activity", "show", id)
    for words in ("AI för åkerier, 2022-05-12", "Typ: Kurs", "Partner: Mobile Heights", "Kommun: Karlshamn",
                  "Timmar för en deltagare: 3", "Åkes Plåt AB (åke): kvinnor: 2, män: 1, övriga: 0"):  # fmt: skip
        assert words in shown
    assert json.loads(done("activity", "show", id, "--json"))["participations"][0]["women"] == 2
    done("activity", "edit", id, "--date", "2022-05-13", "--partner", "", "--hours", "0")
    [found] = json.loads(done("activity", "list", "--kind", "course", "--from", "2022-05-13", "--json"))
    assert (found["date"], found["partner"], found["hours"], found["companies"]) == ("2022-05-13", None, None, 1)
    assert done("activity", "list", "--to", "2022-05-12") == ""
    assert "AI för åkerier" in done("company", "show", "åke")
    refused = run("activity", "remove", id)
    assert (refused.exit_code, "--yes" in refused.stderr) == (2, True)
    done("activity", "attend", id, "åke", "--remove")
    assert "Tog bort AI för åkerier" in done("activity", "remove", id)
    assert done("activity", "list") == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["add", "nonsens", "X", "--date", "2022-05-12"], "AIM665"),
        (["add", "course", "X", "--date", "12/5"], "AIM322"),
        (["add", "course", " ", "--date", "2022-05-12"], "AIM662"),
        (["add", "course", "X", "--date", "2022-05-12", "--hours", "-1"], "AIM664"),
        (["add", "course", "X", "--date", "2022-05-12", "--partner", "ingen"], "AIM665"),
        (["add", "course", "X", "--date", "2022-05-12", "--municipality", "Atlantis"], "AIM665"),
        (["add", "course", "X", "--date", "2022-05-12", "--programme", "inget"], "AIM019"),
        (["show", "x"], "AIM660"), (["edit", "x", "--title", "y"], "AIM660"), (["remove", "x", "--yes"], "AIM660"),
        (["attend", "x", "å", "--men", "1"], "AIM660"), (["attend", "x", "y", "--men", "1"], "AIM611"),
        (["import", "finns-inte.csv"], "AIM001"), (["list", "--kind", "ingen"], "AIM665"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_told_and_ends_with_2(arguments: list[str], code: str) -> None:
    done("company", "add", "Å AB", "--id", "å")
    for lang in ("sv", "en"):
        result = run("activity", *arguments, "--lang", lang)
        assert (result.exit_code, code in result.stderr) == (2, True), result.output


def test_a_day_outside_the_period_is_added_and_told() -> None:
    result = run("activity", "add", "course", "Förr", "--date", "2010-01-01")
    assert (result.exit_code, "AIM666" in result.stderr) == (1, True)
    assert "Förr" in done("activity", "list")


def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing(file: Path, home: Path) -> None:
    shown = done("activity", "import", file, *ABOUT, "--dry-run")
    assert "inget är skrivet" in shown
    assert "+ Åkes Plåt AB: kvinnor: 2, män: 1, övriga: 0" in shown
    assert not home.exists()
    done("company", "add", "Östra AB")
    dry, real = (json.loads(done("activity", "import", file, *ABOUT, *more, "--json")) for more in (["--dry-run"], []))
    assert (dry.pop("dry_run"), real.pop("dry_run")) == (True, False)
    assert dry["activities"][0].pop("id") is None
    id = real["activities"][0].pop("id")
    assert dry == real
    assert (real["rows"], real["columns"]["women"]) == ({"read": 2, "taken": 2, "left": [], "aside": []}, "Kvinnor")
    assert json.loads(done("activity", "show", id, "--json"))["activity"]["women"] == 3
    again = done("activity", "import", file, *ABOUT)
    assert "Samma lista lästes in" in again
    assert "oförändrade 2" in again


def test_a_list_with_faults_is_taken_but_for_them_and_ends_with_1(file: Path) -> None:
    file.write_text(LIST + "Ä AB;;;x;;\n;;;1;1;\nSumma;;;9;9;\n", "utf-8")
    result = run("activity", "import", file, *ABOUT)
    assert result.exit_code == 1
    assert "rader: 5; inlästa: 2; ej inlästa: 2; summarader och tomma: 1" in result.stdout
    assert "Ej inlästa rader: 4, 5" in result.stdout
    for told in (":4:4 AIM663", ":5 AIM623", ":1 AIM673"):
        assert told in result.stderr
    result = run("activity", "import", file, "--activity", "x", "--title", "y")
    assert (result.exit_code, "--title" in result.stderr) == (2, True)
    nothing = run("activity", "import", file, "--kind", "course")
    assert (nothing.exit_code, "AIM675" in nothing.stderr) == (2, True)


def test_a_list_for_an_activity_of_the_register_comes_from_standard_input_too(file: Path) -> None:
    done("activity", "add", "course", "AI-kväll", "--date", "2022-05-12", "--id", "k1")
    result = run("activity", "import", "-", "--activity", "k1", "--no-add", stdin=LIST)
    assert (result.exit_code, result.stderr.count("AIM669")) == (2, 2)
    assert run("activity", "import", "-", "--activity", "k1", stdin=LIST).exit_code == 0
    assert json.loads(done("activity", "list", "--json"))[0]["companies"] == 2


def test_companies_say_where_they_belong_in_names_or_codes() -> None:
    done("company", "add", "Å AB", "--municipality", "1082", "--sector", "25.620", "--size", "12", "--benchmark", "ja")
    done("company", "add", "Malmö-bygg AB", "--municipality", "malmö", "--sector", "Bygg", "--owner", "Öbergs")
    shown = done("company", "show", "Å AB")
    for words in ("Kommun: Karlshamn", "Län: Blekinge län", "Bransch: Industri", "Storlek: litet", "jämförelser: ja"):
        assert words in shown
    assert [row["id"] for row in json.loads(done("company", "list", "--county", "Skåne", "--json"))] == [
        "Malmö-bygg AB"
    ]
    assert [row["id"] for row in json.loads(done("company", "list", "--sector", "C", "--json"))] == ["Å AB"]
    done("company", "edit", "Å AB", "--municipality", "", "--size", "", "--benchmark", "no")
    company = json.loads(done("company", "show", "Å AB", "--json"))["company"]
    assert (company["municipality"], company["county"], company["size"], company["benchmark"]) == (
        None,
        None,
        None,
        "no",
    )
    for wrong in (["--municipality", "Atlantis"], ["--sector", "Ö"], ["--size", "jätte"], ["--benchmark", "kanske"]):
        assert run("company", "edit", "Å AB", *wrong).exit_code == 2
    assert run("company", "edit", "Å AB").exit_code == 2
    near = run("company", "edit", "Å AB", "--municipality", "Karlshamm")
    assert "menade du 'Karlshamn'?" in near.stderr


def test_duplicates_are_listed_with_how_to_merge_them() -> None:
    done("company", "add", "Brösarps Finmekanik AB", "--number", "556016-0680")
    run("company", "add", "Brösarps Finmekanikk")
    assert "aimaturity company merge 'Brösarps Finmekanikk' 556016-0680" in done("company", "list", "--duplicates")
    [pair] = json.loads(done("company", "list", "--duplicates", "--json"))
    assert (pair["merge"]["id"], pair["into"]["id"]) == ("Brösarps Finmekanikk", "556016-0680")
    assert done("company", "list", "österlen", "--duplicates") == ""


def test_a_merge_tells_where_both_took_part(home: Path) -> None:
    for name in ("Åkes Plåt", "Åkes Plåt AB"):
        run("company", "add", name)
    with open_store(str(home / "aimaturity.db")) as store:
        both, one = (store.add_activity("course", title, "2022-05-12").id for title in ("Båda", "Bara en"))
        store.take_part(both, "Åkes Plåt", 1)
        store.take_part(both, "Åkes Plåt AB", men=2)
        store.take_part(one, "Åkes Plåt", 1)
    result = run("company", "merge", "Åkes Plåt", "Åkes Plåt AB")
    assert result.exit_code == 1
    assert f"aimaturity activity attend {both} 'Åkes Plåt AB'" in result.stderr
    assert "Bara en" not in result.stderr


def test_a_company_gets_what_it_took_part_in(tmp_path: Path, file: Path) -> None:
    done("activity", "import", file, *ABOUT)
    done("company", "export", "556016-0680", "-o", tmp_path / "ut")
    assert "- 2022-05-12: AI-kväll (" in (tmp_path / "ut" / "company-556016-0680.md").read_text("utf-8")
    held = json.loads((tmp_path / "ut" / "company-556016-0680.json").read_text("utf-8"))
    assert [(one["activity"]["title"], one["women"]) for one in held["activities"]] == [("AI-kväll", 2)]
