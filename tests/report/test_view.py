"""What the report says: sentences, rows and states, made from a result document alone."""

from __future__ import annotations

from typing import Any

import pytest

from aimaturity.report.build import report_language, view_of
from aimaturity.report.render import render
from aimaturity.report.view_pages import Area, ReportView
from aimaturity.scoring.document import Cap, Contribution, Criterion, Identity, Occasion
from tests.report.factory import advice, answer, both, document, logos, node, nodes, root, score_of, support, test_of

SV, EN = view_of(document(), "sv"), view_of(document(), "en")


def with_root(**changes: Any) -> ReportView:
    return view_of(document(nodes=[root(**changes), *nodes()]), "sv")


def with_area(view: str = "sv", **changes: Any) -> Area:
    """The view of the first area, changed so."""
    made = [n.model_copy(update=changes) if n.id == "capability" else n for n in nodes()]
    return view_of(document(nodes=[root(), *made]), view).areas[0]


def test_page_one_names_company_date_occasion_and_who_was_there() -> None:
    assert (SV.company, SV.kicker) == ("Brösarps Finmekanik AB", "AI-mognadsanalys")
    assert SV.meta == [
        "Första mätningen", "Med på mötet: vd, produktionschef", "Rådgivare: A. Exempel",
    ]  # fmt: skip
    assert (SV.date, SV.created, EN.date) == ("23 november 2026", "2026-11-23", "23 November 2026")
    assert SV.facts_of_company == ["Tomelilla", "Org.nr 556677-8899"]
    assert EN.meta[0] == "First assessment"
    assert SV.signed is not None
    assert (SV.signed.name, SV.signed.funders) == ("DigIT Hub AI", "Med finansiering från Europeiska unionen.")


def test_funders_logos_are_named_in_the_reports_language() -> None:
    told = document(programme=support(funder_logos=logos((40, 10), (10, 10))))
    for language, name in (("sv", "Län 2 i Götaland"), ("en", "County 2")):
        signed = view_of(told, language).signed
        assert signed is not None
        assert [logo.name for logo in signed.funder_logos][1] == name
        assert f'src="{signed.funder_logos[1].uri}" alt="{name}">' in render(told, "html", language)


def test_a_company_without_name_or_date_is_called_by_its_id() -> None:
    view = view_of(document(company=Identity(id="row-7"), occasion=Occasion()))
    assert (view.company, view.meta, view.date) == ("row-7", [], None)


