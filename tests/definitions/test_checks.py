"""For each code a small definition that gets exactly it, at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aimaturity.definitions.diagnostics import catalogue
from aimaturity.definitions.library import bundled_folder
from aimaturity.definitions.load import check_file, check_paths, load_scoring_model

QUESTIONNAIRE = """\
questionnaire: q
version: 1.0.0
languages: [sv, en]
title: {sv: Prov, en: Test}
answer_sets:
  yes_no:
    - {id: "yes", text: {sv: Ja, en: "Yes"}}
    - {id: "no", text: {sv: Nej, en: "No"}}
sections:
  - id: first
    title: {sv: Först, en: First}
    questions:
      - id: a
        kind: single
        text: {sv: Fråga å, en: Question a}
        options:
          - {id: low, text: Låg}
          - {id: high, text: Hög}
      - {id: b, kind: single, text: Fråga ä, answers: yes_no, show_if: {question: a, at_least: high}}
      - {id: c, kind: number, text: Fråga ö, minimum: 0, maximum: 10}
      - id: d
        kind: counts
        text: Räkna
        maximum: 100
        parts: [{id: women, text: Kvinnor}, {id: men, text: Män}]
      - id: e
        kind: multiple
        text: Kryssa
        options: [{id: x, text: X}, {id: y, text: Y}, {id: none_of_these, text: Inget, exclusive: true}]
      - id: g
        kind: grid
        text: Rutnät
        rows: [{id: one, text: Ett}, {id: two, text: Två}]
        options: [{id: low, text: Låg}, {id: high, text: Hög}]
      - {id: t, kind: text, text: Ord}
contradictions:
  - {id: odd, if: {question: a, is: low}, ask: Varför?}
sources:
  - {id: law, title: Lagen}
"""

MODEL = """\
scoring: m
version: 1.0.0
title: Prov
questionnaire: q
programme: p
levels:
  - {level: 1, title: Ett}
  - {level: 2, title: Två}
items:
  c: {curve: [[0, 0], [10, 100]]}
  d: {combine: {rule: lesser_share, parts: [women, men]}, curve: [[0, 0], [0.5, 100]]}
tree:
  id: whole
  aggregate: none
  levels:
    - {level: 1}
    - {level: 2, requires: [{node: area, at_least: 50}, {question: a, is: high}]}
  children:
    - id: area
      bands: [0, 50]
      children:
        - a
        - b
        - c
        - {item: d, weight: 2, reason: räknat}
    - id: other
      children: [e, g.one, g.two]
recommendations:
  - id: do_it
    if: {question: a, below: high}
    targets: {a: 1}
    kind: course
    title: Gör det
    why: Därför
    first_step: Börja
    hours: 2
    cost: none
report:
  head: [{question: c, text: "{answer} år"}, {question: a, but: [low]}]
  idea:
    told: [a]
    benefits:
      - {id: money, title: Pengar, claimed: [b], basis: [c], measure: [{if: {question: a, below: high}, text: Mät}]}
"""

PROGRAMME = """\
programme: p
version: 1.0.0
languages: [sv]
title: Program
leading_partner: hub
partners:
  - {id: hub, name: Hubben, role: partner, counties: ["12"], offers: [course]}
pilots:
  questionnaire: q
  challenge_question: a
  at_least: 2
  scales:
    business: {weight: 1, zero: 0, full: 100}
    climate: {weight: 1, zero: 0, full: 100}
    gender_equality: {weight: 1}
    readiness: {weight: 1, zero: 0, full: 100}
    cost: {weight: 1, zero: 100, full: 0}
  readiness: [{question: a, is: high}]
  conditions: [{id: guessed, kind: estimated, reason: Ingen har skattat.}]
  spread: [{id: south, of: county, values: ["12"], at_least: 1, title: Söder}]
counties:
  - id: "12"
    title: Skåne
    municipalities: [{id: "1270", title: Tomelilla}, {id: "1292", title: Ängelholm}]
sectors: [{id: industry, title: Industri}]
period: {from: 2026-03-01, to: 2028-02-29}
funders: [{id: region, name: Regionen, line: Med stöd av regionen.}, {id: eu, name: EU}]
activity_kinds:
  - {id: course, title: Kurs, education: true, least_hours: 2}
  - {id: letter, title: Nyhetsbrev, counts: false}
