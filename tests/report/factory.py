"""Result documents made by hand, for an invented company: what the report is tested with.

Scores here are plain means of points; they only need to hang together, not to be those of the bundled method.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from aimaturity.scoring.document import (
    AdviceItem,
    Answer,
    Before,
    Benefit,
    Contradiction,
    Contribution,
    Criterion,
    Definition,
    Engine,
    Fact,
    FunderLogo,
    HeadFact,
    Helper,
    Idea,
    Identity,
    LevelName,
    LevelStage,
    NodeBefore,
    NodeResult,
    Occasion,
    OneMoreOrLess,
    OtherAnswer,
    ResultDocument,
    Section,
    Source,
    Support,
    Target,
    Warning_,
    Words,
)
from aimaturity.scoring.standing import RUNGS, Benchmark, Finer, GroupSize, Standing, Stretch

LEVELS = [
    ("Nyfiken", "Curious"),
    ("Prövande", "Exploring"),
    ("Tillämpande", "Practising"),
    ("Integrerad", "Integrated"),
]
LEVELS += [("Drivande", "Leading")]
AREAS = {
    "capability": ("AI-förmåga", "AI capability"),
    "business": ("Affärsnytta", "Business benefit"),
    "climate": ("Klimatnytta", "Climate benefit"),
    "gender_equality": ("Jämställdhet", "Gender equality"),
}
THEMES = {
    "strategy": ("capability", "Strategi och ledning", "Strategy and leadership"),
    "data": ("capability", "Data", "Data"),
    "use": ("capability", "Användning", "Use"),
    "problem": ("business", "Problemet", "The problem"),
    "value": ("business", "Värdet", "The value"),
    "footprint_theme": ("climate", "Eget klimatavtryck", "Own footprint"),
    "ai_for_climate": ("climate", "AI för klimatet", "AI for climate"),
    "influence": ("gender_equality", "Representation och inflytande", "Representation and influence"),
    "benefits": ("gender_equality", "Vem som får nyttan", "Who benefits"),
}
QUESTIONS: dict[str, tuple[str, str, str]] = {
    "ai_direction": (
        "strategy",
        "Vad ska AI användas till hos er, och vad inte?",
        "What is AI to be used for, and not?",
    ),
    "leadership_time": ("strategy", "Vem har tid avsatt för AI?", "Who has time set aside for AI?"),
    "data_inventory": ("data", "Vilka data har ni, och vem vet det?", "What data do you have, and who knows?"),
    "data_access": ("data", "Hur kommer ni åt de data som behövs?", "How do you get at the data you need?"),
    "ai_use": ("use", "Var använder ni AI i dag?", "Where do you use AI today?"),
    "ai_operations": ("use", "Hur märker ni om AI:n börjar svara fel?", "How do you notice when the AI goes wrong?"),
    "problem_defined": ("problem", "Vilket problem vill ni lösa?", "Which problem do you want to solve?"),
    "problem_size": ("problem", "Vad kostar problemet om året?", "What does the problem cost a year?"),
    "value_owner": ("value", "Vem får nyttan i sin budget?", "Whose budget gets the benefit?"),
    "effect_measured": ("value", "Har ni mätt effekten?", "Have you measured the effect?"),
    "footprint": ("footprint_theme", "Vad vet ni om era utsläpp?", "What do you know of your emissions?"),
    "climate_targets": ("footprint_theme", "Vilka klimatmål har ni?", "Which climate targets do you have?"),
    "climate_use_case": ("ai_for_climate", "Var kan AI minska utsläppen?", "Where can AI cut emissions?"),
    "climate_effect": ("ai_for_climate", "Hur mycket kan den minska?", "By how much can it cut them?"),
    "sex_disaggregated": ("influence", "Har ni räknat kvinnor och män?", "Have you counted women and men?"),
    "influence_on_ai": ("influence", "Vilka beslutar om AI?", "Who decides on AI?"),
    "who_benefits": ("benefits", "Vilka får nytta av lösningen?", "Who benefits from the solution?"),
    "data_bias": ("benefits", "Har ni räknat vilka som finns i era data?", "Have you counted who is in your data?"),
    "conditions": ("benefits", "Har ni jämfört lönerna?", "Have you compared pay?"),
}
STEPS: dict[str, tuple[str, str]] = {
    "ai_direction": ("Vi har ett mätbart mål med ett datum", "We have a measurable goal with a date"),
    "leadership_time": ("En namngiven person har timmar avsatta", "A named person has hours set aside"),
    "data_inventory": ("Några av oss vet", "Some of us know"),
    "data_access": ("Vi exporterar för hand när det behövs", "We export by hand when needed"),
    "ai_use": ("En pilot pågår, med mål och slutdatum", "A pilot is running, with a goal and an end date"),
    "problem_defined": (
        "Problemet har process, drabbade och hur ofta",
        "The problem has process, those hit, how often",
    ),
    "problem_size": ("Vi har räknat ur egna siffror", "We have counted from our own records"),
    "value_owner": ("Budgetägaren har gått igenom utfallet", "The budget owner has gone through the outcome"),
    "effect_measured": ("Vi känner att det går bättre", "We feel that it goes better"),
    "footprint": ("Vi vet ett års energi i kWh", "We know a year's energy in kWh"),
    "climate_use_case": ("Ingen idé än", "No idea yet"),
    "influence_on_ai": ("Kvinnor 4, Män 9", "Women 4, Men 9"),
}
POSITIONS = {
    "ai_direction": 75, "leadership_time": 50, "data_inventory": 25, "data_access": 50, "ai_use": 50,
    "problem_defined": 75, "problem_size": 75, "value_owner": 100, "effect_measured": 25, "footprint": 25,
    "climate_use_case": 0, "influence_on_ai": 81.5385,
}  # fmt: skip
STATES: dict[str, dict[str, Any]] = {
    "ai_operations": {"state": "dont_know", "ask": "produktionschefen"},
    "climate_targets": {"state": "blank"},
    "climate_effect": {"state": "hidden", "counted": 0.0, "depends_on": ["climate_use_case"]},
    "sex_disaggregated": {"state": "dont_know", "ask": "ekonomiansvarig"},
    "who_benefits": {"state": "blank", "raw": "kanske?"},
    "data_bias": {"state": "dont_know"},
    "conditions": {"state": "not_applicable", "reason": "Bara män är anställda i år"},
}
DETAILS: dict[str, dict[str, Any]] = {
    "data_access": {
        "evidence": "seen",
        "evidence_note": "Export till Excel, måndagar",
        "comment": "Ska bli schemalagd.",
    },
    "value_owner": {"evidence": "seen", "evidence_note": "Protokoll från ledningsgruppen"},
    "ai_direction": {"evidence": "told"},
    "problem_size": {"evidence": "later", "evidence_note": "410 000 kr om året"},
}


def both(swedish: str, english: str) -> Words:
    return {"sv": swedish, "en": english}


def test_of(question: str, at_least: str, met: bool | None, **more: Any) -> Criterion:
    """A requirement of an answer."""
    state = STATES.get(question, {}).get("state", "answered")
    given = STEPS.get(question) if state == "answered" else None
    facts: dict[str, Any] = {
        "how": "test", "met": met, "about": "question", "id": question, "text": both(*QUESTIONS[question][1:]),
        "test": "at_least", "needed": at_least, "needed_words": both(f"Steget {at_least}", f"The step {at_least}"),
        "has": "step" if given else None, "has_words": both(*given) if given else None, "state": state,
    }  # fmt: skip
    return Criterion(**(facts | more))


test_of.__test__ = False  # type: ignore[attr-defined]


def score_of(node: str, at_least: float, has: float | None, met: bool | None) -> Criterion:
    """A requirement of a score."""
    return Criterion(
        how="test", met=met, about="node", id=node, text=both(*AREAS[node]), test="at_least", needed=at_least, has=has
    )


def answer(name: str, **changes: Any) -> Answer:
    theme, swedish, english = QUESTIONS[name]
    points = POSITIONS.get(name)
    facts: dict[str, Any] = {
        "id": name, "section": THEMES[theme][0], "kind": "single", "text": both(swedish, english),
        "state": "answered", "value": "step" if points is not None else None,
        "words": both(*STEPS[name]) if name in STEPS else None, "scored": True, "points": points,
        "lowest": 0.0, "highest": 100.0,
    }  # fmt: skip
    if name == "influence_on_ai":
        facts |= {"kind": "counts", "value": {"women": 4.0, "men": 9.0}, "one_more_or_less": _more_or_less()}
    return Answer(**(facts | STATES.get(name, {}) | DETAILS.get(name, {}) | changes))


def _more_or_less() -> list[OneMoreOrLess]:
    women, men = both("Kvinnor", "Women"), both("Män", "Men")
    return [
        OneMoreOrLess(part="women", text=women, change=1, points=97.142857142857),
        OneMoreOrLess(part="women", text=women, change=-1, points=55.0),
        OneMoreOrLess(part="men", text=men, change=1, points=75.714285714286),
        OneMoreOrLess(part="men", text=men, change=-1, points=None),
    ]


def profile_answers() -> list[Answer]:
    """Questions that give no points."""
    common: dict[str, Any] = {"section": "company", "scored": False, "state": "answered"}
    return [
        Answer(
            id="municipality", kind="single", text=both("I vilken kommun?", "In which municipality?"),
            value="tomelilla", words=both("Tomelilla", "Tomelilla"), **common,
        ),
        Answer(
            id="head_count", kind="counts", text=both("Hur många arbetar hos er?", "How many work in the company?"),
            value={"women": 9.0, "men": 25.0}, words=both("Kvinnor 9, Män 25", "Women 9, Men 25"), **common,
        ),
        Answer(
            id="turnover", kind="number", text=both("Hur stor är omsättningen?", "What is the turnover?"),
            value=None, words=None, raw="ca 40 mkr", **(common | {"state": "blank"}),
        ),
    ]  # fmt: skip


def mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def node(name: str, items: Sequence[str], children: Mapping[str, Sequence[str]], **changes: Any) -> NodeResult:
    """A node over items; where it has children, its contributions are theirs."""
    known = {i: STATES.get(i, {}).get("counted", POSITIONS.get(i)) for i in items}
    counting = {i: p for i, p in known.items() if p is not None}
    missing = [i for i in items if STATES.get(i, {}).get("state") in ("dont_know", "blank")]
    total = len(counting) + len(missing)
    answered = [i for i in items if i in POSITIONS]
    enough = len(counting) / total >= 0.6 if total else False
    score = mean(list(counting.values())) if enough else None
    parts = children or {i: [i] for i in counting}
    facts: dict[str, Any] = {
        "id": name, "parent": None, "depth": 1, "title": None, "description": None, "aggregate": "mean",
        "pooled": bool(children), "weight": 1.0, "score": score,
        "reason": None if enough else "too_little_basis" if answered else "no_answers",
        "value": mean(list(counting.values())),
        "low": sum(counting.values()) / total if total else None,
        "high": (sum(counting.values()) + 100 * len(missing)) / total if total else None,
        "lowest": 0.0, "highest": 100.0, "coverage": len(counting) / total if total else None,
        "minimum_coverage": 0.6, "minimum_answered": 3, "answered": len(answered), "applicable": total,
        "missing": missing, "level": None, "level_low": None, "level_high": None,
        "contributions": [_part(c, inside, counting, bool(children)) for c, inside in parts.items()] if enough else [],
    }  # fmt: skip
    return NodeResult(**(facts | changes))


def _part(name: str, inside: Sequence[str], counting: Mapping[str, float], is_node: bool) -> Contribution:
    here = [counting[i] for i in inside if i in counting]
    return Contribution(
        kind="node" if is_node else "item",
        id=name,
        weight=float(len(here)),
        value=mean(here),
        points=sum(here) / len(counting),
        possible=100 * len(here) / len(counting),
    )


def nodes() -> list[NodeResult]:
    found = []
    for area, title in AREAS.items():
        themes = {t: [q for q, (home, _, _) in QUESTIONS.items() if home == t] for t in THEMES if THEMES[t][0] == area}
        items = [q for inside in themes.values() for q in inside]
        made = node(area, items, themes, parent="overall", title=both(*title), bands=[0, 20, 40, 60, 80])
        level = None if made.score is None else 1 + int(made.score // 20)
        found.append(made.model_copy(update={"level": level, "level_low": level, "level_high": level}))
        for theme, inside in themes.items():
            words = both(*THEMES[theme][1:])
            found.append(node(theme, inside, {}, parent=area, depth=2, title=words, minimum_answered=0))
    return found


def root(**changes: Any) -> NodeResult:
    stage = [
        LevelStage(level=1, reached=True, partly=False),
        LevelStage(
            level=2,
            reached=True,
            partly=False,
            requirements=[score_of("capability", 20, 50, True), score_of("business", 20, 68.75, True)],
        ),
        LevelStage(
            level=3,
            reached=False,
            partly=True,
            requirements=[
                score_of("capability", 40, 50, True),
                score_of("climate", 25, 8.3333, False),
                score_of("gender_equality", 25, None, None),
                Criterion(
                    how="any",
                    met=True,
                    parts=[test_of("ai_use", "pilot", True), test_of("problem_defined", "one_named", False)],
                ),
                test_of("effect_measured", "measured", False),
                test_of("ai_operations", "sampled", None),
            ],
        ),
        LevelStage(level=4, reached=False, partly=False, requirements=[score_of("climate", 45, 8.3333, False)]),
        LevelStage(level=5, reached=False, partly=False, requirements=[score_of("climate", 65, 8.3333, False)]),
    ]
    facts: dict[str, Any] = {
        "parent": None, "depth": 0, "title": both("AI-mognad", "AI maturity"), "aggregate": "none", "pooled": False,
        "score": None, "reason": "container", "value": None, "low": None, "high": None, "coverage": 0.6,
        "level": None, "level_low": 2, "level_high": 3, "stages": stage, "contributions": [],
    }  # fmt: skip
    return node("overall", list(QUESTIONS), {}, **(facts | changes))


def advice(name: str, **changes: Any) -> AdviceItem:
    facts: dict[str, Any] = {
        "id": name, "title": both(f"Gör {name}", f"Do {name}"),
        "why": both("Då vet ni vad en lösning får kosta.", "Then you know what a solution may cost."),
        "first_step": both("Be två som gör jobbet räkna i två veckor.", "Ask two who do the work to count."),
        "hours": 6.0, "hours_note": None, "cost": "none", "kind": "student_project",
        "who_can_help": [Helper(id="bth", name="Blekinge tekniska högskola", role="university", counties=[], near=True)],
        "trigger": test_of("data_inventory", "listed", True, test="below"), "points": dict.fromkeys(AREAS),
        "for_next_level": False,
    }  # fmt: skip
    return AdviceItem(**(facts | changes))


def all_advice() -> list[AdviceItem]:
    partners = [("Mobile Heights", True), ("IUC Syd", True), ("Packbridge", False), ("Techtank", False)]
    helpers = [Helper(id=n.lower(), name=n, role="partner", counties=["12"], near=near) for n, near in partners]
    return [
        advice(
            "find_out.gender_equality",
            title=both("Ta reda på det som saknas", "Find out what is missing"),
            hours=2.0,
            kind="expert_meeting",
            who_can_help=helpers,
            trigger=None,
            for_next_level=True,
            area="gender_equality",
            questions=["sex_disaggregated", "who_benefits", "data_bias"],
        ),
        advice(
            "list_the_data",
            title=both("Skriv en lista över era tio viktigaste datakällor", "List your ten key data sources"),
            points={"capability": 5.2, "business": 0.0, "climate": 0.04, "gender_equality": None},
            targets=[
                Target(
                    id="data_inventory",
                    text=both(*QUESTIONS["data_inventory"][1:]),
                    now=both(*STEPS["data_inventory"]),
                    goal=both("Vi har en lista över källorna", "We have a list of the sources"),
                )
            ],
            sources=["ai_act"],
            hours=1.0,
            hours_note=both("sedan en timme i månaden", "then an hour a month"),
        ),
        advice(
            "count_the_emissions",
            title=both("Räkna utsläppen i scope 1 och 2 för 2025", "Count scope 1 and 2 emissions for 2025"),
            points={"climate": 8.3333, "capability": 0.0, "business": 0.0, "gender_equality": None},
            kind="outside_funding",
            who_can_help=[],
            for_next_level=True,
            cost="under_10000",
            hours=16.0,
            trigger=Criterion(
                how="any",
                met=True,
                parts=[
                    test_of("footprint", "scope", True, test="below"),
                    score_of("climate", 25, 8.3333, False),
                ],
            ),
        ),
        advice("write_the_problem", trigger=Criterion(how="not", met=True, parts=[test_of("ai_use", "daily", False)])),
    ]


def definition(name: str, swedish: str, english: str) -> Definition:
    return Definition(id=name, version="1.0.0", hash="sha256:" + "0f" * 32, title=both(swedish, english))


def logos(*sizes: tuple[int, int]) -> list[FunderLogo]:
    """Invented funders' logos of these sizes in pixels."""
    made = []
    for number, size in enumerate(sizes, 1):
        buffer = io.BytesIO()
        Image.new("RGB", size, "#12436d").save(buffer, "png")
        uri = f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
        made.append(FunderLogo(name=both(f"Län {number} i Götaland", f"County {number}"), uri=uri))
    return made


