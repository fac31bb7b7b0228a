"""A redacted document: nothing of who it is, everything of what came out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimaturity.scoring import document as parts
from aimaturity.scoring.document import Answer, Before, Criterion, OtherAnswer, ResultDocument, dumps
from aimaturity.scoring.redact import CODE, SHOWN_OF_PROFILE, is_redacted, label, redacted
from tests.bundled import interview
from tests.report.factory import document as invented

SECRET = "Åke Ängström på Brösarp"


INTERVIEW = interview()

# Every field in which a document can hold something of the company's own, and what becomes of it. A field that is
# missing here is one that nobody has thought about: decide in redact.py, then say so here.
KEPT = {
    "Identity": set(),
    "Occasion": {"date", "occasion", "voice", "language"},
    "Answer": {
        "id", "section", "kind", "text", "state", "value", "words", "step", "steps", "unit", "scored", "points",
        "counted", "lowest", "highest", "evidence", "ask", "reason", "own", "earlier", "by_rule", "unused", "depends_on",
    },
    "OtherAnswer": {"state", "value", "words", "step", "evidence"},
    "Target": {"id", "text", "now", "goal"},
}  # fmt: skip
GONE = {
    "Identity": {"id", "name", "organisationsnummer"},
    "Occasion": {"adviser", "present", "respondent", "submitted", "source_file", "source_row"},
    "Answer": {"evidence_note", "comment", "why", "raw", "one_more_or_less"},
    "OtherAnswer": {"comment", "evidence_note"},
    "Target": set(),
}
WHOLE = {
    "engine", "questionnaire", "scoring", "programme", "languages", "company", "occasion", "indication", "display_digits",
    "level_node", "areas", "levels", "nodes", "sections", "answers", "before", "bounds_exact", "advice", "contradictions",
    "warnings", "facts", "sources", "format", "idea",
}  # fmt: skip
LEFT_OUT = {"head", "benchmark"}
"""Place, industry and size, and the group of companies that are alike: together they point at one."""


@pytest.mark.parametrize("part", sorted(KEPT))
def test_every_field_of_the_company_has_been_decided_on(part: str) -> None:
    assert set(getattr(parts, part).model_fields) == KEPT[part] | GONE[part]


def test_every_field_of_the_document_has_been_decided_on() -> None:
    assert set(ResultDocument.model_fields) == WHOLE | LEFT_OUT
    assert not any(getattr(redacted(INTERVIEW), name) for name in LEFT_OUT)


def test_scores_points_and_closed_answers_stay() -> None:
    shown = redacted(INTERVIEW)
    assert [node.score for node in shown.nodes] == [node.score for node in INTERVIEW.nodes]
    assert [answer.points for answer in shown.answers] == [answer.points for answer in INTERVIEW.answers]
    assert [answer.state for answer in shown.answers] == [answer.state for answer in INTERVIEW.answers]
    kept, before = shown.answer("ai_use"), INTERVIEW.answer("ai_use")
    assert kept is not None
    assert before is not None
    assert kept.words == before.words
    assert [item.id for item in shown.advice] == [item.id for item in INTERVIEW.advice]


def test_it_says_so_and_is_called_by_a_number() -> None:
    shown = redacted(INTERVIEW, 7, "en")
    assert is_redacted(shown)
    assert not is_redacted(INTERVIEW)
    assert shown.warnings[0].code == CODE
    assert shown.company.id == label(7, "en") == "Company 7"
    assert redacted(INTERVIEW, 7).company.id == "Företag 7"
    assert redacted(shown, 8) == shown


def test_how_many_work_there_is_told_as_a_class() -> None:
    found = redacted(INTERVIEW).answer("head_count")
    assert found is not None
    assert found.value is None
    assert found.words == {"sv": "10–49 personer", "en": "10–49 people"}


@pytest.mark.parametrize(
    ("people", "words"),
    [(0, "färre än 10"), (9, "färre än 10"), (10, "10–49"), (49, "10–49"), (50, "50–249"), (250, "250 personer")],
)
def test_the_classes_are_the_eus(people: int, words: str) -> None:
    [count] = [a for a in INTERVIEW.answers if a.id == "head_count"]
    changed = Answer(**(count.model_dump() | {"value": {"women": float(people), "men": 0.0}}))
    shown = redacted(INTERVIEW.model_copy(update={"answers": [changed]})).answers[0].words
    assert shown is not None
    assert shown["sv"].startswith(words)


@pytest.mark.parametrize("name", ["municipality", "sni_division", "turnover", "balance_total", "part_of_group"])
def test_facts_that_point_at_one_company_are_gone(name: str) -> None:
    found = redacted(INTERVIEW).answer(name)
    assert found is not None
    assert found.state == "answered"
    assert (found.value, found.step) == (None, None)
    assert found.words == {"sv": "(borttaget)", "en": "(removed)"}


def test_exact_numbers_are_gone_where_they_give_points_too() -> None:
    found = redacted(INTERVIEW).answer("influence_on_ai")
    assert found is not None
    assert found.value is None
    assert found.points is not None
    assert found.one_more_or_less == []
    assert "Kvinnor 2" not in dumps(redacted(INTERVIEW))


def test_a_profile_question_that_nobody_here_has_seen_is_gone() -> None:
    [use] = [a for a in INTERVIEW.answers if a.id == "ai_use"]
    own = use.model_copy(update={"id": "our_town", "scored": False})
    shown = redacted(INTERVIEW.model_copy(update={"answers": [own]}))
    assert shown.answers[0].value is None
    assert "our_town" not in SHOWN_OF_PROFILE


def test_the_date_is_told_to_the_month_and_odd_ones_not_at_all() -> None:
    assert redacted(INTERVIEW).occasion.date == "2026-11"
    for date in (SECRET, "2026-11-23 hos Åke", "２０２６-11-23"):
        occasion = INTERVIEW.occasion.model_copy(update={"date": date})
        assert redacted(INTERVIEW.model_copy(update={"occasion": occasion})).occasion.date is None


def test_a_rule_that_holds_for_a_hidden_answer_tells_neither_the_answer_nor_what_it_asks() -> None:
    test = Criterion(
        how="test", met=True, about="question", id="municipality", text={"sv": "Kommun", "en": "Municipality"}, test="is",
        needed="tomelilla", needed_words={"sv": "Tomelilla", "en": "Tomelilla"}, has="tomelilla",
        has_words={"sv": "Tomelilla", "en": "Tomelilla"}, state="answered",
    )  # fmt: skip
    advice = INTERVIEW.advice[1].model_copy(update={"trigger": Criterion(how="all", met=True, parts=[test])})
    shown = redacted(INTERVIEW.model_copy(update={"advice": [advice]}))
    assert "omelilla" not in dumps(shown)
    assert "omelilla" in dumps(INTERVIEW)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def filled(secret: str) -> ResultDocument:
    """A document with the secret in every place where somebody may have written it."""
    words = {"sv": secret, "en": secret}
    beside = OtherAnswer(
        state="answered", value=secret, words=words, comment=secret, evidence=secret, evidence_note=secret
    )
    base = invented()
    answers = []
    for answer in [*base.answers, *(a for a in INTERVIEW.answers if a.kind in ("text", "counts"))]:
        free = answer.kind in ("text", "date")
        changed = {
            "evidence": secret, "evidence_note": secret, "comment": secret, "ask": secret, "reason": secret, "why": secret,
            "raw": secret, "own": beside if free else None, "earlier": beside if free else None,
        }  # fmt: skip
        answers.append(Answer(**(answer.model_dump() | changed | ({"value": secret, "words": words} if free else {}))))
    occasion = parts.Occasion(
        **dict.fromkeys(
            ("date", "occasion", "voice", "adviser", "respondent", "submitted", "language", "source_file"), secret
        )
    )
    return base.model_copy(
        update={
            "company": parts.Identity(id=secret, name=secret, organisationsnummer=secret),
            "occasion": occasion,
            "before": Before(occasion=occasion, nodes=[]),
            "answers": answers,
        }
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="åäöÅÄÖxyz<&\"'\u202e\n =@", min_size=6, max_size=40).filter(lambda t: len(t.strip()) > 4))
def test_nothing_that_anybody_wrote_is_left(secret: str) -> None:
    assert secret in list(strings(filled(secret).model_dump(mode="json")))
    left = [text for text in strings(redacted(filled(secret)).model_dump(mode="json")) if secret in text]
    assert left == []


def test_the_released_document_can_be_redacted_and_read_again() -> None:
    for path in (Path(__file__).parents[1] / "released").rglob("result.json"):
        document = ResultDocument.model_validate_json(path.read_text("utf-8"))
        shown = redacted(document)
        assert dumps(ResultDocument.model_validate_json(dumps(shown))) == dumps(shown)
        assert is_redacted(shown)
        assert shown.company.name is None
