"""`map`, and mappings that are found again for files of the same shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aimaturity.cli.shared import end, fail, out, remark, tell, typed, typed_model, usable_method
from aimaturity.cli.words import say

if TYPE_CHECKING:
    from aimaturity.responses.mapping import Mapping, ValueRule
    from aimaturity.responses.survey import Survey
    from aimaturity.scoring.method import Method

SAMPLES = 3


def folder() -> Path:
    """Where mappings that were used are kept."""
    from aimaturity.definitions.library import home_folder

    return home_folder() / "mappings"


def saved(made: Method, lang: str, model: Path | str = "", quiet: bool = False) -> Callable[[str], Mapping | None]:
    """Shape of a file's headings -> the mapping used before for such a file, or one in the folder beside the model's;
    says so."""

    def find(shape: str) -> Mapping | None:
        from aimaturity.responses.mapping import load_mapping

        name = f"{made.questionnaire.questionnaire}-{shape}.yaml"
        beside = Path(model).parent.parent / "mappings" if Path(model).suffix else None
        places = [place / name for place in (folder(), beside) if place is not None]
        path = next((path for path in places if path.is_file()), None)
        if path is None:
            return None
        mapping, problems = load_mapping(path, made.questionnaire)
        tell(problems, lang)
        if mapping is not None and not quiet:
            remark(say("mapping_found", lang, path=path))
        return mapping

    return find


def keep(survey: Survey, mapping: Mapping, made: Method, lang: str) -> None:
    """Keeps a mapping that was used, for the next file of this shape. A folder that can't be written is only told."""
    from aimaturity.responses.mapping import shape_of, to_yaml
    from aimaturity.scoring.export import write_text

    shape = shape_of(survey.layout)
    path = folder() / f"{made.questionnaire.questionnaire}-{shape}.yaml"
    kept = mapping.model_copy(update={"shape": shape})
    problem = write_text(path, to_yaml(kept))
    remark(say("mapping_not_kept" if problem is not None else "mapping_kept", lang, path=path))


def run(file: Path, model: str, target: Path | None, tool: str | None, lang: str) -> None:
    """`aimaturity map`."""
    from aimaturity.responses.mapping import to_yaml
    from aimaturity.responses.opening import Unreadable
    from aimaturity.responses.survey import open_survey
    from aimaturity.scoring.export import write_text

    made = usable_method(model, lang)
    if target is not None and target.exists():
        remark(say("exists", lang, path=target))
        fail()
    try:
        with open_survey(file, made.questionnaire, tool=tool) as survey:
            mapping = described(survey, made)
            matched = survey.matched
    except Unreadable as error:
        tell([error.diagnostic], lang)
        fail()
    comments = say("mapping_comments", lang).splitlines()
    if target is None:
        out(to_yaml(mapping, comments).rstrip("\n"))
    else:
        problem = write_text(target, to_yaml(mapping, comments))
        if problem is not None:
            tell([problem], lang)
            fail()
    open_columns = sum(rule.to is None for rule in mapping.columns)
    facts = {"matched": len(matched.targets), "open": open_columns, "values": len(mapping.values)}
    remark(say("mapping_done", lang, **facts))
    if target is not None:
        remark(say("mapping_next", lang, file=typed(file), options=typed_model(model), path=typed(target)))
    end(look=bool(open_columns or mapping.values))


def described(survey: Survey, made: Method) -> Mapping:
    """How the columns and cells of a survey file were matched, with suggestions for the rest."""
    from aimaturity.responses.identity import masked
    from aimaturity.responses.mapping import IGNORE, ColumnRule, Mapping, shape_of
    from aimaturity.responses.tools.layout import column_of

    rules = []
    for column, heading in enumerate(survey.layout.headings):
        text = heading.texts[0] if heading.texts else ""
        target = survey.matched.targets.get(column)
        own = column in survey.matched.skipped
        if not text.strip() and target is None:
            continue
        cells = [masked(cell)[:80] for cell in column_of(survey.sheet, survey.layout.first, column) if cell]
        rules.append(
            ColumnRule(
                column=column + 1,
                heading=text[:500],
                to=target.rule if target is not None else IGNORE if own else None,
                suggestion=survey.matched.near.get(column),
                samples=tuple(dict.fromkeys(cells))[:SAMPLES],
            )
        )
    return Mapping(
        mapping=made.questionnaire.questionnaire,
        source=survey.layout.tool,
        shape=shape_of(survey.layout),
        columns=tuple(rules),
        values=_unread(survey),
    )


def _unread(survey: Survey) -> tuple[ValueRule, ...]:
    """Cells that name no option, each with what it may be."""
    from aimaturity.responses.mapping import ValueRule
    from aimaturity.responses.survey import whole_of

    if not survey.usable:
        return ()
    whole_of(survey)
    by_heading = {survey.headings[column]: target for column, target in survey.matched.targets.items()}
    found = []
    for cell in survey.problems.listed():
        target = by_heading.get(cell.column)
        if cell.code == "AIM305" and target is not None and target.kind == "value":
            near = cell.facts.get("near")
            rule = ValueRule(question=target.variable, cell=cell.value, suggestion=near, count=cell.count)
            found.append(rule)
    return tuple(found)