promises:
  - {id: reached, title: Nådda, target: 10, count: reached, activities: [course], assessments: [q]}
  - {id: analysed, title: Analyserade, target: 3, count: assessed, assessments: [q], scored_areas: 1, among: reached}
  - {id: pilots, title: Piloter, target: 1, count: pilots, statuses: [running, ended]}
"""


def problems(folder: Path, file: str, old: str, new: str) -> list[tuple[str, int]]:
    """(code, line) of what is found in one file after one change."""
    files = {"q.yaml": QUESTIONNAIRE, "m.yaml": MODEL, "p.yaml": PROGRAMME}
    if old:
        assert old in files[file], old
    files[file] = files[file].replace(old, new, 1) if old else files[file]
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [(d.code, d.at.line) for d in check_file(folder / file)]


def test_the_definitions_as_they_stand_are_clean(tmp_path: Path) -> None:
    for file in ("q.yaml", "m.yaml", "p.yaml"):
        assert problems(tmp_path, file, "", "") == []


CASES = [
    ("q.yaml", "kind: number", "kinds: number", "AIM102", 20),
    ("q.yaml", "title: {sv: Prov, en: Test}\n", "", "AIM103", 1),
    ("q.yaml", "minimum: 0,", "minimum: noll,", "AIM104", 20),
    ("q.yaml", "version: 1.0.0", "version: 1.0", "AIM104", 2),
    ("q.yaml", "{id: y, text: Y}", "{id: x, text: Y}", "AIM105", 29),
    ("q.yaml", "kind: single\n        text: {sv: Fråga å", "kind: singel\n        text: {sv: Fråga å", "AIM106", 14),
    ("q.yaml", "show_if: {question: a,", "show_if: {question: aa,", "AIM107", 19),
    ("q.yaml", "{question: a, is: low}", "{question: d.boys, is: 1}", "AIM108", 37),
    ("q.yaml", "answers: yes_no", "answers: yesno", "AIM109", 19),
    ("q.yaml", "id: first", "id: First", "AIM110", 10),
    ("q.yaml", "{id: x, text: X}", "{id: blank, text: X}", "AIM111", 29),
    ("q.yaml", "title: {sv: Först, en: First}", "title: {sv: Först}", "AIM112", 11),
    ("q.yaml", "title: {sv: Först, en: First}", "title: {sv: Först, en: First, da: Først}", "AIM113", 11),
    ("q.yaml", "{question: a, at_least: high}", "{question: e, is: x}", "AIM115", 19),
    ("q.yaml", "{question: a, is: low}", "{question: t, at_least: 1}", "AIM116", 37),
    ("q.yaml", "{id: y, text: Y}, {id: none_of_these, text: Inget, exclusive: true}", "", "AIM117", 26),
    ("q.yaml", "answers: yes_no", "answers: yes_no, options: [{id: m, text: M}]", "AIM118", 19),
    ("q.yaml", "{question: a, is: low}", "{question: a, is: low, below: high}", "AIM119", 37),
    ("q.yaml", "{id: low, text: Låg}", "{id: low, text: Låg, exclusive: true}", "AIM122", 17),
    ("q.yaml", "minimum: 0,", "minimum: 10,", "AIM123", 20),
    ("q.yaml", "kind: text,", "kind: text, sources: [lag],", "AIM124", 35),
    ("q.yaml", "title: {sv: Först,", "title: {sv: '',", "AIM125", 11),
    ("q.yaml", "{question: a, is: low}", "{question: g, is: low}", "AIM126", 37),
    ("q.yaml", "{question: a, is: low}", "{node: area, below: 4}", "AIM127", 37),
    ("q.yaml", "{question: a, is: low}", "{question: a, below: 9}", "AIM129", 37),
    ("q.yaml", "questionnaire: q", "question: q", "AIM011", 1),
    ("m.yaml", "{question: a, is: high}", "{question: a, is: hihg}", "AIM101", 17),
    (
        "m.yaml",
        "bands: [0, 50]",
        "knock_out: [{if: {node: whole, below: 4}, cap: 3}]\n      bands: [0, 50]",
        "AIM114",
        13,
    ),
    ("m.yaml", "node: area, at_least", "node: aera, at_least", "AIM128", 17),
    ("m.yaml", "{answer} år", "år", "AIM271", 39),
    ("m.yaml", "{question: c, text", "{question: cc, text", "AIM107", 39),
    ("m.yaml", "but: [low]", "but: [lwo]", "AIM101", 39),
    ("m.yaml", "told: [a]", "told: [g]", "AIM126", 41),
    ("m.yaml", "claimed: [b]", "claimed: [bb]", "AIM107", 43),
    ("m.yaml", "below: high}, text: Mät}", "below: hihg}, text: Mät}", "AIM101", 43),
    ("p.yaml", "leading_partner: hub", "leading_partner: hubb", "AIM130", 5),
    ("p.yaml", "leading_partner: hub", "colour: '#ffcc00'\nleading_partner: hub", "AIM142", 5),
    ("p.yaml", "leading_partner: hub", "logo: none.png\nleading_partner: hub", "AIM141", 5),
    ("p.yaml", 'values: ["12"]', 'values: ["13"]', "AIM133", 20),
    ("p.yaml", "is: high}]", "is: high, step: 1}]", "AIM134", 18),
    ("p.yaml", "kind: estimated", "kind: owner", "AIM134", 9),
    ("p.yaml", "cost: {weight: 1, zero: 100, full: 0}", "cost: {weight: 1, zero: 0, full: 100}", "AIM134", 13),
    ("p.yaml", "{question: a, is: high}", "{question: a}", "AIM134", 18),
    ("p.yaml", "at_least: 2", "at_least: 2\n  at_most: 1", "AIM134", 9),
    ("p.yaml", "{id: industry,", "{id: industry, title: I}, {id: industry,", "AIM105", 25),
    ("p.yaml", "{id: industry,", "{id: industri,", "AIM106", 25),
    ("p.yaml", '"1292"', '"1270"', "AIM105", 24),
    ("p.yaml", '"1292"', '"1080"', "AIM143", 24),
    ("p.yaml", '"1292"', "ängelholm", "AIM110", 24),
    ("p.yaml", '"1292"', "1292", "AIM104", 24),
    ("p.yaml", "sectors: [{id: industry, title: Industri}]\n", "", "AIM144", 8),
    ("p.yaml", "to: 2028-02-29", "to: 2026-03-01", "AIM134", 26),
    ("p.yaml", "to: 2028-02-29", "to: 2028-02-30", "AIM104", 26),
    ("p.yaml", "to: 2028-02-29", "too: 2028-02-29", "AIM102", 26),
    ("p.yaml", "{id: eu,", "{id: region,", "AIM105", 27),
    ("p.yaml", "{id: eu, name: EU}", "{id: eu, name: EU, logo: saknas.png}", "AIM141", 27),
    ("p.yaml", "line: Med stöd av regionen.", "line: {sv: ''}", "AIM125", 27),
    ("p.yaml", "{id: letter,", "{id: course,", "AIM105", 30),
    ("p.yaml", "counts: false", "counts: false, least_hours: 1", "AIM134", 30),
    ("p.yaml", "least_hours: 2", "least_hours: 0", "AIM104", 29),
    ("p.yaml", "count: reached", "count: reach", "AIM106", 32),
    ("p.yaml", "count: reached, ", "", "AIM103", 32),
    ("p.yaml", "target: 10", "target: 0", "AIM104", 32),
    ("p.yaml", "activities: [course]", "activities: [cours]", "AIM145", 32),
    ("p.yaml", "activities: [course]", "activities: [course, letter]", "AIM146", 32),
    ("p.yaml", "activities: [course], assessments: [q]", "activities: []", "AIM147", 32),
    ("p.yaml", "assessments: [q]", "assessments: [qq]", "AIM150", 32),
    ("p.yaml", "among: reached", "among: reaches", "AIM148", 33),
    ("p.yaml", "among: reached", "among: pilots", "AIM148", 33),
    ("p.yaml", "assessments: [q], scored_areas: 1, ", "", "AIM103", 33),
    ("p.yaml", "scored_areas: 1", "statuses: [idea]", "AIM102", 33),
    ("p.yaml", "statuses: [running, ended]", "statuses: [runing]", "AIM106", 34),
    ("p.yaml", "statuses: [running, ended]", "statuses: []", "AIM104", 34),
    ("p.yaml", "id: analysed", "id: reached", "AIM105", 33),
    (
        "p.yaml",
        "  - {id: pilots,",
        "  - {id: more, title: Fler, target: 9, count: pilots, statuses: [running, ended]}\n  - {id: pilots,",
        "AIM149",
        35,
    ),
    ("p.yaml", "questionnaire: q", "questionnaire: qq", "AIM150", 9),
    ("p.yaml", "{question: a, is: high}", "{question: a, is: higher}", "AIM653", 18),
    ("p.yaml", "{question: a, is: high}", "{question: a, step: 2}", "AIM653", 18),
    ("p.yaml", "challenge_question: a", "challenge_question: e", "AIM653", 10),
    ("p.yaml", "offers: [course]", "offers: [course, testbed]", "AIM106", 7),
    ("m.yaml", "questionnaire: q", "questionnaire: qq", "AIM131", 4),
    ("m.yaml", "programme: p", "programme: pp", "AIM132", 5),
    ("m.yaml", "  c: {curve", "  a: {points: {low: 0}}\n  c: {curve", "AIM201", 10),
    ("m.yaml", "      children: [e, g.one, g.two]", "      children: []", "AIM202", 26),
    ("m.yaml", "children: [e, g.one, g.two]", "children: [{item: e, weight: 0, reason: ingen}]", "AIM203", 26),
    ("m.yaml", "        - c\n", "", "AIM204", 10),
    ("m.yaml", "[e, g.one, g.two]", "[e, t]", "AIM205", 27),
    ("m.yaml", "  c: {curve: [[0, 0], [10, 100]]}\n", "", "AIM206", 23),
    ("m.yaml", "c: {curve: [[0, 0], [10, 100]]}", "c: {ticks: {rule: share}}", "AIM207", 10),
    ("m.yaml", "c: {curve: [[0, 0], [10, 100]]}", "c: {curve: [[0, 0], [10, 100]], as_it_is: true}", "AIM208", 10),
    ("m.yaml", "  c: {curve", "  a: {points: {low: null, high: null}}\n  c: {curve", "AIM209", 10),
    ("m.yaml", "  c: {curve", "  e: {ticks: {rule: share_of_weight, weights: {x: -2}}}\n  c: {curve", "AIM210", 10),
    ("m.yaml", "[[0, 0], [10, 100]]", "[[10, 0], [10, 100]]", "AIM211", 10),
    ("m.yaml", "curve: [[0, 0], [10, 100]]", "goalposts: {low: 3, high: 3}", "AIM212", 10),
    ("m.yaml", "combine: {rule: lesser_share, parts: [women, men]}, ", "", "AIM213", 11),
    ("m.yaml", "parts: [women, men]", "parts: [women]", "AIM214", 11),
    ("m.yaml", "        - b\n", "        - a\n", "AIM215", 23),
    ("m.yaml", ", reason: räknat", "", "AIM216", 25),
    ("m.yaml", "bands: [0, 50]", "aggregate: power_mean\n      bands: [0, 50]", "AIM217", 19),
    ("m.yaml", "bands: [0, 50]", "exponent: 2\n      bands: [0, 50]", "AIM218", 20),
    ("m.yaml", "bands: [0, 50]", "minimum_answered: 9\n      bands: [0, 50]", "AIM219", 20),
    ("m.yaml", "bands: [0, 50]", "bands: [0, 50]\n      levels: [{level: 1}]", "AIM220", 21),
    ("m.yaml", "bands: [0, 50]", "aggregate: staged", "AIM221", 19),
    ("m.yaml", "bands: [0, 50]", "bands: [50, 50]", "AIM222", 20),
    ("m.yaml", "bands: [0, 50]", "bands: [0, 50, 60]", "AIM223", 20),
    ("m.yaml", "bands: [0, 50]", "knock_out: [{if: {node: other, at_least: 4}, cap: 3}]", "AIM224", 20),
    ("m.yaml", "{node: area, at_least: 50}", "{node: area, below: 50}", "AIM225", 17),
    ("m.yaml", "kind: course", "kind: pilot", "AIM228", 32),
    ("q.yaml", "{id: high, text: Hög}\n      - {id: b", "{id: high, text: Hög}\n      - {id: id", "AIM111", 19),
    ("m.yaml", "id: other", "id: area", "AIM105", 26),
    ("m.yaml", "targets: {a: 1}", "targets: {a: 7}", "AIM129", 31),
    ("m.yaml", "targets: {a: 1}", "targets: {aa: 1}", "AIM107", 31),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "line"), CASES)
def test_one_mistake_is_one_problem_at_its_line__error(
    tmp_path: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    assert problems(tmp_path, file, old, new) == [(code, line)]


def test_an_item_that_no_node_scores_cannot_be_tested__error(tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE, "utf-8")
    (tmp_path / "p.yaml").write_text(PROGRAMME, "utf-8")
    text = MODEL.replace("[e, g.one, g.two]", "[e]").replace("{question: a, below: high}", "{item: g.two, below: 3}")
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    assert [(d.code, d.at.line) for d in check_file(tmp_path / "m.yaml")] == [("AIM226", 30)]


def test_negative_values_under_a_geometric_mean__error(tmp_path: Path) -> None:
    changed = MODEL.replace("[10, 100]]", "[10, -5]]").replace("bands: [0, 50]", "aggregate: geometric_mean")
    for name, text in (("q.yaml", QUESTIONNAIRE), ("p.yaml", PROGRAMME), ("m.yaml", changed)):
        (tmp_path / name).write_text(text, "utf-8")
    assert [d.code for d in check_file(tmp_path / "m.yaml")] == ["AIM227"]


def test_a_multiple_question_has_at_most_62_options__error(tmp_path: Path) -> None:
    many = ", ".join(f"{{id: o{i}, text: O}}" for i in range(63))
    found = problems(tmp_path, "q.yaml", "options: [{id: x, text: X}, {id: y, text: Y}, ", f"options: [{many}, ")
    assert [code for code, _ in found] == ["AIM121"]


def test_every_code_of_definitions_is_tried() -> None:
    tried = {case[3] for case in CASES} | {"AIM121", "AIM226", "AIM227"}
    known = {code for code in catalogue() if code[3] in "12" and not code.startswith("AIM26")}
    assert known - tried == set()


TEN = [
    ("version: 1.0.0", "version: 1.0", "AIM104"),
    ("title: {sv: Först, en: First}", "title: {sv: Först}", "AIM112"),
    ("id: a\n        kind: single", "id: a\n        kind: singel", "AIM106"),
    ("show_if: {question: a, at_least: high}", "showif: {question: a, at_least: high}", "AIM102"),
    ("maximum: 10}", "maximum: -1}", "AIM123"),
    ("{id: men, text: Män}", "{id: women, text: Män}", "AIM105"),
    ("text: Kryssa", "text: ''", "AIM125"),
    ("{id: one, text: Ett}", "{id: comment, text: Ett}", "AIM111"),
    ("kind: text, text: Ord", "kind: text, text: Ord, sources: [lag]", "AIM124"),
    ("if: {question: a, is: low}", "if: {question: e, is: z}", "AIM101"),
]


def test_ten_mistakes_are_ten_problems_each_at_its_line__error(tmp_path: Path) -> None:
    text, expected = QUESTIONNAIRE, []
    for old, new, _ in TEN:
        assert old in text
        text = text.replace(old, new, 1)
    for _, new, code in TEN:
        at = text.index(new) + (new.index("\n") + 1 if "\n" in new else 0)
        expected.append((text.count("\n", 0, at) + 1, code))
    path = tmp_path / "q.yaml"
    path.write_text(text, "utf-8")
    assert sorted((d.at.line, d.code) for d in check_paths([path])) == sorted(expected)


def test_a_model_with_a_broken_questionnaire_is_not_usable(tmp_path: Path) -> None:
    problems(tmp_path, "q.yaml", "kind: number", "kinds: number")
    loaded = load_scoring_model(tmp_path / "m.yaml")
    assert not loaded.usable
    assert [d.code for d in loaded.diagnostics] == ["AIM102"]
    assert loaded.diagnostics[0].hint("sv") == "menade du 'kind'?"


BROKEN_QUESTIONNAIRE = [
    ("version: 1.0.0", "version: 1.0", "AIM104"),
    ("    title: {sv: \"Problem och värde\", en: \"Problem and value\"}", "    title: {sv: \"Problem och värde\"}", "AIM112"),
    ("      - id: problem_size\n        kind: single", "      - id: problem_size\n        kind: singel", "AIM106"),
    ("        sources: [gdpr]", "        sources: [gdrp]", "AIM124"),
    ("          - id: not_existing\n", "          - id: dont_know\n", "AIM111"),
    ("          - id: automatic\n", "          - id: exported\n", "AIM105"),
    ("        show_if: {question: ai_use, at_least: pilot}", "        show_if: {question: ai_use, at_least: pilott}", "AIM101"),
    ("      - id: who_benefits\n        kind: single\n        text:", "      - id: who_benefits\n        kind: single\n        txet:", "AIM102"),
    ("        show_if: {question: climate_use_case,", "        show_if: {question: shared_challenges,", "AIM115"),
    ("      - id: scaling\n        kind: single\n", "      - id: scaling\n        kind: single\n        kind: single\n", "AIM007"),
]  # fmt: skip
BROKEN_MODEL = [
    ("display_digits: 0", "display_digts: 0", "AIM102"),
    ("  - level: 3\n", "  - level: '3'\n", "AIM104"),
    ("curve: [[0, 0], [0.2, 40], [0.4, 100], [0.5, 100]]", "curve: [[0, 0], [0.4, 40], [0.2, 100], [0.5, 100]]", "AIM211"),
    ("parts: [women_hours, women, men_hours, men]", "parts: [women_hours, women, man_hours, men]", "AIM108"),
    ("        - {node: capability, at_least: 40}", "        - {node: capabilty, at_least: 40}", "AIM128"),
    ("        - {question: ai_inventory, at_least: 2}", "        - {question: ai_inventory, at_least: 9}", "AIM129"),
    ("        - {node: climate, at_least: 65}", "        - {node: climate, below: 65}", "AIM225"),
    ("          children: [data_inventory, data_access, data_quality]", "          children: [data_inventory, data_acess, data_quality]", "AIM107"),
    ("  - id: review_ten_ai_texts\n", "  - id: write_the_problem\n", "AIM105"),
    ("    kind: outside_funding\n", "    kind: funding\n", "AIM106"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "mistakes"),
    [("questionnaires/ai-maturity.yaml", BROKEN_QUESTIONNAIRE), ("scoring/ai-maturity.yaml", BROKEN_MODEL)],
)
def test_a_broken_copy_of_a_bundled_file_gets_exactly_its_ten_mistakes__error(
    tmp_path: Path, file: str, mistakes: list[tuple[str, str, str]]
) -> None:
    for folder in ("questionnaires", "scoring", "programmes"):
        shutil.copytree(bundled_folder(folder), tmp_path / folder)
    text = (tmp_path / file).read_text("utf-8")
    for old, new, _ in mistakes:
        assert old in text, old
        text = text.replace(old, new, 1)
    expected = []
    for old, new, code in mistakes:
        # The line of the first word that the mistake changed; of a key that stands twice, the second.
        at = text.rindex(new) if code == "AIM105" else text.index(new)
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
        expected.append((text.count("\n", 0, at + same) + (0 if code == "AIM007" else 1), code))
    (tmp_path / file).write_text(text, "utf-8")
    found = sorted((d.at.line, d.code) for d in check_file(tmp_path / file))
    assert [code for _, code in found] == [code for _, code in sorted(expected)]
    assert [line for line, code in found if code != "AIM007"] == [
        line for line, code in sorted(expected) if code != "AIM007"
    ]


def test_a_broken_questionnaire_is_told_once_whether_the_model_or_the_folder_is_checked__error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems(tmp_path, "q.yaml", "kind: number", "kinds: number")
    monkeypatch.chdir(tmp_path)
    for path in (Path("m.yaml"), Path(), tmp_path, tmp_path / "m.yaml"):
        assert [(d.code, Path(d.at.file).name) for d in check_paths([path])] == [("AIM102", "q.yaml")]
