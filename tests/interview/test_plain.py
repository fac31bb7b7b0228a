"""Plain mode: a person at the keyboard, and a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from aimaturity.definitions.questionnaire import Counts, Grid, Multiple, Single
from aimaturity.interview.answering import Refusal
from aimaturity.interview.desk import Area
from aimaturity.interview.face import Context
from aimaturity.interview.plain import exit_code
from aimaturity.interview.reading import COMMANDS
from aimaturity.interview.session import Earlier, Session
from aimaturity.interview.words import WORDS
from aimaturity.responses.given import BLANK, Detail, Given, State
from aimaturity.responses.normalise import normalise
from tests.bundled import bundled
from tests.conftest import Golden
from tests.interview.keeping import Held, Memory, interview
from tests.responses.test_answers_text import given_answers
from tests.responses.test_survey import QUESTIONNAIRE
from tests.strategies import Case, cases

Q = bundled().questionnaire
SCAN = bundled("ai-quickscan").questionnaire
TRANSCRIPTS = Path(__file__).parent / "transcripts"


def option(name: str) -> Given:
    return Given(State.ANSWERED, name)


def places(question: str) -> list[str]:
    return [o.id for o in Q.options_of(Q.questions[question])]


TALK = {
    "sv": [
        "2", "Räknas tvåan?", "C. Tillverkning", "", "25", "tomelilla", "b", "31", "", "9", "25", "0", "två tredjedelar är på deltid",
        "7", "2", "", "hoppa", "1", "+", "1,3", "b", "ö", "u", "3", "", "fråga 30", "vet inte", "produktionschefen", "q",
    ],
    "en": [
        "2", "", "section_c", "", "25", "31", "Österlen, near the mill", "9", "25", "1 000", "", "h", "c", "not sure of this one",
        "2", "s risk", "", "s municipality", "l", "d", "ekonomichefen", "q",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_talk_reads_as_it_should(golden: Golden, language: str) -> None:
    session = {"earlier": {"data_access": Earlier(option("on_paper"), "2025-11-20", "T0")}} if language == "sv" else {}
    held = interview(Q, TALK[language], language=language, **session)
    assert held.ended.how == "pause"
    golden.check(TRANSCRIPTS / language, {"talk.txt": held.text})


def at(question: str, lines: list[str], **more: object) -> Held:
    return interview(Q, lines, position=question, **more)  # type: ignore[arg-type]


def test_a_number_out_of_range_is_refused_in_words_and_asked_again() -> None:
    held = at("data_access", ["7", "3", "varje måndag", "q"])
    assert "Det finns bara 1 till 5." in held.text
    assert "Sparat: 3 Någon exporterar dem för hand när de behövs." in held.text
    assert held.memory.kept()["data_access"] == Given(State.ANSWERED, "exported", Detail(comment="varje måndag"))


def test_a_number_or_letter_after_an_answer_is_no_comment() -> None:
    held = at("data_access", ["3", "4", "", "q"])
    assert held.memory.kept()["data_access"] == option(places("data_access")[3])
    held = at("data_access", ["3", "9", "q"])
    assert "Det finns bara 1 till 5." in held.text
    assert held.memory.kept()["data_access"] == option("exported")
    assert held.memory.position == "data_access"


def test_dont_know_asks_who_knows_and_not_applicable_asks_why() -> None:
    held = at("energy_data", ["d", "drifttekniker Åsa", "b", "n", "Allt ingår i hyran", "q"])
    assert held.memory.kept()["energy_data"] == Given(State.NOT_APPLICABLE, None, Detail(reason="Allt ingår i hyran"))
    assert Given(State.DONT_KNOW, None, Detail(ask="drifttekniker Åsa")) in [e.given for e in held.memory.events]
    refused = at("data_access", ["n", "q"])
    assert refused.memory.events == []
    assert Refusal("AIM308").message("sv")[1:] in refused.text


def test_an_options_words_are_an_answer_whatever_letter_they_begin_with() -> None:
    held = at("sni_section", ["C. Tillverkning", "", "q"])
    assert held.memory.kept()["sni_section"] == option("section_c")


def test_another_answer_than_the_company_gave_asks_why_and_plus_confirms() -> None:
    held = at("data_access", ["2", "Exporten är inte byggd än", "q"], own={"data_access": option("exported")})
    assert "Företaget själv: 3 Någon exporterar dem" in held.text
    assert held.memory.kept()["data_access"].detail.why == "Exporten är inte byggd än"
    held = at("data_access", ["+", "q"], own={"data_access": option("exported")})
    assert held.memory.kept()["data_access"] == option("exported")
    assert "inget att bekräfta" in at("data_access", ["+", "q"]).text


def test_answers_from_the_quick_scan_pass_with_an_empty_line_and_plus_confirms() -> None:
    carried = {"data_access": Earlier(option("exported"), "2026-10-03")}
    given = {"data_access": option("exported")}
    passed = at("data_access", ["", "q"], given=given, carried=carried)
    assert "Från snabbkollen, 3 okt 2026: 3 Någon exporterar" in passed.text
    assert passed.memory.events == []
    assert passed.memory.position == "data_quality"
    confirmed = at("data_access", ["+", "q"], given=given, carried=carried)
    assert confirmed.memory.kept() == given
    assert confirmed.desk.session.carried == {}


@pytest.mark.parametrize(("line", "asked"), [("1", True), ("2", False), ("3", False), ("4", True)])
def test_a_step_down_or_two_up_since_last_time_asks_what_has_happened(line: str, asked: bool) -> None:
    earlier = {"data_access": Earlier(option(places("data_access")[1]), "2025-11-20", "T0")}
    held = at("data_access", [line, "", "q"], earlier=earlier)
    assert ("Vad har hänt?" in held.text) is asked
    assert "Förra gången (20 nov 2025)" in held.text  # shown once the new one is chosen
    assert "Förra gången" not in at("data_access", ["q"], earlier=earlier).text


def test_what_a_change_hides_shows_and_contradicts_is_said() -> None:
    given = {"ai_use": option("pilot"), "ai_operations": option("sampled")}
    held = at("ai_use", ["1", "", "q"], given=given)
    assert "Ett svar döljs. Det sparas och kommer tillbaka" in held.text
    assert "→" in held.text
    held = at(
        "ai_use", ["4", "q"], given={"ai_roles": Given(State.ANSWERED, ("role_none",)), "ai_use": option("none_in_use")}
    )
    assert "nya frågor: " in held.text
    assert "Att reda ut: " in held.text


def test_women_and_men_are_counted_a_number_a_line_and_all_at_once() -> None:
    head = Given(State.ANSWERED, {"women": 2.0, "men": 6.0, "other_unstated": 0.0})
    held = at("influence_on_ai", ["fyra", "4", "9", "", "q"], given={"head_count": head})
    assert "Skriv ett heltal, till exempel 12." in held.text
    assert "Tillsammans 13: kvinnor 31 %, män 69 %. Minst representerade könet: 31 %." in held.text
    assert "Företaget har 8 personer. 13 är fler. Stämmer det?" in held.text
    assert held.memory.kept()["influence_on_ai"] == Given(State.ANSWERED, {"women": 4.0, "men": 9.0})
    for line in ("4, 9", "4,9", "4 9", "4; 9"):
        assert at("influence_on_ai", [line, "", "q"]).memory.kept()["influence_on_ai"].value == {"women": 4, "men": 9}
    assert at("head_count", ["1 234", "q"]).memory.kept()["head_count"].value == {"women": 1234.0}


def test_own_words_may_begin_with_a_capital_letter_and_commands_still_work() -> None:
    assert at("sni_division", ["E handel", "q"]).memory.kept()["sni_division"] == option("E handel")
    held = at("sni_division", ["k Åh", "25", "b", "d löneansvarig Ö", "q"])
    assert held.memory.kept()["sni_division"] == Given(
        State.DONT_KNOW, None, Detail(comment="Åh", ask="löneansvarig Ö")
    )


def test_a_grid_is_asked_row_by_row_and_goes_on_where_it_was() -> None:
    held = interview(QUESTIONNAIRE, ["1", "d", "", "q"], position="g")
    assert list(held.memory.kept()) == ["g.shop", "g.yard"]
    again = interview(
        QUESTIONNAIRE,
        ["1", "q"],
        position="g",
        given={"g.shop": option(QUESTIONNAIRE.options_of(QUESTIONNAIRE.questions["g"])[0].id)},
    )
    assert list(again.memory.kept()) == ["g.yard"]


def test_evidence_and_comments_by_letter_and_on_one_line() -> None:
    held = at("data_access", ["3", "u", "1", "Såg schemalagd export, måndagar 06.00", "k Åh", "q"])
    assert held.memory.kept()["data_access"].detail == Detail(
        evidence="seen", evidence_note="Såg schemalagd export, måndagar 06.00", comment="Åh"
    )
    short = at("data_access", ["e later kommer på fredag", "u strunt", "q"])
    assert short.memory.kept()["data_access"].detail == Detail(evidence="later", evidence_note="kommer på fredag")
    assert "Underlag är sett, sagt eller skickas" in short.text


def test_control_characters_and_long_comments_are_handled() -> None:
    held = at("data_access", ["3", "k \x1b[31m" + "å" * 10_000, "q"])
    comment = held.memory.kept()["data_access"].detail.comment
    assert comment is not None
    assert comment.endswith("å" * 10_000)
    assert "Ett styrtecken togs bort." in held.text
    cut = at("data_access", ["k " + "ö" * 30_000, "q"])
    assert len(cut.memory.kept()["data_access"].detail.comment or "") == 20_000
    assert "kortades" in cut.text


def test_going_about_back_find_overview_missing_and_a_numbered_question() -> None:
    areas = [Area("capability", bundled().model.areas[0].title, ("data_access", "ai_use"))]  # type: ignore[arg-type]
    held = at("data_access", ["s kommun huvudkontor", "q"])
    assert held.memory.position == "municipality"
    assert at("sni_version", ["fråga 3", "q"]).memory.position == "sni_division"
    assert "Det finns ingen fråga 99." in at("sni_version", ["fråga 99", "q"]).text
    assert at("sni_version", ["", "", "b", "q"]).memory.position == "sni_section"
    assert at("sni_version", ["m", "q"]).memory.position == "sni_section"
    assert "första frågan" in at("sni_version", ["b", "q"]).text
    overview = at("sni_version", ["ö", "q"], areas=areas).text
    assert "Per område:" in overview
    assert "  2. kvar: " in overview
    assert "Ingen fråga har de orden." in at("sni_version", ["s zzz", "q"]).text


def test_after_a_jump_the_answer_leads_back() -> None:
    held = at("data_access", ["fråga 1", "2", "", "q"])
    assert held.memory.position == "data_access"


def test_help_history_language_and_preview_tell_without_moving() -> None:
    context = Context(glance=lambda language: [f"Nivå 2 ({language})"])
    held = at("data_access", ["h", "t", "l", "p", "q"], context=context)
    assert "tom rad eller hoppa" in held.text
    assert "Det finns inget tidigare svar." in held.text
    assert "Preview. It easily sways the answers" in held.text
    assert "Nivå 2 (en)" in held.text
    assert "Saved, question" in held.text
    changed = at("data_access", ["2", "", "b", "3", "", "b", "t", "q"])
    assert "2026-11-25 14:32, A. Exempel: 3 Någon exporterar" in changed.text


def test_the_end_shows_the_result_and_leads_back_to_what_is_missing() -> None:
    context = Context(glance=lambda _: ["Nivå 2–3"], report=lambda _: ["Rapporten finns i reports/å.html"])
    held = interview(Q, ["slut", "r", "m", "q"], position="data_access", context=context)
    assert "Klart så långt" in held.text
    assert "Nivå 2–3" in held.text
    assert "reports/å.html" in held.text
    assert (held.ended.how, held.memory.position) == ("pause", "sni_version")
    assert interview(Q, ["slut", "q"], context=context).ended.how == "end"


def test_when_saving_fails_each_answer_says_so_until_it_works() -> None:
    memory = Memory(full=True)

    def room() -> None:
        memory.full = False

    held = at("data_access", ["3", "", "2", "", "1", "", "q"], memory=memory, act={4: room})
    assert held.text.count("SPARAS INTE: filen kan inte skrivas: disken är full.") == 2
    assert held.text.index("Nu är allt sparat igen.") > held.text.rindex("SPARAS INTE")
    assert len(memory.events) == 3
    assert not held.ended.unsaved


def test_leaving_with_something_unsaved_asks_once_and_says_so() -> None:
    written: list[str] = []

    def save(path: str) -> list[str]:
        written.append(path)
        return ["skrivet"]

    held = at("data_access", ["3", "q", "spara svar.yaml", "q"], memory=Memory(full=True), context=Context(save=save))
    assert written == ["svar.yaml"]
    assert "Skriv q en gång till" in held.text
    assert "alla svar är INTE sparade" in held.text
    assert exit_code(held.ended) == 2
    assert "Allt är redan sparat" in at("data_access", ["spara", "q"]).text


def test_an_interview_taken_over_by_another_ends() -> None:
    held = at("data_access", ["3", "", "2"], memory=Memory(lost=True))
    assert held.ended.how == "lost"
    assert "B. Exempel sedan 14.32" in held.text
    assert exit_code(held.ended) == 2


def test_who_only_looks_changes_nothing() -> None:
    held = at("data_access", ["3", "k Åh", "d", "+", "b", "q"], context=Context(look=True))
    assert held.memory.events == []
    assert held.memory.position is None
    assert held.text.count("Ni tittar bara.") == 4


def test_ctrl_c_pauses_where_one_is() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    held = at("data_access", ["3", "", "2"], act={2: interrupted})
    assert "Sparat, fråga 24 av 56." in held.text
    assert exit_code(held.ended) == 130


def test_no_letter_means_two_things() -> None:
    words = [word for called in COMMANDS.values() for word in called]
    assert len(words) == len(set(words))
    assert all(normalise(word) == word for word in words)
    assert not {"d", "v", "n"} & set(words)


def test_both_languages_say_the_same_things() -> None:
    assert all(set(words) == {"sv", "en"} for words in WORDS.values())


# -- from a pipe --


def piped(lines: list[str] | str, **more: object) -> Held:
    return interview(Q, lines, typed=False, **more)  # type: ignore[arg-type]


def test_named_lines_answer_in_any_order_and_what_is_left_is_told() -> None:
    held = piped(
        "data_access: 3\ndata_access.comment: varje måndag\ndata_access.evidence: sett\ndata_access.evidence_note: export\n"
        "influence_on_ai: 4, 9\ninfluence_on_ai.women: 5\nbusiness_case: d ekonomichefen\nenergy_data: n ingår i hyran\n"
        "ai_roles: 2,3\nmunicipality: Tomelilla\nsni_division: 01\n"
    )
    kept = held.memory.kept()
    assert kept["data_access"] == Given(State.ANSWERED, "exported", Detail(None, "seen", "export", "varje måndag"))
    assert kept["influence_on_ai"].value == {"women": 5.0, "men": 9.0}
    assert kept["business_case"] == Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen"))
    assert kept["energy_data"].detail.reason == "ingår i hyran"
    assert kept["ai_roles"].value == ("user", "adapts")
    assert kept["county"].value == "skane"
    assert kept["sni_division"].value == "01"
    assert held.ended.how == "input"
    assert exit_code(held.ended) == 1
    assert held.remarks.startswith("48 frågor saknar svar: sni_version, sni_section, head_count")


def test_a_named_line_that_cannot_be_read_is_told_and_skipped() -> None:
    held = piped("data_acess: 3\ndata_access: 9\ndata_access: 2\ninfluence_on_ai.nobody: 4\nhead_count: 3\n")
    assert "Rad 1: Det finns ingen fråga 'data_acess'. Menade du 'data_access'?" in held.text
    assert "Rad 2: Det finns bara 1 till 5." in held.text
    assert "Rad 4: 'influence_on_ai' har ingen del 'nobody'." in held.text
    assert "Rad 5: Frågan har 3 delar; raden har 1." in held.text
    assert held.memory.kept() == {"data_access": option(places("data_access")[1])}
    assert exit_code(held.ended) == 1


def test_a_bare_line_that_cannot_be_read_stops_before_any_answer_slides() -> None:
    held = piped("2\n3\n25\n77\n31\n")
    assert list(held.memory.kept()) == ["sni_version", "sni_section", "sni_division"]
    assert "Rad 4: Det finns bara 1 till 39. Läsningen stannar" in held.text
    assert exit_code(held.ended) == 2
    assert held.memory.position == "municipality"


def test_bytes_that_are_no_text_are_told() -> None:
    held = piped("data_access.comment: \udce5\n2\n\udce5\n")
    assert "Rad 1: Raden går inte att läsa som text" in held.text
    assert exit_code(held.ended) == 2
    assert list(held.memory.kept()) == ["sni_version"]


def test_bare_lines_go_by_commands_too() -> None:
    held = piped("2\nhoppa\n25\nb\n26\nk Åh nej\nu sett skylten\n31\nq\n7\n")
    kept = held.memory.kept()
    assert kept["sni_division"].value == "26"
    assert kept["municipality"].detail == Detail(evidence="seen", evidence_note="skylten", comment="Åh nej")
    assert "sni_section" not in kept
    assert held.ended.how == "pause"
    assert exit_code(held.ended) == 0


def test_all_answered_is_done() -> None:
    names = [name for name, _ in SCAN.variables()]
    lines = [f"{name}: d" for name in names]
    held = interview(SCAN, lines, typed=False)
    assert held.ended.how == "end"
    assert (exit_code(held.ended), held.remarks, held.memory.position) == (0, "", None)


def test_nothing_at_all_is_a_pause() -> None:
    held = piped("")
    assert held.memory.events == []
    assert exit_code(held.ended) == 1


@settings(deadline=None, max_examples=150)
@drawn(cases(), st.data())
def test_a_scripted_interview_gives_the_answers_that_the_session_gives(case: Case, data: st.DataObject) -> None:
    """Named lines in any order, and bare ones in the order of asking, say the same as the session told directly."""
    q = case.questionnaire
    wanted = {
        name: Given(one.state, one.value)
        for name, one in data.draw(given_answers(q)).items()
        if one.state is not State.BLANK
    }
    names = data.draw(st.permutations(list(wanted)))
    direct = Session(q)
    for name in names:
        direct.give(name, wanted[name])
    named = interview(q, [f"{name}: {written(q, name, wanted[name])}" for name in names], typed=False)
    assert (named.ended.problems, named.ended.how) == (0, named.ended.how if named.ended.how == "end" else "input")
    assert {n: g for n, g in named.desk.session.given.items() if g != BLANK} == direct.given
    assert {n: g for n, g in named.memory.kept().items() if g != BLANK} == direct.given

    walked, lines = Session(q), []
    while walked.position is not None:
        for name in walked.variables(walked.position):
            given = wanted.get(name, BLANK)
            if given is not BLANK:
                walked.give(name, given)
            lines.append(written(q, name, given))
        walked.next()
    bare = interview(q, lines, typed=False)
    assert bare.ended.how in ("input", "end")
    assert {n: g for n, g in bare.desk.session.given.items() if g != BLANK} == walked.given
    assert bare.memory.position == (walked.position if lines else None)


def written(q: object, name: str, given: Given) -> str:
    """An answer as somebody types it."""
    if given.state is not State.ANSWERED:
        return {State.BLANK: "", State.DONT_KNOW: "d", State.NOT_APPLICABLE: "n"}[given.state]
    question = q.questions[name.partition(".")[0]]  # type: ignore[attr-defined]
    ids = [o.id for o in q.options_of(question)]  # type: ignore[attr-defined]
    if isinstance(question, Single | Grid):
        return str(ids.index(str(given.value)) + 1)
    if isinstance(question, Multiple):
        return ", ".join(str(ids.index(one) + 1) for one in given.value)  # type: ignore[union-attr]
    if isinstance(question, Counts):
        return "; ".join(f"{given.value[part.id]:g}" for part in question.parts)  # type: ignore[index,call-overload]
    return f"{given.value:g}"
