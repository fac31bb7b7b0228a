"""What pydantic refuses: one problem a mistake, in plain words, whatever is put in whatever place."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aimaturity.definitions.diagnostics import Diagnostic, Severity
from aimaturity.definitions.load import check_file
from aimaturity.definitions.yaml_source import DataPath, read_source
from tests.definitions.test_checks import MODEL, PROGRAMME, QUESTIONNAIRE

WRONG = {"null": None, "number": 5, "fraction": 1.5, "text": "x", "mapping": {}, "list": [None], "true": True}
TECHNICAL = re.compile(
    r"pydantic|tuple|union|Atom|Input|NoneType|_type\b|\bstr\b|\bint\b|\bfloat\b|\bdict\b|should be should"
)


def folder(tmp_path: Path, questionnaire: str = QUESTIONNAIRE, model: str = MODEL) -> tuple[Path, Path, Path]:
    for name, words in (("q", questionnaire), ("m", model), ("p", PROGRAMME)):
        (tmp_path / f"{name}.yaml").write_text(words, "utf-8")
    return tmp_path / "q.yaml", tmp_path / "m.yaml", tmp_path / "p.yaml"


def places(value: Any, path: DataPath = ()) -> Iterator[DataPath]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*path, key))


def errors(path: Path) -> list[Diagnostic]:
    return [found for found in check_file(path) if found.severity is Severity.ERROR]


@pytest.mark.parametrize("which", [0, 1, 2], ids=["questionnaire", "scoring model", "programme"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_value_anywhere_is_told_in_plain_words__error(tmp_path: Path, which: int, wrong: str) -> None:
    path = folder(tmp_path)[which]
    source, _ = read_source(path)
    assert source is not None
    tried = told = 0
    for place in places(source.data):
        data = copy.deepcopy(source.data)
        inside = data
        for step in place[:-1]:
            inside = inside[step]
        inside[place[-1]] = WRONG[wrong]
        path.write_text(json.dumps(data), "utf-8")
        tried += 1
        found = errors(path)
        told += bool(found)
        for problem in found:
            for language in ("sv", "en"):
                assert not TECHNICAL.search(problem.message(language)), (place, problem.message(language))
                assert problem.hint(language)
            assert problem.at.line >= 1
        refused = [problem for problem in found if problem.code in ("AIM104", "AIM106", "AIM110")]
        assert len(refused) <= (2 if wrong == "list" else 1), (place, [problem.message() for problem in refused])
    assert tried > 80
    assert told > tried / 3  # a text may well be `x`


@pytest.mark.parametrize(
    ("before", "after", "code", "english", "swedish"),
    [
        ("at_least: high", "at_leat: high", "AIM102", "'at_leat'", "'at_leat'"),
        ("is: low", "is: {a: 1}", "AIM104", "'is' should be text (put it in quotes) or a number or a list",
         "'is' ska vara text (sätt citattecken om) eller ett tal eller en lista"),
        ("kind: multiple", "kind: multiple\n        at_most: -5", "AIM104", "at least 1", "minst 1"),
        ("title: {sv: Prov, en: Test}", "title: {}", "AIM104", "at least 1", "minst 1"),
        ("kind: number", "kind: null", "AIM106", "'null'", "'null'"),
        ("is: low", "is: [null]", "AIM104", "'is' should be text", "'is' ska vara text"),
    ],
)  # fmt: skip
def test_one_mistake_is_told_once_at_its_line__error(
    tmp_path: Path, before: str, after: str, code: str, english: str, swedish: str
) -> None:
    path, *_ = folder(tmp_path, QUESTIONNAIRE.replace(before, after, 1))
    (found,) = errors(path)
    assert found.code == code
    assert english in found.message("en")
    assert swedish in found.message("sv")
    assert found.at.line == 1 + QUESTIONNAIRE[: QUESTIONNAIRE.index(before)].count("\n") + after.count("\n")


def test_a_list_that_cannot_be_read_hides_no_others_behind_it__error(tmp_path: Path) -> None:
    _, path, _ = folder(tmp_path, model=re.sub(r"(?m)^scoring: m$", "scoring: {}", MODEL))
    (found,) = errors(path)
    assert (found.code, found.at.line) == ("AIM104", 1)
