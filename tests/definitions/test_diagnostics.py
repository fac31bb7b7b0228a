"""The catalogue is whole, and renderers don't trip over hostile names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

from aimaturity.definitions.diagnostics import (
    Position,
    catalogue,
    in_order,
    problem,
    render_github,
    render_json,
    render_text,
)

SOURCE = Path(__file__).parents[2] / "src"


def test_every_code_has_all_its_words_in_both_languages() -> None:
    for info in catalogue().values():
        for words in (info.message, info.why, info.do):
            assert set(words) == {"sv", "en"}, info.code
            assert all(text.strip() for text in words.values()), info.code
        fields = {
            lang: {name for _, name, _, _ in Formatter().parse(info.message[lang]) if name} for lang in ("sv", "en")
        }
        assert {f.replace("_sv", "") for f in fields["sv"]} == {f.replace("_en", "") for f in fields["en"]}, info.code


def test_every_code_in_the_program_is_in_the_catalogue_and_the_other_way_round() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    used = set(re.findall(r"AIM\d{3}", text))
    assert used - set(catalogue()) == set()
    assert set(catalogue()) - used == set()


def test_the_same_problem_twice_is_shown_once_and_in_order() -> None:
    late, early = problem("AIM005", Position("f", 9, 1)), problem("AIM005", Position("f", 2, 1))
    assert in_order([late, early, late]) == [early, late]


def test_hostile_names_break_no_renderer() -> None:
    found = [problem("AIM102", Position("å\nb.yaml", 1, 2), key="x\x1b[31m%0A::warning", near="{y}")]
    assert "\x1b" not in render_text(found)
    assert render_text(found).count("\n") == 0
    assert json.loads(render_json(found, "sv"))[0]["hint"] == "menade du '{y}'?"
    assert render_github(found).startswith("::error file=å%0Ab.yaml,line=1,col=2,title=AIM102::")
    assert "\n" not in render_github(found)
