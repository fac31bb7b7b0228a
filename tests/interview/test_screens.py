"""What the screens look like, to the letter: text and styles, at three sizes, in both languages, without colour.

A change is written with `pytest tests/interview/test_screens.py --golden-update`; read the difference as code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aimaturity.definitions.base import Text
from aimaturity.interview.desk import Area
from aimaturity.interview.session import Detail, Earlier, Given, State
from tests.interview.pilot import Held, hold, kinds, option, screen_styles

SHOTS = Path(__file__).parent / "screens_as_seen"
SIZES = [(80, 24), (50, 12), (140, 40)]
GIVEN = {
    "data_access": option("exported"),
    "data_quality": Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen Åsa")),
    "problem_defined": Given(State.ANSWERED, "named", Detail(comment="Svinn i ugnen", evidence="seen")),
    "ai_use": option("general_tools"),
    "head_count": Given(State.ANSWERED, {"women": 4.0, "men": 9.0, "other_unstated": 0.0}),
}
AREAS = [
    Area("business", Text({"sv": "Affärsnytta", "en": "Business benefit"}), ("problem_defined", "problem_size", "baseline")),
    Area("base", Text({"sv": "AI-förmåga", "en": "AI capability"}), ("data_access", "data_quality", "ai_use")),
]  # fmt: skip
GLANCE = {"sv": ["Nivå 2–3    AI-förmåga 43 (40–47)"], "en": ["Level 2–3    AI capability 43 (40–47)"]}
EARLIER = {"data_access": Earlier(Given(State.ANSWERED, "on_paper", Detail(evidence_note="Pärm")), "2025-11-20", "T0")}
STORIES: dict[str, tuple[str | None, list[str]]] = {
    "single": ("data_access", []),
    "multiple": ("ai_roles", ["2"]),
    "counts": ("head_count", []),
    "long-list": ("municipality", ["f", "t", "o"]),
    "comment": ("data_access", ["k", "å", "enter", "ö"]),
    "who-knows": ("data_access", ["d"]),
    "overview": ("data_access", ["g"]),
    "search": ("data_access", ["s", "d", "a", "t", "a"]),
    "keys": ("data_access", ["h"]),
    "history": ("data_access", ["t"]),
    "preview": ("data_access", ["p"]),
    "end": (None, []),
}


def check(name: str, held: Held, update: bool) -> None:
    seen = f"{held.text}\n{'=' * 20}\n{screen_styles(held.app)}\n"
    path = SHOTS / f"{name}.txt"
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
    assert seen == path.read_text("utf-8")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", STORIES)
def test_a_screen_is_as_it_was(
    name: str, size: tuple[int, int], language: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    position, keys = STORIES[name]

    async def story(held: Held) -> None:
        await held.press(*keys)
        await held.until(lambda: "Räknar" not in held.text and "Working" not in held.text)
        check(f"{name}-{size[0]}x{size[1]}-{language}", held, request.config.getoption("--golden-update"))

    hold(
        story,
        given=GIVEN,
        position=position,
        at_end=position is None,
        size=size,
        language=language,
        areas=AREAS,
        earlier=EARLIER,
        own={"data_access": option("automatic")},
        context={"glance": lambda language: GLANCE[language], "planned_minutes": 50.0, "occasion": "T1"},
    )


@pytest.mark.parametrize("position", ["often", "energy", "words", "day", "many"])
def test_the_other_kinds_of_question_are_as_they_were(
    position: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async def story(held: Held) -> None:
        check(f"kind-{position}", held, request.config.getoption("--golden-update"))

    given = {
        "one": option("much"),
        "many": Given(State.ANSWERED, ("office", "sales")),
        "often.erp": option("always"),
        "often.machines": Given(State.DONT_KNOW, None, Detail(ask="Bo")),
        "energy": Given(State.ANSWERED, 1234.5),
        "words": Given(State.ANSWERED, "Kunderna.\nOch lugn och ro."),
        "day": Given(State.ANSWERED, "2026-12-01"),
    }
    hold(story, questionnaire=kinds(tmp_path), given=given, position=position)


def test_with_plain_signs_every_character_of_the_frame_is_one_that_any_terminal_has(
    request: pytest.FixtureRequest,
) -> None:
    async def story(held: Held) -> None:
        await held.press("3")
        check("plain-signs", held, request.config.getoption("--golden-update"))
        assert set(held.text) <= set(map(chr, range(32, 127))) | set("\nåäöÅÄÖé")

    now = dt.datetime(2026, 11, 25, 14, 32, 7, tzinfo=dt.UTC)
    hold(story, position="data_access", context={"ascii_signs": True, "now": lambda: now})
