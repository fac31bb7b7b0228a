"""`new --from`: a draft of any export passes `check`, and reads the export that it was made from back completely."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import yaml

from tests.cli.test_commands import SURVEY, run
from tests.responses.test_exports import all_exports, expected


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("name", sorted(all_exports()))
def test_a_draft_passes_check_and_reads_its_own_file_back(name: str, tmp_path: Path) -> None:
    export = all_exports()[name]
    path, folder = tmp_path / f"x{export.ending}", tmp_path / "my-survey"
    path.write_bytes(export.data)
    made = run("new", folder, "--from", path, "--lang", "sv")
    assert made.exit_code == 0, made.stderr
    assert "AIM" not in run("check", folder, "--lang", "sv").stdout.replace("AIM209", "")
    scored = run("score", path, "-m", folder / "scoring/my-survey.yaml", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(scored.stdout)))
    assert len(rows) == len(expected(export))
    assert {row["whole"] for row in rows} == {""}  # nothing is scored by guess
    assert "couldn't be used" not in scored.stderr
    assert "AIM303" not in scored.stderr
    written = yaml.safe_load((folder / "questionnaires/my-survey.yaml").read_text("utf-8"))
    kinds = {question["text"]: question["kind"] for question in written["sections"][0]["questions"]}
    assert list(kinds.values()).count("single") + list(kinds.values()).count("grid") >= 2, kinds


def test_what_the_draft_found(tmp_path: Path) -> None:
    """Kinds and options of a tool that tells them well."""
    export = all_exports()["limesurvey-texts-semicolon-english"]
    path, folder = tmp_path / "x.csv", tmp_path / "s"
    path.write_bytes(export.data)
    run("new", folder, "--from", path, "--lang", "en")
    questions = yaml.safe_load((folder / "questionnaires/s.yaml").read_text("utf-8"))["sections"][0]["questions"]
    kinds = {question["text"]: question["kind"] for question in questions}
    assert kinds["Which AI tools are in use?"] == "multiple"
    assert kinds["How often is AI used in each part?"] == "grid"
    assert kinds["How many sit on the board?"] == "counts"
    assert kinds["How many are employed?"] == "number"
    assert kinds["What do you hope for?"] in ("single", "text")
    scoring = yaml.safe_load((folder / "scoring/s.yaml").read_text("utf-8"))
    assert all(points is None for item in scoring["items"].values() for points in item["points"].values())


FILLED = {"low": "0", "high": "9", "minimum": "0", "maximum": "100"}


def filled_in(model: str) -> str:
    """A drafted model as its owner completes it: rules taken out of their comments, a number for every null."""
    model = re.sub(r"(?m)^#  ", "  ", model)
    if "items: {}" in model:
        model = model.replace("items: {}", "items:").replace("children: []", "children:")
    return re.sub(r"(\w+'?): null", lambda found: f"{found[1]}: {FILLED.get(found[1], '50')}", model)


@pytest.mark.parametrize("name", sorted(all_exports())[::8])
def test_rules_in_comments_are_such_as_can_be_filled_in(name: str, tmp_path: Path) -> None:
    export = all_exports()[name]
    path, folder = tmp_path / f"x{export.ending}", tmp_path / "s"
    path.write_bytes(export.data)
    for lang in ("sv", "en"):
        assert run("new", folder / lang, "--from", path, "--lang", lang).exit_code == 0
    model = folder / "sv/scoring/sv.yaml"
    assert "#  " in model.read_text("utf-8")
    complete = filled_in(model.read_text("utf-8"))
    assert ": null" not in complete
    model.write_text(complete, "utf-8")
    told = set(re.findall("AIM[0-9]+", run("check", folder / "sv", "--lang", "sv").stdout))
    assert told <= {"AIM261"}  # the same number for all answers has no lowest and highest
    scored = list(csv.DictReader(io.StringIO(run("score", path, "-m", model, "--lang", "sv").stdout)))
    assert any(row["whole"] for row in scored)
    children = yaml.safe_load(complete)["tree"]["children"]
    assert children[-1] in yaml.safe_load(complete)["items"]
    assert f"#  {children[-1]}:" in (folder / "en/scoring/en.yaml").read_text("utf-8")


ODK = """SubmissionDate,meta-instanceID,q1,q1/a,q1/b,g1-q2,g1-q2/x,g1-q2/y,g1-age,KEY,SubmitterID,ReviewState
2026-01-01T00:00:00.000Z,uuid:1,a b,1,1,x y,1,1,34,uuid:1,5,
2026-01-02T00:00:00.000Z,uuid:2,,0,0,y,0,1,55,uuid:2,5,hasIssues
"""


def test_ticks_joined_and_one_by_one_are_one_question(tmp_path: Path) -> None:
    """ODK Central splits choices with `/` and groups with `-`, and keeps the joined column (its own tests show it). None
    of these questions can have empty points, and the draft is one that can be checked and used all the same."""
    path, folder = tmp_path / "x.csv", tmp_path / "s"
    path.write_text(ODK, "utf-8")
    assert run("new", folder, "--from", path, "--lang", "sv").exit_code == 0
    checked = run("check", folder, "--lang", "sv")
    assert checked.exit_code == 0
    assert "AIM262" in checked.stdout
    questions = yaml.safe_load((folder / "questionnaires/s.yaml").read_text("utf-8"))["sections"][0]["questions"]
    assert [(question["id"], question["kind"]) for question in questions] == [
        ("q1", "multiple"),
        ("q2", "multiple"),
        ("age", "number"),
    ]
    assert [[option["id"] for option in question["options"]] for question in questions[:2]] == [["a", "b"], ["x", "y"]]
    model = folder / "scoring/s.yaml"
    drafted = model.read_text("utf-8")
    assert "Ta också bort {} efter items" in drafted
    model.write_text(filled_in(drafted), "utf-8")
    assert "AIM" not in run("check", folder, "--lang", "sv").stdout.replace("AIM261", "")
    model.write_text(drafted, "utf-8")
    scored = run("score", path, "-m", folder / "scoring/s.yaml", "--lang", "sv")
    assert scored.exit_code == 0
    assert [row["respondent"] for row in csv.DictReader(io.StringIO(scored.stdout))] == ["uuid:1", "uuid:2"]


def test_the_bundled_example_can_be_drafted_and_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    assert run("new", folder, "--from", SURVEY, "--lang", "sv").exit_code == 0
    assert run("new", folder, "--from", SURVEY, "--lang", "sv").exit_code == 2
    assert run("new", tmp_path / "e", "--from", tmp_path / "no.csv", "--lang", "sv").exit_code == 2
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("Fråga ett;Fråga två\n", "AIM301"), ("a;b\n;\n;\n", "AIM301"), ("Företag;Org.nr\nÅ AB;556036-0793\n", "har inga"),
     ("Företag; \nÅ AB;Ja\n", "har inga"), ('"ord"\n', "AIM301"), ("[1, 2]", "AIM319"), ("[{}]", "AIM005")],
)  # fmt: skip
def test_a_file_without_answers_cannot_be_drafted__error(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "å.csv"
    path.write_text(text, "utf-8")
    made = run("new", tmp_path / "mall", "--from", path, "--lang", "sv")
    assert made.exit_code == 2
    assert said in made.stderr
    assert "AIM901" not in made.stderr
    assert not (tmp_path / "mall").exists()


@pytest.mark.parametrize("figure", ["9" * 400, "1e400", "-9e307", "1E-300", "inf", "nan", "0,1234567890123"])
def test_numbers_beyond_all_bounds_can_be_drafted(figure: str, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(f"Företag;Hur många?\nÅ AB;{figure}\nÄ AB;{figure}\n", "utf-8")
    assert run("new", tmp_path / "mall", "--from", path, "--lang", "sv").exit_code == 0
    assert run("check", tmp_path / "mall", "--lang", "sv").exit_code == 0


def test_texts_beside_nothing_are_questions_of_their_own(tmp_path: Path) -> None:
    """Qualtrics' side-by-side questions of texts: several columns called `_TEXT`, and no question that they are beside."""
    heads = "StartDate,EndDate,Status,Progress,Finished,ResponseId,Q1#1_1_TEXT,Q1#1_2_TEXT,Q2"
    names = "Start Date,End Date,Response Type,Progress,Finished,Response ID,Hur? - Text,Hur? - Text,Går det bra?"
    own = [
        "startDate",
        "endDate",
        "status",
        "progress",
        "finished",
        "_recordId",
        "QID1#1-1-TEXT",
        "QID1#1-2-TEXT",
        "QID2",
    ]
    ids = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in own)
    rows = [f"2026-03-05 09:00:00,2026-03-05 09:10:00,0,100,1,R_{k},ord {k},mer {k},{k % 2}" for k in range(9)]
    path = tmp_path / "svar.csv"
    path.write_text("\n".join([heads, names, ids, *rows]) + "\n", "utf-8")
    assert run("new", tmp_path / "mall", "--from", path, "--lang", "sv").exit_code == 0
    scored = run("score", path, "-m", tmp_path / "mall/scoring/mall.yaml", "--lang", "sv")
    assert "AIM302" not in scored.stderr
    written = yaml.safe_load((tmp_path / "mall/questionnaires/mall.yaml").read_text("utf-8"))
    assert [question["kind"] for question in written["sections"][0]["questions"]][:2] == ["text", "text"]
