"""Size class, sector and county follow from the profile's answers by law and by tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Single
from aimaturity.definitions.sni import SECTORS
from aimaturity.responses.profile import (
    BALANCE,
    SIZES,
    TURNOVER,
    county_of,
    profile_of,
    sector_of,
    size_class,
)
from tests.bundled import bundled

TIES = ("independent", "partner", "linked")


@pytest.mark.parametrize(
    ("persons", "turnover", "balance", "ties", "name", "preliminary"),
    [
        (9, "up_to_2m", "up_to_2m", "independent", "micro", False),
        (10, "up_to_2m", "up_to_2m", "independent", "small", False),
        (0, "up_to_2m", "up_to_2m", "independent", "micro", False),
        (49, "up_to_10m", "over_43m", "independent", "small", False),
        (50, "up_to_2m", "up_to_2m", "independent", "medium", False),
        (249, "over_50m", "up_to_43m", "independent", "medium", False),
        (249, "over_50m", "over_43m", "independent", "large", False),
        (250, "up_to_2m", "up_to_2m", "independent", "large", False),
        # High turnover alone rules out no class: the balance total may be low.
        (5, "over_50m", "up_to_2m", "independent", "micro", False),
        (5, "over_50m", None, "independent", "micro", True),
        # Low turnover alone settles it, whatever the balance total.
        (5, "up_to_2m", None, "independent", "micro", False),
        (5, None, "up_to_2m", "independent", "micro", False),
        (5, None, None, "independent", "micro", True),
        (300, None, None, "independent", "large", False),
        # Others' persons and money are to be added.
        (5, "up_to_2m", "up_to_2m", "partner", "micro", True),
        (5, "up_to_2m", "up_to_2m", "linked", "micro", True),
        (5, "up_to_2m", "up_to_2m", None, "micro", True),
    ],
)
def test_size_class_by_recommendation_2003_361(
    persons: float, turnover: str, balance: str, ties: str, name: str, preliminary: bool
) -> None:
    found = size_class(persons, turnover, balance, ties)
    assert found is not None
    assert (found.name, found.preliminary) == (name, preliminary)


def test_without_a_head_count_there_is_no_size_class() -> None:
    assert size_class(None, "up_to_2m", "up_to_2m", "independent") is None


def test_what_is_not_known_leaves_all_classes_open_that_it_can_give() -> None:
    assert size_class(5, "over_50m", None, "independent").possible == ("micro", "small", "medium", "large")  # type: ignore[union-attr]
    assert size_class(5, "up_to_10m", None, "independent").possible == ("micro", "small")  # type: ignore[union-attr]


@given(
    persons=st.integers(0, 400),
    turnover=st.sampled_from([*TURNOVER, None]),
    balance=st.sampled_from([*BALANCE, None]),
    more=st.integers(0, 100),
)
def test_more_persons_never_make_a_smaller_company(persons: int, turnover: str, balance: str, more: int) -> None:
    before, after = (size_class(number, turnover, balance, "independent") for number in (persons, persons + more))
    assert before is not None
    assert after is not None
    assert SIZES.index(before.name) <= SIZES.index(after.name)
    assert before.preliminary == (len(before.possible) > 1)


@pytest.mark.parametrize(
    ("section", "version", "sector"),
    [
        ("section_c", "sni_2007", "industry"),
        ("section_c", "sni_2025", "industry"),
        ("section_c", None, "industry"),
        ("section_j", "sni_2007", "information_communication"),
        ("section_j", "sni_2025", "information_communication"),
        # K was finance, and is IT: without a version nobody can say.
        ("section_k", "sni_2007", "finance"),
        ("section_k", "sni_2025", "information_communication"),
        ("section_k", None, None),
        ("section_l", "sni_2007", "real_estate"),
        ("section_m", "sni_2025", "real_estate"),
        ("section_n", None, "business_services"),
        ("section_v", "sni_2025", "culture_other"),
        ("section_v", "sni_2007", None),
        ("section_v", None, "culture_other"),
        (None, "sni_2025", None),
        ("section_å", "sni_2025", None),
    ],
)
def test_sections_of_both_versions_have_common_groups(section: str, version: str, sector: str) -> None:
    assert sector_of(section, version) == sector


def test_every_section_of_each_version_has_one_group() -> None:
    """21 sections in SNI 2007, A to U; 22 in SNI 2025, A to V; all of them options of the questionnaire."""
    for which, letters in ((0, "ABCDEFGHIJKLMNOPQRSTU"), (1, "ABCDEFGHIJKLMNOPQRSTUV")):
        assert "".join(sorted("".join(both[which] for both in SECTORS.values()))) == letters
    question = bundled().questionnaire.questions["sni_section"]
    assert isinstance(question, Single)
    assert [o.id for o in question.options] == [f"section_{letter.lower()}" for letter in "ABCDEFGHIJKLMNOPQRSTUV"]


def test_the_bands_and_ties_are_the_questionnaires_options() -> None:
    """A renamed option would else be taken for an unknown one."""
    questions = bundled().questionnaire.questions
    for name, known in (("turnover", TURNOVER), ("balance_total", BALANCE), ("part_of_group", TIES)):
        assert [option.id for option in bundled().questionnaire.options_of(questions[name])] == list(known)


def test_the_county_is_the_one_given_else_the_municipalitys() -> None:
    questionnaire = bundled().questionnaire
    assert county_of(questionnaire, {"county": "blekinge", "municipality": "malmo"}) == "10"
    assert county_of(questionnaire, {"municipality": "hässleholm"}) is None
    assert county_of(questionnaire, {"municipality": "hassleholm"}) == "12"
    assert county_of(questionnaire, {"county": "other_county", "municipality": "other_municipality"}) is None
    assert county_of(questionnaire, {}) is None


def test_a_profile_counts_persons_of_every_sex() -> None:
    profile = profile_of(
        {
            "head_count": {"women": 4.0, "men": 5.0, "other_unstated": 1.0},
            "sni_section": "section_c",
            "sni_version": "sni_2025",
            "turnover": "up_to_10m",
            "part_of_group": "independent",
        }
    )
    assert profile.persons == 10
    assert profile.size == size_class(10, "up_to_10m", None, "independent")
    assert profile.sector == "industry"
    assert profile_of({}).size is None
