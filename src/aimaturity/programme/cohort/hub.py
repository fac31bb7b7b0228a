"""The cohort document for the hub: exact figures, and the companies to bring together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from aimaturity._version import __version__
from aimaturity.documents.cohort import CohortDocument, HubFigures, Period
from aimaturity.programme.cohort.challenges import challenges
from aimaturity.programme.cohort.change import changes
from aimaturity.programme.cohort.choosing import Chosen, choose, method_meant
from aimaturity.programme.cohort.figures import gates, nodes, overall, questions
from aimaturity.programme.cohort.kinds import fields, grouping
from aimaturity.programme.cohort.persons import persons
from aimaturity.programme.cohort.steps import steps
from aimaturity.programme.cohort.taking import Catalogue, take_all
from aimaturity.scoring.document import Engine, ResultDocument

UNSAID = "-"


class UnknownField(ValueError):
    """Companies can't be grouped by that; `known` is what they can be grouped by."""

    def __init__(self, field: str, known: Sequence[str]) -> None:
        super().__init__(field)
        self.field, self.known = field, known


def cohort(
    documents: Iterable[ResultDocument], group_by: str | None = None, scoring: str | None = None
) -> CohortDocument | None:
    """The cohort of these results, for the hub; None where there are none. The order of the results never matters.

    group_by  sector, size, county, municipality, challenge, occasion, or a question with one answer of several
    scoring   id of the scoring model whose results are put together, if there are any by it: of its versions, and where
              there are none of all methods, the one with most companies
    raises    UnknownField
    """
    taken, catalogues = take_all(documents)
    meant = method_meant(taken, [m for m, found in catalogues.items() if found.sample.scoring.id == scoring])
    if meant is None:
        return None
    catalogue, chosen = catalogues[meant], choose(taken, meant)
    if group_by is not None and group_by not in (known := fields(catalogue)):
        raise UnknownField(group_by, known)
    return CohortDocument(audience="hub", hub=_figures(catalogue, chosen, group_by), **head(catalogue.sample))


def head(sample: ResultDocument) -> dict[str, Any]:
    """What a cohort document takes over from any one of its results: nothing of the company."""
    return {
        "engine": Engine(name="aimaturity", version=__version__),
        "questionnaire": sample.questionnaire,
        "scoring": sample.scoring,
        "programme": sample.programme,
        "languages": sample.languages,
        "indication": sample.indication,
        "display_digits": sample.display_digits,
        "areas": sample.areas,
        "levels": sample.levels,
        "sections": sample.sections,
    }


def _figures(catalogue: Catalogue, chosen: Chosen, group_by: str | None) -> HubFigures:
    present = chosen.present
    dates = sorted(one.date for one in present if one.date)
    return HubFigures(
        companies=len(present),
        results=chosen.results,
        left_out=chosen.left_out,
        undated=sum(one.date is None for one in present),
        period=Period(first=dates[0], last=dates[-1]) if dates else None,
        occasions=_counted(one.occasion for one in present),
        voices=_counted(one.voice for one in present),
        answer_languages=_counted(one.language for one in present),
        nodes=nodes(catalogue, present),
        levels=overall(catalogue, present),
        gates=gates(catalogue, present),
        challenges=challenges(catalogue, present),
        steps=steps(catalogue, present),
        grouping=grouping(catalogue, present, group_by) if group_by else None,
        change=changes(catalogue, chosen),
        persons=persons(catalogue, present),
        questions=questions(catalogue, present),
    )


def _counted(values: Iterable[str | None]) -> dict[str, int]:
    """value -> companies, by value; those without last."""
    counts = Counter(value or UNSAID for value in values)
    return {value: counts[value] for value in sorted(counts, key=lambda v: (v == UNSAID, v))}
