"""Where definitions are found: beside the model, in one's own home, bundled."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimaturity.definitions import library
from aimaturity.definitions.load import load_scoring_model
from tests.definitions.test_checks import MODEL, PROGRAMME, QUESTIONNAIRE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIMATURITY_HOME", str(tmp_path / "home"))
    for folder in ("questionnaires", "scoring", "programmes"):
        (tmp_path / "home" / folder).mkdir(parents=True)
    return tmp_path / "home"


def test_the_bundled_ones_are_found(home: Path) -> None:
    assert set(library.available("questionnaires")) == {"ai-maturity", "ai-quickscan"}
    assert set(library.available("scoring")) == {"ai-maturity", "ai-quickscan"}
    assert library.find("programmes", "digit-hub-ai") is not None


def test_one_s_own_stands_in_front_of_a_bundled_one(home: Path) -> None:
    own = home / "questionnaires" / "min.yaml"
    own.write_text(QUESTIONNAIRE.replace("questionnaire: q", "questionnaire: ai-maturity"), "utf-8")
    assert library.available("questionnaires")["ai-maturity"] == own
    assert "ai-maturity" in library.shadowed("questionnaires")
    assert library.shadowed("scoring") == {}


def test_a_model_finds_its_questionnaire_beside_it_or_in_the_sister_folder(home: Path, tmp_path: Path) -> None:
    for place in ("flat", "tree/scoring"):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "m.yaml").write_text(MODEL, "utf-8")
        beside = folder if place == "flat" else tmp_path / "tree" / "questionnaires"
        beside.mkdir(exist_ok=True)
        (beside / "anything.yaml").write_text(QUESTIONNAIRE, "utf-8")
        helping = folder if place == "flat" else tmp_path / "tree" / "programmes"
        helping.mkdir(exist_ok=True)
        (helping / "p.yaml").write_text(PROGRAMME, "utf-8")
        loaded = load_scoring_model(folder / "m.yaml")
        assert loaded.usable, [str(d) for d in loaded.diagnostics]


def test_an_id_is_looked_up_at_home(home: Path) -> None:
    (home / "scoring" / "x.yaml").write_text(MODEL, "utf-8")
    (home / "questionnaires" / "y.yaml").write_text(QUESTIONNAIRE, "utf-8")
    (home / "programmes" / "z.yaml").write_text(PROGRAMME, "utf-8")
    assert load_scoring_model("m").usable
    unknown = load_scoring_model("ai-maturty")
    assert [d.code for d in unknown.diagnostics] == ["AIM019"]
    assert unknown.diagnostics[0].hint("sv") == "menade du 'ai-maturity'?"
