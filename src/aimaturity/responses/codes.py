"""What a file's codes mean where it has codes instead of words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import numpy as np

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.batch import Batch
from aimaturity.responses.cells import YES, is_yes_or_no
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.targets import Target, words_of
from aimaturity.responses.tools.layout import Layout, column_of


def first_codes(sheet: Sheet, layout: Layout, targets: Mapping[int, Target]) -> dict[str, set[str]]:
    """Variable -> what stands in its column in the first rows."""
    return {
        target.variable: {cell for cell in column_of(sheet, layout.first, column) if cell}
        for column, target in targets.items() if target.kind == "value"
    }  # fmt: skip


def yes_and_no(
    questionnaire: Questionnaire,
    targets: Mapping[int, Target],
    first: Mapping[str, set[str]],
    batches: Callable[[Collection[int]], Iterable[Batch]],
) -> tuple[set[str], set[str]]:
    """Questions of yes and no whose codes are 1 and 0, not 1 and 2, the answers' numbers in order; and those of which
    that can't be told, since all have 1 and the first answer is no.

    first    see `first_codes`
    batches  columns -> the whole file's rows; asked for questions of which the first rows hold only 1
    """
    columns = {target.variable: column for column, target in targets.items() if target.kind == "value"}
    found, unsure = set[str](), dict[int, str]()
    for variable, codes in first.items():
        question = questionnaire.questions[variable.partition(".")[0]]
        if codes <= {"0", "1"} and is_yes_or_no(questionnaire.options_of(question)):
            if "0" in codes:
                found.add(variable)
            elif codes:
                unsure[columns[variable]] = variable
    seen: dict[int, set[str]] = {column: set() for column in unsure}
    for batch in batches(unsure) if unsure else ():
        for column in unsure:
            coded = batch.columns[column]
            seen[column] |= {coded.words[code].strip() for code in np.unique(coded.codes).tolist() if code >= 0}
    found |= {unsure[column] for column, codes in seen.items() if codes - {""} == {"0", "1"}}
    only = {unsure[column] for column, codes in seen.items() if codes - {""} == {"1"}}
    return found, {variable for variable in only if not _begins_with_yes(questionnaire, variable)}


def _begins_with_yes(questionnaire: Questionnaire, variable: str) -> bool:
    question = questionnaire.questions[variable.partition(".")[0]]
    return bool(words_of(questionnaire.options_of(question)[0]) & set(YES))