@pytest.mark.parametrize(
    ("asked", "answered_in", "languages", "got"),
    [
        ("en", "sv", ["sv"], "en"),
        (None, "en", ["sv"], "en"),
        (None, None, ["en", "sv"], "en"),
        (None, "fi", ["fi", "en"], "en"),
        (None, None, ["fi"], "sv"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_answers(
    asked: str | None, answered_in: str | None, languages: list[str], got: str
) -> None:
    told = document(languages=languages, occasion=Occasion(language=answered_in))
    assert report_language(told, asked) == got


def test_a_range_of_levels_is_said_with_what_decides_it() -> None:
    assert SV.level is not None
    assert SV.level.heading == "Nivå 2–3 av 5"
    assert SV.level.sentences == ["Ni ligger på nivå 2 eller 3.", "Fyra obesvarade frågor avgör vilken."]
    assert [box.place for box in SV.level.boxes] == ["other", "possible", "possible", "other", "other"]


def test_where_all_that_decides_lies_in_one_area_the_sentence_names_it() -> None:
    stages = root().stages
    only = stages[2].model_copy(update={"requirements": [score_of("gender_equality", 25, None, None)]})
    view = with_root(stages=[*stages[:2], only, *stages[3:]])
    assert view.level is not None
    assert view.level.sentences[1] == "Tre obesvarade frågor i området Jämställdhet avgör vilken."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (3, 3, []),
        (3, 4, ["Nivån kan bli 4 när de obesvarade frågorna får svar."]),
        (2, 3, ["Nivån kan bli 2 när de obesvarade frågorna får svar."]),
        (2, 4, ["Nivån kan bli 2 till 4 när de obesvarade frågorna får svar."]),
    ],
)
def test_a_level_that_stands_says_what_it_could_be(low: int, high: int, said: list[str]) -> None:
    level = with_root(level=3, level_low=low, level_high=high).level
    assert level is not None
    assert level.heading == "Nivå 3 av 5"
    assert level.sentences == ["Ni ligger på nivå 3, Tillämpande.", *said]
    assert [box.place for box in level.boxes][2] == "here"


@pytest.mark.parametrize(("low", "high"), [(None, None), (1, 5)])
def test_a_level_of_which_nothing_is_known_is_none(low: int | None, high: int | None) -> None:
    level = with_root(level=None, level_low=low, level_high=high).level
    assert level is not None
    assert (level.heading, level.sentences) == ("Ingen nivå än", ["Underlaget räcker inte för att ange en nivå."])
    assert {box.place for box in level.boxes} == {"other"}


def test_the_profile_shows_scores_with_bounds_and_never_a_bar_for_no_score() -> None:
    rows = {row.id: row for row in SV.profile.rows}
    assert list(rows) == ["capability", "business", "climate", "gender_equality"]
    assert rows["capability"].score.text == "50 (41–59)"
    assert rows["business"].score.text == "69"
    drawn = {row["title"]: row for row in SV.profile.chart.data["rows"]}
    assert (drawn["Affärsnytta"]["score"], drawn["Affärsnytta"]["low"]) == (0.6875, None)
    none = rows["gender_equality"]
    assert (none.score.number, none.score.text, none.score.label) == (None, "20–96", "för litet underlag")
    assert drawn["Jämställdhet"]["score"] is None
    assert drawn["Jämställdhet"]["low"] is not None
    assert none.score.level is None
    assert SV.profile.chart.title.startswith(
        "Diagram: resultat per område. AI-förmåga: 50, men mellan 41–59 om det som är okänt räknas in"
    )
    assert SV.profile.chart.title.endswith("Jämställdhet: mellan 20–96, för litet underlag.")


def test_each_area_gets_its_sentences() -> None:
    said = {row.id: " ".join(row.sentences) for row in SV.profile.rows}
    assert said == {
        "capability": "Längst har ni kommit i ”Strategi och ledning”, mest återstår i ”Data”. "
        "Resultatet ligger mellan 41 och 59, beroende på en obesvarad fråga.",
        "business": "Längst har ni kommit i ”Problemet”, mest återstår i ”Värdet”.",
        "climate": "Inget svar når högsta poäng än. Resultatet ligger mellan 6 och 32, beroende på en obesvarad fråga.",
        "gender_equality": "En av fyra frågor är besvarad. Det räcker inte för ett omdöme.",
    }
    english = {row.id: " ".join(row.sentences) for row in EN.profile.rows}
    assert english["gender_equality"] == "One of four questions is answered. That is too little to judge by."
    assert english["capability"].endswith("The score is between 41 and 59, depending on one unanswered question.")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_answers", "Inga frågor är besvarade, så det går inte att säga något om området än."),
        ("nothing_applies", "Ingen av områdets frågor gäller er."),
        ("zero_in_mean", "Ett svar som ger noll gör att området inte får något resultat."),
        ("container", "Området har inget eget resultat."),
        (None, "Området har inget resultat."),
    ],
)
def test_every_reason_for_no_score_has_words(reason: str | None, said: str) -> None:
    area = with_area(score=None, reason=reason, level=None)
    assert area.sentences == [said]
    assert area.score.label


def test_a_score_just_under_an_edge_stays_under_it_everywhere() -> None:
    area = with_area(score=39.96, low=39.96, high=39.96, level=2)
    assert (area.score.text, area.score.level) == ("39,9", "Prövande")
    assert with_area("en", score=39.96, low=39.96, high=39.96).score.text == "39.9"


def test_themes_that_are_alike_are_not_ranked() -> None:
    def told(points: float) -> str:
        made = [n.model_copy(update={"score": points}) if n.depth == 2 else n for n in nodes()]
        return view_of(document(nodes=[root(), *made]), "sv").profile.rows[1].sentences[0]

    assert told(0) == "Inget svar i området ger poäng än."
    assert told(50) == "Alla delar av området ligger lika."
    assert told(100) == "Alla delar av området är på plats."


