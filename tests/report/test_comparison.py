"""The company beside its peers: where it stands, in words, in a table and as a strip; and why it stands nowhere."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from aimaturity.definitions.sni import Sector
from aimaturity.report.build import view_of
from aimaturity.report.render import render
from aimaturity.report.view_pages import Comparison
from aimaturity.report.words import LANGUAGES, words
from aimaturity.responses.profile import SIZES
from aimaturity.scoring.document import ResultDocument
from aimaturity.scoring.redact import redacted
from aimaturity.scoring.standing import RUNGS, Finer, GroupSize, Place, Standing, Stretch
from tests.report.factory import benchmark, document, protected, standing

PLACES = get_args(Place)


def beside(*standings: Standing, **changes: object) -> ResultDocument:
    return document(benchmark=benchmark(**({"standings": list(standings)} if standings else {}), **changes))


def shown(*standings: Standing, language: str = "sv", **changes: object) -> Comparison:
    found = view_of(beside(*standings, **changes), language).comparison
    assert found is not None
    return found


def section(told: ResultDocument, language: str) -> str:
    """What the section says, as read."""
    (found,) = JustHTML(render(told, "html", language), sanitize=False, strict=True).query("section.comparison")
    return re.sub(r"\s+", " ", found.to_text())


def test_a_document_without_a_benchmark_says_nothing_of_it() -> None:
    for language, heading in (("sv", "Jämförelse"), ("en", "Comparison")):
        assert view_of(document(), language).comparison is None
        for kind in ("html", "md"):
            text = render(document(), kind, language)  # type: ignore[arg-type]
            assert heading not in text
            assert "comparison" not in text.split("</style>")[-1]


def test_a_redacted_copy_tells_of_no_peers() -> None:
    assert view_of(redacted(beside()), "sv").comparison is None


@pytest.mark.parametrize("kind", ["html", "md"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "sv",
            [
                "Jämförelsesiffrorna är från 25 november 2026. Ingen grupp med färre än fem företag visas.",
                "Ni räknas till industri, energi, vatten och avfall och är troligen ett litet företag.",
                "AI-förmåga: ert resultat är 50 och ligger mellan medianen och den övre kvartilen, jämfört med "
                "10–19 företag i samma bransch.",
                "Klimatnytta: ingen jämförelse visas. De liknande företagen är för få, eller så skulle siffrorna kunna "
                "avslöja någon av dem.",
                "Jämställdhet: ni har inget resultat som går att jämföra. Gruppens siffror gäller 10–19 företag i samma "
                "bransch.",
                "För Affärsnytta är ert eget resultat med i gruppens siffror.",
                "Gruppens siffror för Jämställdhet är från 4 maj 2026.",
                "Gruppen ”samma bransch och storlek” visas inte för AI-förmåga, Affärsnytta och Jämställdhet:",
            ],
        ),
        (
            "en",
            [
                "The figures compared with are of 25 November 2026. No group with fewer than five companies is shown.",
                "AI capability: your score is 50, which lies between the median and the upper quartile, compared with "
                "10–19 companies of the same industry.",
                "Climate benefit: no comparison is shown. The companies like yours are too few, or the figures could "
                "give one of them away.",
                "Gender equality: you have no score that can be compared.",
                "For Business benefit, your own score is among the group's figures.",
                "The group's figures for Gender equality are of 4 May 2026.",
            ],
        ),
    ],
)
def test_the_section_says_where_the_company_stands_or_why_nowhere(kind: str, language: str, said: list[str]) -> None:
    told = beside()
    text = section(told, language) if kind == "html" else render(told, "md", language)
    assert [sentence for sentence in said if sentence not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_chart_and_sentences_hold_the_same(language: str) -> None:
    found = shown(language=language)
    assert found.chart is not None
    assert [row.title for row in found.rows] == [row["title"] for row in found.chart.data["rows"]]
    assert all(row.sentence in found.chart.title for row in found.rows), "the text alternative tells every row"
    assert [(row.own, row.lower, row.median, row.upper) for row in found.rows] == [
        ("50", "20–30", "40–50", "60–70"),
        ("69", "60–70", "60–70", "60–70"),
        ("–", "–", "–", "–"),
        ("–", "20–30", "40–50", "60–70"),
    ]
    assert [row["own"] is None for row in found.chart.data["rows"]] == [False, False, True, True]
    assert [(part["row"], part["from"], part["to"]) for part in found.chart.data["parts"]][:3] == [
        (0, 0.2, 0.3), (0, 0.4, 0.5), (0, 0.6, 0.7),
    ]  # fmt: skip
    assert {part["row"] for part in found.chart.data["parts"]} == {0, 1, 3}, "a protected group is drawn nowhere"


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_group_is_shown_there_is_no_chart_and_no_line_on_page_one(language: str) -> None:
    found = shown(protected("capability"), protected("climate"), language=language)
    assert found.chart is None
    assert found.front is None
    assert found.remarks == []
    assert len(found.rows) == 2
    text = render(beside(protected("capability")), "html", language)
    assert "chart-benchmark" not in text
    assert 'class="small note beside-peers"' not in text


@pytest.mark.parametrize(
    ("reason", "sv", "en"),
    [
        ("other_method", "gjorda med en annan metod", "another version of the method"),
        ("indication", "bara en indikation", "only an indication"),
        (None, "omfattar inget område", "cover no area"),
    ],
)
def test_where_nothing_is_compared_it_says_why_and_no_more(reason: str | None, sv: str, en: str) -> None:
    for language, said in (("sv", sv), ("en", en)):
        found = view_of(document(benchmark=benchmark(reason=reason, standings=[])), language).comparison
        assert found is not None
        assert said in " ".join(found.intro)
        assert (found.rows, found.chart, found.front, found.remarks) == ([], None, None, [])
        assert said in section(document(benchmark=benchmark(reason=reason, standings=[])), language)


def test_page_one_says_on_which_side_of_the_median_each_area_lies() -> None:
    one = shown(standing("capability"))
    assert one.front == "Jämfört med 10–19 företag i samma bransch: över medianen i AI-förmåga."
    several = shown(
        standing("capability", place="below_lower_quartile"),
        standing("business", place="at_median"),
        standing("climate", place="below_median"),
        protected("gender_equality"),
    )
    assert several.front == ("Områden jämförda med liknande företag: 0 över medianen, 1 vid den, 2 under den."), (
        "names that don't fit in one line are counted"
    )
    mixed = shown(
        standing("capability"), standing("climate", rung="all", companies=GroupSize(at_least=100, at_most=None))
    )
    assert mixed.front == "Jämfört med liknande företag: över medianen i AI-förmåga och Klimatnytta."
    assert mixed.rows[1].group == "100 eller fler företag av alla slag"
    text = render(beside(standing("capability")), "html", "sv")
    assert text.index("beside-peers") < text.index('id="steps"'), "it stands on page 1"


def test_what_is_the_same_for_all_areas_is_said_once() -> None:
    for included, said in (
        (True, "Ert eget resultat är med i gruppens siffror."),
        (False, "Ert eget resultat är inte med i gruppens siffror."),
        (None, "Om ert eget resultat är med i gruppens siffror är inte känt här."),
    ):
        found = shown(standing("capability", included=included), standing("climate", included=included))
        assert found.remarks == [
            said,
            "Gruppen ”samma bransch och storlek” visas inte: företagen är för få, eller så skulle siffrorna kunna "
            "avslöja någon av dem.",
        ]


def test_an_unknown_industry_or_size_is_why_no_finer_group_is_used() -> None:
    finer = [Finer(rung="sector_size", reason="unknown_sector"), Finer(rung="sector", reason="unknown_sector")]
    found = shown(standing("capability", rung="size", finer=finer), sector=None, size_preliminary=False)
    assert found.remarks[1:] == ["Er bransch är inte känd, så ni jämförs inte inom en bransch."]
    assert found.intro[-1] == "Ni är ett litet företag."
    finer = [Finer(rung="sector_size", reason="unknown_size")]
    found = shown(standing("capability", finer=finer), size=None, size_preliminary=False)
    assert found.remarks[1:] == ["Er storlek är inte känd, så ni jämförs inte inom en storlek."]
    assert found.intro[-1] == "Ni räknas till industri, energi, vatten och avfall."


def test_no_words_of_the_section_name_why_a_group_is_protected() -> None:
    """Which of the rules withholds a group would tell its size (docs/benchmark.md)."""
    for language, either in (("sv", "för få, eller så"), ("en", "too few, or the figures")):
        found = shown(protected("capability"), language=language)
        assert either in found.rows[0].sentence


def test_a_number_question_is_compared_by_its_points() -> None:
    found = shown(standing("influence_on_ai"))
    assert found.rows[0].title == "Vilka beslutar om AI?"
    assert found.rows[0].own == "81,5"
    assert found.chart is not None
    assert found.chart.data["rows"][0]["own"] == pytest.approx(0.815385, abs=1e-5)


def test_a_measure_that_the_document_does_not_hold_is_named_by_its_id_and_drawn_nowhere() -> None:
    found = shown(standing("gone", place=None, reason="no_score"))
    assert found.rows[0].title == "gone"
    assert found.chart is not None
    assert all(part["from"] is None for part in found.chart.data["parts"])
    assert "gone" in render(beside(standing("gone", place=None, reason="no_score")), "html", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_rung_industry_and_size_has_words(language: str) -> None:
    w = words(language)
    assert len({w(f"comparison.places.{place}") for place in PLACES}) == len(PLACES)
    assert len({w(f"comparison.chart_places.{place}") for place in PLACES}) >= 5
    assert {
        rung for rung in RUNGS if not w.has(f"comparison.groups.{rung}") or not w.has(f"comparison.rungs.{rung}")
    } == set()
    assert {sector for sector in get_args(Sector) if not w.has(f"comparison.sectors.{sector}")} == set()
    assert {size for size in SIZES if not w.has(f"comparison.sizes.{size}")} == set()


STANDINGS = st.builds(
    lambda measure, place, rung, included, low: standing(
        measure,
        place=place,
        reason=None if place else "no_score",
        rung=rung,
        included=included,
        lower_quartile=Stretch(low=low, high=low + 10),
    ),
    st.sampled_from(["capability", "business", "climate", "gender_equality", "gone"]),
    st.sampled_from([*PLACES, None]),
    st.sampled_from(RUNGS),
    st.sampled_from([True, False, None]),
    st.sampled_from([0.0, 10.0, 90.0]),
)


@given(st.lists(STANDINGS | st.builds(protected, st.sampled_from(["capability", "climate"])), max_size=4))
def test_whatever_the_standings_every_row_is_told_in_whole_sentences(standings: list[Standing]) -> None:
    for language in LANGUAGES:
        found = view_of(document(benchmark=benchmark(standings=standings)), language).comparison
        assert found is not None
        told = [
            *found.intro,
            *found.remarks,
            *(row.sentence for row in found.rows),
            *([found.front] if found.front else []),
        ]
        assert all(sentence.endswith(".") and "None" not in sentence for sentence in told)
        assert len(found.rows) == len(standings)
        assert (found.front is None) == all(each.place is None for each in standings)
        assert (found.chart is None) == all(each.rung is None for each in standings)