def support(**changes: Any) -> Support:
    funders = both("Med finansiering från Europeiska unionen.", "With financing from the European Union.")
    facts = dict(definition("digit-hub-ai", "DigIT Hub AI", "DigIT Hub AI")) | {"funders": funders}
    return Support(**(facts | changes))


def idea() -> Idea:
    business = Benefit(
        id="business", title=both("Affär", "Business"), claimed=["problem_size"], basis=["effect_measured", "gone"],
        measure=both("Mät samma siffra igen.", "Measure the same figure again."),
    )  # fmt: skip
    fair = Benefit(
        id="fair",
        title=both("Jämställdhet", "Gender equality"),
        claimed=["who_benefits"],
        basis=["data_bias"],
        measure=None,
    )
    return Idea(told=["problem_defined", "ai_use"], benefits=[business, fair])


def other(**changes: Any) -> OtherAnswer:
    """Another voice's or time's answer."""
    facts: dict[str, Any] = {"state": "answered", "value": "earlier", "words": both("Ett annat svar", "Another answer")}
    return OtherAnswer(**(facts | changes))


def second(**changes: Any) -> ResultDocument:
    """A second assessment, with the company's own answers too: areas up, down, unsure, unchanged and incomparable."""
    first = document()
    results = {"capability": (30.0, 28.0, 32.0), "business": (90.0, 88.0, 92.0), "climate": (7.0, 6.0, 9.0)}
    before = [
        NodeBefore(
            id=n.id, score=then[0], low=then[1], high=then[2], level=None, level_low=2, level_high=2,
            change=None if n.score is None or then[0] is None else n.score - then[0],
            certain=None if n.low is None or n.high is None or then[2] is None else n.low > then[2] or n.high < then[1],
        )
        for n in first.nodes
        for then in [results.get(n.id, (None, 10.0, 60.0))]
    ]  # fmt: skip
    own = {"data_access": other(), "ai_use": other(step=2, comment="Vi har redan börjat.")}
    earlier = {
        "data_access": other(step=0, evidence="seen"), "ai_use": other(step=3), "value_owner": other(state="dont_know", words=None),
        "ai_operations": other(), "municipality": other(), "data_bias": other(state="blank", words=None),
    }  # fmt: skip
    steps = {"data_access": 2, "ai_use": 2}
    answers = [
        a.model_copy(update={"own": own.get(a.id), "earlier": earlier.get(a.id), "step": steps.get(a.id)})
        for a in first.answers
    ]
    occasion = first.occasion.model_copy(update={"occasion": "T1"})
    was = Before(occasion=Occasion(date="2025-11-20", occasion="T0"), nodes=before)
    return document(**({"answers": answers, "before": was, "occasion": occasion} | changes))