def test_the_next_steps_say_effort_help_and_what_they_move() -> None:
    find, lists, count = SV.steps
    assert SV.steps_heading == "Tre nästa steg"
    assert (find.title, find.moves) == ("Ta reda på det som saknas: Jämställdhet", ["Jämställdhet går att bedöma"])
    assert (find.time, find.help) == ("2 timmar", "Mobile Heights, IUC Syd och två till")
    assert (lists.time, lists.moves) == ("1 timme", ["AI-förmåga +5", "Klimatnytta +0,04"])
    assert (count.help, count.moves) == ("Ingen partner erbjuder detta", ["Klimatnytta +8"])


@pytest.mark.parametrize(("steps", "heading"), [(1, "Nästa steg"), (2, "Två nästa steg"), (5, "Tre nästa steg")])
def test_the_heading_counts_the_steps(steps: int, heading: str) -> None:
    assert view_of(document(advice=[advice(f"a{i}") for i in range(steps)]), "sv").steps_heading == heading


def test_help_is_told_once_by_kind_with_the_county_first_and_nobody_said_plainly() -> None:
    told = {row.kind: row for row in SV.help}
    assert list(told) == ["Expertmöte", "Studentprojekt", "Finansiering utifrån"]
    assert told["Expertmöte"].near == ["Mobile Heights", "IUC Syd"]
    assert told["Expertmöte"].others == ["Packbridge", "Techtank"]
    assert told["Studentprojekt"].near == ["Blekinge tekniska högskola (lärosäte)"]
    assert told["Finansiering utifrån"].nobody == "Ingen partner i programmet erbjuder detta."


def test_without_a_programme_the_report_says_so() -> None:
    view = view_of(document(programme=None), "sv")
    assert view.steps[2].help == "Inget program är angivet"
    assert view.help[-1].nobody is not None
    assert view.help[-1].nobody.startswith("Inget program är angivet, så")


def test_advice_names_rule_and_the_answers_that_set_it_off() -> None:
    find, lists, count, write = SV.advice
    assert [item.rule for item in SV.advice] == [item.id for item in document().advice]
    assert find.because[0].text == "Området Jämställdhet har för litet underlag."
    assert find.find[0] == "Har ni räknat kvinnor och män? (ekonomiansvarig kan veta)"
    assert lists.because[0].text == (
        "Ni svarade ”Några av oss vet” på ”Vilka data har ni, och vem vet det?”. Rådet gäller svar under ”Steget listed”."
    )
    assert lists.goals == ["”Vi har en lista över källorna”"]
    assert (lists.time, lists.sources) == ("1 timme, sedan en timme i månaden", ["Regulation (EU) 2024/1689"])
    assert [cause.question for cause in count.because] == ["footprint"]
    assert count.cost == "Under 10 000 kr"
    assert write.because[0].text.endswith("Rådet gäller inte vid ”Steget daily”.")


def test_a_rule_with_two_ends_or_with_the_goal_as_its_end_is_one_sentence() -> None:
    between = Criterion(
        how="all",
        met=True,
        parts=[test_of("ai_use", "tools", True), test_of("ai_use", "pilot", True, test="below")],
    )
    target = {"id": "ai_use", "text": both("x", "x"), "now": None, "goal": both("Steget pilot", "The step pilot")}
    item = view_of(document(advice=[advice("a", trigger=between, targets=[target])]), "sv").advice[0]
    assert len(item.because) == 1
    assert item.because[0].text.endswith("Rådet gäller svar från ”Steget tools” och uppåt, men under ”Steget pilot”.")
    assert item.goals == []
    below = test_of("ai_use", "pilot", True, test="below")
    item = view_of(document(advice=[advice("a", trigger=below, targets=[target])]), "sv").advice[0]
    assert item.because[0].text.endswith("Rådet gäller svar under målet, ”Steget pilot”.")


def test_advice_on_an_area_without_a_score_says_that_it_cannot_be_counted() -> None:
    moves = {"capability": 0.0, "business": 0.0, "climate": 0.0, "gender_equality": None}
    item = view_of(document(advice=[advice("a", points=moves)]), "sv").advice[0]
    assert item.moves == ["Jämställdhet: går inte att räkna än"]
    item = view_of(document(advice=[advice("a", points=dict.fromkeys(moves, 0.0))]), "sv").advice[0]
    assert item.moves == ["Inget resultat direkt"]


