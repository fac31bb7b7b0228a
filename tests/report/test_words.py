"""The words files: the same in both languages, all of them used, and none missing."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import aimaturity.report
from aimaturity.definitions.library import bundled_folder
from aimaturity.report.words import LANGUAGES, words

PLURALS = {"0", "one", "other", "few", "many", "two", "zero"}
# Groups that code reaches by a key made at run time.
BY_NAME = (
    "score.", "test.", "need.", "status.", "states.", "level.may_", "level.here", "level.possible", "captions.",
    "steps.costs.", "steps.kinds.", "steps.roles.", "meta.", "method.rules.", "method.example_rules.", "method.kinds.",
    "not_applicable.", "answers.", "versions.", "area.", "steps.nobody", "steps.no_programme", "index.kinds.",
    "change.verdicts.", "change.sentences.", "change.counts.", "change.seen.", "charts.row",
    "comparison.",
    # Of the cohort page.
    "cohort.columns.level_", "cohort.results.", "cohort.method.", "cohort.fields.", "cohort.sizes.", "cohort.occasions.",
    "cohort.costs.", "cohort.notices.", "cohort.headings.public_", "cohort.captions.", "cohort.sheets.", "cohort.rounds.",
    "cohort.brief.", "cohort.gates.",
)  # fmt: skip
PAGE = "cohort"


def flat(table: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each text, plural or list with its dotted key."""
    for key, value in table.items():
        if isinstance(value, dict) and not set(value) <= PLURALS:
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def texts(value: Any) -> list[str]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]


def fields(value: Any) -> set[str]:
    """The facts that a text, or any form of a plural, asks for; n and N are the count itself."""
    return {name for text in texts(value) for _, name, _, _ in string.Formatter().parse(text) if name} - {"n", "N"}


TABLES = {language: dict(flat(words(language, PAGE).table)) for language in LANGUAGES}


def test_both_languages_have_the_same_keys() -> None:
    assert list(TABLES["sv"]) == list(TABLES["en"])


@pytest.mark.parametrize("key", TABLES["sv"])
def test_both_languages_ask_for_the_same_facts_and_say_something(key: str) -> None:
    swedish, english = TABLES["sv"][key], TABLES["en"][key]
    assert type(swedish) is type(english)
    assert fields(swedish) == fields(english)
    assert all(text.strip() for text in [*texts(swedish), *texts(english)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_the_forms_of_its_language(language: str) -> None:
    needed = set(Locale(language).plural_form.tags) | {"other"}
    plurals = {key: set(value) for key, value in TABLES[language].items() if isinstance(value, dict)}
    assert {key: forms - {"0"} for key, forms in plurals.items()} == dict.fromkeys(plurals, needed)


def sources(part: str = ".") -> str:
    """All code and templates of reports, or of one page alone."""
    code = (Path(str(aimaturity.report.__path__[0])) / part).rglob("*.py")
    templates = (bundled_folder("report_templates") / part).rglob("*.j2")
    return "\n".join(path.read_text("utf-8") for path in [*code, *templates])


def test_every_key_that_code_or_templates_name_exists() -> None:
    named = set(re.findall(r"""(?:\bw|words)(?:\.count|\.at)?\(\s*"([a-z_.]+)\"""", sources()))
    assert len(named) > 100
    assert {key for key in named if not words("sv", PAGE).has(key)} == set()


@pytest.mark.parametrize(("page", "least"), [("cohort", 60), ("status", 30)])
def test_every_key_that_a_page_of_blocks_names_exists_in_both_languages(page: str, least: int) -> None:
    named = set(re.findall(r"""(?:teller|self)\.(?:say|count)\(\s*"([a-z_.]+)\"""", sources(page)))
    assert len(named) > least
    for language in LANGUAGES:
        assert {key for key in named if not words(language, page).has(f"{page}.{key}")} == set()


def test_the_status_page_says_the_same_in_both_languages() -> None:
    swedish, english = (dict(flat(words(language, "status").table)) for language in LANGUAGES)
    assert list(swedish) == list(english)
    for key, said in swedish.items():
        assert fields(said) == fields(english[key]), key
        assert all(text.strip() for text in [*texts(said), *texts(english[key])])


def test_a_pages_own_words_stand_beside_the_shared_and_take_the_place_of_none() -> None:
    assert set(words("sv", PAGE).table) - set(words("sv").table) == {"cohort"}
    assert {key: words("sv", PAGE).table[key] for key in words("sv").table} == words("sv").table


def test_no_words_lie_about_unused() -> None:
    code = sources()
    # A sheet's columns are named by the last part of their words' key.
    last = ("workbook.", "cohort.columns.")
    names = {
        key: {key, key.removeprefix("cohort."), *([key.rpartition(".")[2]] if key.startswith(last) else [])}
        for key in TABLES["sv"]
    }
    used = {key for key, forms in names.items() if any(f'"{form}"' in code for form in forms)}
    unused = [key for key in TABLES["sv"] if key not in used and not key.startswith(BY_NAME)]
    assert not unused, unused


def test_plural_sentences_agree_with_their_count() -> None:
    sv, en = words("sv"), words("en")
    assert sv.count("area.uncertain", 1, low=18, high=46).endswith("beroende på en obesvarad fråga.")
    assert sv.count("area.uncertain", 2, low=18, high=46).endswith("beroende på två obesvarade frågor.")
    assert sv.count("area.answered", 0, total="åtta") == "Ingen av åtta frågor är besvarad."
    assert sv.count("area.answered", 3, total="åtta") == "Tre av åtta frågor är besvarade."
    assert sv.count("area.answered", 13, total=14) == "13 av 14 frågor är besvarade."
    assert en.count("unknown.intro", 1) == "One question that gives points has no answer."
    assert en.count("unknown.intro", 21) == "21 questions that give points have no answer."


def test_hours_take_the_form_of_their_number() -> None:
    said = [words("sv").count("steps.hours", hours, number=hours) for hours in (1, 2, 0.5)]
    assert said == ["1 timme", "2 timmar", "0.5 timmar"]


def test_lists_have_no_comma_before_the_last() -> None:
    assert words("sv").listed(["a", "b", "c"]) == "a, b och c"
    assert words("en").listed(["a", "b"]) == "a and b"
    assert words("sv").listed([]) == ""


def test_a_missing_key_or_fact_is_never_silent() -> None:
    with pytest.raises(KeyError, match=r"no words for level\.nothing in sv"):
        words("sv")("level.nothing")
    with pytest.raises(KeyError):
        words("sv")("level.one", level=2)
    with pytest.raises(KeyError, match="no single text"):
        words("sv")("headings.steps")