def document(**changes: Any) -> ResultDocument:
    """A company with a bit of everything: every answer state, an area with too little basis, a range of levels."""
    sections = [Section(id="company", title=both("Företaget", "The company"))]
    sections += [Section(id=area, title=both(*title)) for area, title in AREAS.items()]
    facts: dict[str, Any] = {
        "engine": Engine(name="aimaturity", version="0.1.0"),
        "questionnaire": definition("ai-maturity", "AI-mognadsanalys", "AI maturity assessment"),
        "scoring": definition("ai-maturity", "AI-mognad", "AI maturity"),
        "programme": support(),
        "languages": ["sv", "en"],
        "company": Identity(id="brosarp", name="Brösarps Finmekanik AB", organisationsnummer="556677-8899"),
        "occasion": Occasion(
            date="2026-11-23", occasion="T0", voice="adviser", adviser="A. Exempel", present="vd, produktionschef",
            source_file="answers-brosarp.yaml", source_row=2, submitted="2026-11-23 10:15",
        ),
        "head": [HeadFact(id="municipality", text=both("Tomelilla", "Tomelilla"))], "idea": idea(),
        "indication": False, "display_digits": 0, "level_node": "overall", "areas": list(AREAS),
        "levels": [LevelName(level=i, title=both(*words)) for i, words in enumerate(LEVELS, 1)],
        "nodes": [root(), *nodes()], "sections": sections,
        "answers": [*profile_answers(), *(answer(name) for name in QUESTIONS)],
        "bounds_exact": True, "advice": all_advice(),
        "contradictions": [
            Contradiction(
                id="effect_without_use",
                ask=both("Effekten är känd, men AI:n är inte i drift. Vad är mätt?", "What was measured?"),
                because=test_of("effect_measured", "felt", True),
            )
        ],
        "warnings": [Warning_(code="AIM403", message=both("Gränserna är vida.", "The bounds are wide."))],
        "facts": [
            Fact(
                id="ai_literacy", text=both("Den som använder AI ska se till kunskapen.", "Users support literacy."),
                source="AI Act, art. 4", year=2024, checked_on=dt.date(2026, 11, 23), applies_from=dt.date(2025, 2, 2),
            )
        ],
        "sources": [Source(id="ai_act", title="Regulation (EU) 2024/1689", year=2024, url="https://example.org/ai")],
    }  # fmt: skip
    return ResultDocument(**(facts | changes))