def test_what_held_the_level_back_stands_with_where_you_are_and_what_is_enough() -> None:
    assert SV.held_back is not None
    assert SV.held_back.sentences == ["Det här krävs för nivå 3, Tillämpande.", "Fyra krav återstår."]
    rows = {row.about: row for row in SV.held_back.requirements}
    assert {name: row.status for name, row in rows.items()} == {
        "AI-förmåga": "met",
        "Klimatnytta": "unmet",
        "Jämställdhet": "unknown",
        "Var använder ni AI i dag?": "met",
        "Vilket problem vill ni lösa?": "spare",
        "Har ni mätt effekten?": "unmet",
        "Hur märker ni om AI:n börjar svara fel?": "unknown",
    }
    assert rows["Klimatnytta"].now == "8 (6–32)"
    assert rows["Klimatnytta"].enough == "Minst 25 poäng"
    assert rows["Jämställdhet"].now == "20–96, för litet underlag"
    assert rows["Vilket problem vill ni lösa?"].note == "Ett av två alternativ räcker"
    assert rows["Har ni mätt effekten?"].enough == "Minst ”Steget measured”"
    assert rows["Hur märker ni om AI:n börjar svara fel?"].now == "Vet inte"


def test_at_the_highest_level_nothing_is_left() -> None:
    view = with_root(level=5, level_low=5, level_high=5)
    assert view.held_back is not None
    assert view.held_back.sentences == ["Ni har nått den högsta nivån. Inget krav återstår."]
    assert view.held_back.requirements == []


def test_strengths_and_gaps_are_at_most_five_and_lead_to_answer_and_advice() -> None:
    found = SV.findings
    assert next(f.id for f in found.strengths) == "value_owner"
    assert {f.id for f in found.gaps} == {"effect_measured", "climate_use_case", "data_inventory", "footprint"}
    assert found.gaps[0].id == "effect_measured", "what stops the next level comes first"
    assert max(len(found.strengths), len(found.gaps)) <= 5
    assert found.strengths[0].evidence == "Underlaget är visat: Protokoll från ledningsgruppen"
    gap = next(f for f in found.gaps if f.id == "data_inventory")
    assert [link.text for link in gap.advice] == ["Råd 2: Skriv en lista över era tio viktigaste datakällor"]
    assert (gap.area, gap.points) == ("AI-förmåga", "25 av 100")


def test_the_unknown_says_whom_to_ask_and_how_far_it_moves_the_result() -> None:
    assert SV.unknown.intro.startswith("Fem frågor som ger poäng saknar svar. Ett svar som saknas räknas inte som noll")
    assert SV.unknown.areas[-1] == "Jämställdhet ligger mellan 20 och 96, beroende på tre obesvarade frågor."
    rows = {row.id: row for row in SV.unknown.rows}
    assert (rows["ai_operations"].ask, rows["ai_operations"].state) == ("produktionschefen", "Vet inte")
    assert rows["climate_targets"].state == "Obesvarad"
    assert rows["climate_targets"].span == "0–100 poäng"


def test_a_model_that_counts_a_missing_answer_is_not_said_to_leave_it_out() -> None:
    counted = answer("ai_operations", counted=0.0)
    view = view_of(document(answers=[counted]), "sv")
    assert view.unknown.intro == "En fråga som ger poäng saknar svar."
    assert view.unknown.rows[0].span == "Räknas som 0 tills svaret finns"
    assert any("bestämt antal poäng" in line for line in view.method.lines)


def test_every_answer_shows_its_state_its_points_and_its_effect() -> None:
    rows = {row.id: row for section in SV.answers for row in section.rows}
    assert {row.state for row in rows.values()} == {"answered", "dont_know", "not_applicable", "hidden", "blank"}
    assert rows["data_inventory"].effect == "12,5 av 50 i ”Data”"
    assert rows["ai_use"].effect == "delen har inget resultat"
    assert (rows["climate_effect"].answer, rows["climate_effect"].effect) == (
        "Ställdes inte",
        "räknas som 0 (”inte än”)",
    )
    assert rows["ai_operations"].effect == "gör resultatet mindre säkert"
    assert rows["conditions"].effect == "räknas inte"
    assert rows["municipality"].effect == "ger inga poäng i modellen"
    assert (rows["influence_on_ai"].answer, rows["influence_on_ai"].points) == ("Kvinnor 4, Män 9", "81,5 av 100")


