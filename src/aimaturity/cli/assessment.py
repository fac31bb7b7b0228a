"""`assessment`: what companies answered."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aimaturity.cli.register import DatabaseOption, JsonOption, answer_line, as_json, assessment_line, opened, same
from aimaturity.cli.shared import SOURCES, LangOption, fail, known_source, language, out, remark
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.programme.store import Store

app = typer.Typer(help="Assessments in the register, and answers read in from files.", no_args_is_help=True)


class Voice(StrEnum):
    """Whose answers."""

    ADVISER = "adviser"
    COMPANY = "company"


class Occasion(StrEnum):
    """Which time."""

    T0 = "T0"
    T1 = "T1"
    T2 = "T2"


@app.command("list", epilog="Example: aimaturity assessment list brosarp")
def list_(
    company: Annotated[str | None, typer.Argument(metavar="[COMPANY]", help="Only those of this company's id.")] = None,
    going_on: Annotated[bool, typer.Option("--going-on", help="Only those that aren't finished.")] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """All assessments, in the order of beginning."""
    said = language(lang)
    with opened(database, said) as store:
        found = store.assessments(company, finished=False if going_on else None)
        names = {company.id: company.name or company.id for company in store.companies()}
    if as_json_:
        out(as_json(found))
    elif found:
        out("\n".join(f"{assessment_line(one, said)}  {names[one.company]}" for one in found))
    else:
        remark(say("no_assessments", said))


@app.command(epilog="Example: aimaturity assessment show brosarp data_inventory --history")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An assessment; or a company, for its latest.")],
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="Only this question, or grid row (question.row).")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every answer ever given, in order, not only those that count.")
    ] = False,
    differences: Annotated[
        bool, typer.Option("--differences", help="Where the company's own answer and the adviser's differ.")
    ] = False,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """The answers of an assessment: state, evidence, who and when."""
    said = language(lang)
    with opened(database, said) as store:
        assessment = assessment_meant(store, id)
        if differences:
            _differences(store, assessment, question, as_json_, said)
        else:
            _answers(store, assessment, question, history, as_json_, said)


def assessment_meant(store: Store, id: str) -> str:
    """The assessment of this id, or the latest of the company of this id. StoreRefused where it is neither's."""
    from aimaturity.programme.store import StoreRefused

    if any(found.id == id for found in store.assessments()):
        return id
    try:
        found = store.assessments(id)
    except StoreRefused:
        found = []
    return found[-1].id if found else store.assessment(id).id


def _answers(store: Store, id: str, question: str | None, history: bool, json_wanted: bool, lang: str) -> None:
    from aimaturity.programme.store.shown import question_text

    assessment, asked, holder = store.assessment(id), store.open_questionnaire(id), store.holder(id)
    if history:
        given = store.history(id)
    else:
        given = [answer for voice in ("adviser", "company") for answer in store.latest(id, voice).values()]
    order = {name: place for place, (name, _) in enumerate(asked.variables())}
    wanted = [a for a in given if question is None or question in (a.variable, a.variable.partition(".")[0])]
    wanted.sort(key=lambda a: (order.get(a.variable, len(order)), a.variable, a.seq))
    if json_wanted:
        out(as_json({"assessment": assessment, "holder": holder, "answers": wanted}))
        return
    if question is not None and not wanted:
        remark(say("no_such_question", lang, name=question))
        fail()
    company = store.company(assessment.company)
    out(f"{company.name or company.id}\n{assessment_line(assessment, lang)}")
    if holder is not None:
        out(say("held_by", lang, who=holder.who or holder.host, since=f"{holder.since:%Y-%m-%d %H:%M}"))
    for voice in ("adviser", "company"):
        answers = [answer for answer in wanted if answer.voice == voice]
        if answers:
            out(f"\n{say(f'voice_{voice}', lang)}")
        shown = ""
        for answer in answers:
            if answer.variable != shown:
                out(f"{answer.variable}  {question_text(asked, answer.variable, lang)}")
                shown = answer.variable
            out(f"    {answer_line(answer, asked, lang)}")


def _differences(store: Store, id: str, question: str | None, json_wanted: bool, lang: str) -> None:
    from aimaturity.programme.store.shown import question_text

    asked = store.open_questionnaire(id)
    ours, theirs = store.latest(id, "adviser"), store.latest(id, "company")
    names = [name for name in theirs if name in ours and not same(ours[name].given, theirs[name].given)]
    names = [name for name in names if question is None or question in (name, name.partition(".")[0])]
    if json_wanted:
        out(as_json([{"variable": name, "adviser": ours[name], "company": theirs[name]} for name in names]))
        return
    for name in names:
        out(f"{name}  {question_text(asked, name, lang)}")
        for voice, answer in (("adviser", ours[name]), ("company", theirs[name])):
            out(f"    {say(f'voice_{voice}', lang)}: {answer_line(answer, asked, lang)}")
    if not names:
        remark(say("no_differences", lang))


@app.command("import", epilog="Example: aimaturity assessment import answers.yaml survey.xlsx --occasion T0")
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Answers files (YAML, JSON) or survey files (CSV, XLSX).")
    ],
    questionnaire: Annotated[
        str, typer.Option("-q", "--questionnaire", help="What a survey file answers, by id or path.")
    ] = "ai-maturity",
    voice: Annotated[
        Voice | None,
        typer.Option(
            "--voice", help="Whose answers (default: what the file says, else the company's for survey rows)."
        ),
    ] = None,
    occasion: Annotated[
        Occasion | None, typer.Option("--occasion", help="Which time (default: what the file says).")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TOOL", help=f"Read as an export from: {SOURCES}.")
    ] = None,
    finished: Annotated[
        bool | None,
        typer.Option(
            "--finished/--open",
            help="Whether the assessments are finished: nobody will ask more (default: an adviser's and quick scans).",
        ),
    ] = None,
    as_json_: JsonOption = False,
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Read answers in: finds or adds the companies. The same file once more adds nothing."""
    from aimaturity.cli.importing import Wanted, run

    said = language(lang)
    tool = known_source(source, said)
    whose, when = voice and voice.value, occasion and occasion.value
    run(files, Wanted(questionnaire, whose, when, tool, finished, database, as_json_, said))
