"""A content hash says what a definition says, not how its file looks."""

from __future__ import annotations

from pathlib import Path

from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.load import load_questionnaire
from tests.definitions.test_checks import QUESTIONNAIRE


def hash_of(folder: Path, text: str) -> str:
    path = folder / "q.yaml"
    path.write_text(text, "utf-8")
    loaded = load_questionnaire(path)
    assert loaded.value is not None, [str(d) for d in loaded.diagnostics]
    return content_hash(loaded.value)


def test_comments_order_of_keys_and_defaults_change_nothing(tmp_path: Path) -> None:
    plain = hash_of(tmp_path, QUESTIONNAIRE)
    assert plain.startswith("sha256:")
    assert hash_of(tmp_path, "# en kommentar\n" + QUESTIONNAIRE) == plain
    turned = QUESTIONNAIRE.replace("questionnaire: q\nversion: 1.0.0\n", "version: 1.0.0\nquestionnaire: q\n")
    assert hash_of(tmp_path, turned) == plain
    assert hash_of(tmp_path, QUESTIONNAIRE.replace("minimum: 0, maximum", "look: false, minimum: 0, maximum")) == plain


def test_a_word_a_bound_or_the_order_of_options_changes_it(tmp_path: Path) -> None:
    plain = hash_of(tmp_path, QUESTIONNAIRE)
    assert hash_of(tmp_path, QUESTIONNAIRE.replace("Fråga ö", "Fråga ø")) != plain
    assert hash_of(tmp_path, QUESTIONNAIRE.replace("maximum: 10}", "maximum: 11}")) != plain
    swapped = QUESTIONNAIRE.replace("{id: x, text: X}, {id: y, text: Y}", "{id: y, text: Y}, {id: x, text: X}")
    assert hash_of(tmp_path, swapped) != plain