def test_evidence_comments_and_raw_text_stand_by_the_answer() -> None:
    notes = {row.id: {n.label: n.text for n in row.notes} for section in SV.answers for row in section.rows}
    assert notes["data_access"] == {
        "Underlag:": "visat: Export till Excel, måndagar",
        "Kommentar:": "Ska bli schemalagd.",
    }
    assert notes["who_benefits"] == {"I källan stod:": "kanske?"}
    assert notes["conditions"] == {"Skäl:": "Bara män är anställda i år"}
    assert notes["climate_effect"] == {"Ställs beroende på svaret på": "”Var kan AI minska utsläppen?”"}
    assert SV.evidence == ("Underlag för svaren som ger poäng: visat 2, sagt 1, skickas senare 1, inte noterat 8.")


def test_a_value_that_does_not_count_is_shown_as_such() -> None:
    unused = answer("ai_use", state="hidden", unused=True, points=None)
    row = view_of(document(answers=[unused]), "sv").answers[0].rows[0]
    assert row.answer == "Ställdes inte"
    assert row.notes[0].label == "Ett svar gavs men räknas inte:"
    assert row.notes[0].text == "En pilot pågår, med mål och slutdatum"


def test_one_more_or_less_is_told_for_counts() -> None:
    women, men = SV.counts[0].rows
    assert (women.part, women.fewer, women.now, women.more) == ("Kvinnor", "55", "81,5", "97,1")
    assert men.fewer == "går inte att räkna"


def test_the_example_adds_up_to_the_score() -> None:
    assert EN.example is not None
    assert [row.gives for row in EN.example.rows] == ["25.0", "15.0", "10.0"]
    assert EN.example.total == "50.0"
    assert EN.example.title == "An example: how AI capability came to 50"


def test_what_the_contributions_leave_over_is_a_row_of_its_own() -> None:
    thirds = [Contribution(kind="item", id="ai_use", weight=1, value=100, points=100 / 3) for _ in range(3)]
    made = node(
        "capability", ["ai_use"], {}, score=100.0, contributions=[*thirds, Contribution(kind="cap", points=0.0)]
    )
    view = view_of(document(nodes=[root(), made], areas=["capability"]), "sv")
    assert view.example is not None
    assert [row.child for row in view.example.rows][3:] == ["Tak", "Avrundning i tabellen"]
    assert view.example.rows[-1].gives == "0,1"


def test_a_cap_says_why() -> None:
    because = test_of("ai_use", "pilot", False)
    told = with_area(caps=[Cap(cap=40, reason=both("Ingen lista finns.", "There is no list."), because=because)])
    assert told.caps == ["Resultatet är högst 40. Ingen lista finns."]
    told = with_area(caps=[Cap(cap=40, reason=None, because=because)])
    assert told.caps == [
        "Resultatet är högst 40 så länge detta gäller: "
        "svaret på ”Var använder ni AI i dag?” (En pilot pågår, med mål och slutdatum)."
    ]


def test_facts_sources_and_versions_are_all_told() -> None:
    assert (SV.facts[0].checked_on, SV.facts[0].applies_from) == ("2026-11-23", "2025-02-02")
    assert SV.sources[0].text == "Regulation (EU) 2024/1689 (2024)"
    assert [row.version for row in SV.versions] == [
        "aimaturity 0.1.0", "ai-maturity 1.0.0", "ai-maturity 1.0.0", "digit-hub-ai 1.0.0", "aimaturity-result/1",
        "brosarp", "answers-brosarp.yaml, rad 2", "2026-11-23 10:15",
    ]  # fmt: skip
    assert any("inte juridisk rådgivning" in line for line in SV.method.lines)
    assert 10 <= len(SV.method.lines) <= 17
