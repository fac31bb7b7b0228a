"""What a file's codes mean where it has codes instead of words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import numpy as np

from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.responses.batch import Batch
from aimaturity.responses.cells import YES, is_yes_or_no, words_of
from aimaturity.responses.sheet import Sheet
from aimaturity.responses.targets import Target
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
    or_2: bool,
    batches: Callable[[Collection[int]], Iterable[Batch]],
) -> tuple[set[str], set[str]]:
    """Questions of yes and no whose codes are 1 and 0, not 1 and 2, the answers' numbers in order; and those of which
    that can't be told: where no is the first answer and all have 1, or, with `or_2`, where some have 2.

    first    see `first_codes`
    or_2     1 and 2 may be yes and no, too
    batches  columns -> the whole file's rows; asked for questions of which the first rows hold only 1
    """
    columns = {target.variable: column for column, target in targets.items() if target.kind == "value"}
    found, unclear, unsure = set[str](), set[str](), dict[int, str]()
    for variable, codes in first.items():
        question = questionnaire.questions[variable.partition(".")[0]]
        if codes <= {"0", "1"} and is_yes_or_no(questionnaire.options_of(question)):
            if "0" in codes:
                found.add(variable)
            elif codes:
                unsure[columns[variable]] = variable
        elif or_2 and codes <= {"1", "2"} and is_yes_or_no(questionnaire.options_of(question)):
            unclear.add(variable)
    seen: dict[int, set[str]] = {column: set() for column in unsure}
    for batch in batches(unsure) if unsure else ():
        for column in unsure:
            coded = batch.columns[column]
            seen[column] |= {coded.words[code].strip() for code in np.unique(coded.codes).tolist() if code >= 0}
    found |= {unsure[column] for column, codes in seen.items() if codes - {""} == {"0", "1"}}
    unclear |= {
        unsure[column] for column, codes in seen.items() if codes - {""} == {"1"} or (or_2 and "0" not in codes)
    }
    return found, {variable for variable in unclear if not _begins_with_yes(questionnaire, variable)}


def _begins_with_yes(questionnaire: Questionnaire, variable: str) -> bool:
    question = questionnaire.questions[variable.partition(".")[0]]
    return bool(words_of(questionnaire.options_of(question)[0]) & set(YES))