def standing(measure: str, **changes: Any) -> Standing:
    """A place among 10 to 19 companies of the same industry."""
    facts: dict[str, Any] = {
        "measure": measure, "place": "above_median", "reason": None, "rung": "sector",
        "companies": GroupSize(at_least=10, at_most=19), "lower_quartile": Stretch(low=20, high=30),
        "median": Stretch(low=40, high=50), "upper_quartile": Stretch(low=60, high=70), "as_of": "2026-11-25",
        "finer": [Finer(rung="sector_size", reason="protected")],
    }  # fmt: skip
    return Standing(**(facts | changes))


def protected(measure: str) -> Standing:
    """No group is shown."""
    return Standing(
        measure=measure, place=None, reason="protected", finer=[Finer(rung=rung, reason="protected") for rung in RUNGS]
    )


def benchmark(**changes: Any) -> Benchmark:
    """Beside peers: two areas with a place, of different groups; one that is protected; one without a score."""
    business = {"lower_quartile": Stretch(low=60, high=70), "median": Stretch(low=60, high=70), "place": "at_median"}
    alone = {"place": None, "reason": "no_score", "as_of": "2026-05-04"}
    facts: dict[str, Any] = {
        "set_hash": "sha256:" + "0a" * 32, "release": 3, "date": "2026-11-25", "minimum_companies": 5,
        "sector": "industry", "size": "small", "size_preliminary": True, "reason": None,
        "standings": [
            standing("capability"), standing("business", **business, included=True), protected("climate"),
            standing("gender_equality", **alone),
        ],
    }  # fmt: skip
    return Benchmark(**(facts | changes))
