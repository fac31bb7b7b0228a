"""Everything held on a company, as files for the company."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.about import persons, took_part
from aimaturity.cli.register import answer_line, assessment_line
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.definitions.diagnostics import Diagnostic
    from aimaturity.programme.store import Store


def write_export(store: Store, id: str, folder: Path, lang: str) -> tuple[list[Path], list[Diagnostic]]:
    """Writes `company-<id>.json` and `.md`, for their owner alone; what was written, and what kept the rest from it."""
    from aimaturity.report.files import slug
    from aimaturity.scoring.export import write_text

    held = store.export_company(id)
    name = f"company-{slug(held['company']['id']) or 'export'}"
    texts = {
        ".json": json.dumps(held, ensure_ascii=False, indent=2) + "\n",
        ".md": page(store, id, lang),
    }
    written: list[Path] = []
    problems: list[Diagnostic] = []
    before = os.umask(0o077)
    try:
        for ending, text in texts.items():
            path = folder / f"{name}{ending}"
            problem = write_text(path, text)
            if problem is None:
                written.append(path)
            else:
                problems.append(problem)
    finally:
        os.umask(before)
    return written, problems


def page(store: Store, id: str, lang: str) -> str:
    """The same for a reader: every assessment with every answer that was ever given, in the words of its questions."""
    from aimaturity.programme.store.shown import question_text

    company = store.company(id)
    lines = [f"# {_text(say('export_title', lang, name=company.name or company.id))}", ""]
    if company.organisationsnummer:
        lines += [say("number", lang, number=company.organisationsnummer), ""]
    if company.merged:
        lines += [_text(say("also_known", lang, ids=", ".join(company.merged))), ""]
    activities = took_part(store, id)
    if activities:
        lines += [f"## {say('export_activities', lang)}", ""]
        for activity, one in activities:
            hours = one.hours if one.hours is not None else activity.hours
            counted = persons(one.women, one.men, one.other, hours, lang)
            lines.append(f"- {activity.date}: {_text(activity.title)} ({counted})")
        lines.append("")
    for assessment in store.assessments(id):
        asked = store.questionnaire(assessment.definition)
        lines += [f"## {_text(asked.title[lang])}", "", _text(assessment_line(assessment, lang)), ""]
        history = store.history(assessment.id)
        for voice in ("adviser", "company"):
            said = [answer for answer in history if answer.voice == voice]
            if said:
                lines += [f"### {say(f'voice_{voice}', lang)}", ""]
            for variable in dict.fromkeys(answer.variable for answer in said):
                lines.append(f"- **{_text(question_text(asked, variable, lang))}**")
                given = [answer for answer in said if answer.variable == variable]
                lines += [f"  {n}. {_text(answer_line(answer, asked, lang))}" for n, answer in enumerate(given, 1)]
            lines += [""] if said else []
    reports = store.reports(id)
    if reports:
        lines += [f"## {say('export_reports', lang)}", ""]
        lines += [f"- {report.written:%Y-%m-%d %H:%M}: {_text(report.path)}" for report in reports] + [""]
    lines += [f"## {say('export_log', lang)}", ""]
    for entry in store.company_log(id):
        facts = json.dumps(dict(entry.facts), ensure_ascii=False) if entry.facts else ""
        lines.append(f"- {entry.when:%Y-%m-%d %H:%M}: {say(f'log_{entry.what}', lang)} {_text(facts)}".rstrip())
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    """Words on one line that Markdown takes for words."""
    from aimaturity.responses.markdown import escape

    return escape(" ".join(words.split()))
