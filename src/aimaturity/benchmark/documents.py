"""The two documents of a benchmark: the set, which may travel, and the ledger, which stays at the hub."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from aimaturity.benchmark.peers import Measure
from aimaturity.benchmark.rules import Rules
from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.hashing import content_hash
from aimaturity.scoring.document import Definition, Engine
from aimaturity.scoring.parts import Part
from aimaturity.scoring.standing import GroupSize, Rung, Stretch

T = TypeVar("T", bound=Part)


class Group(Part):
    """What is shown of one group in one measure."""

    rung: Rung
    sector: str | None = Field(description="Group of industries; null where the rung doesn't go by it.")
    size: str | None = Field(description="Size class; null where the rung doesn't go by it.")
    companies: GroupSize
    lower_quartile: Stretch
    median: Stretch
    upper_quartile: Stretch
    as_of: str = Field(description="Date of the publication in which these figures were made.")


class MeasureGroups(Part):
    """A measure, and its groups that are shown. A group that isn't listed isn't shown."""

    measure: Measure
    groups: list[Group]


class Count(Part):
    """A number of companies, as a band, that is published beside the groups."""

    measure: str = Field(description="What is counted: `level`, a question, `advice:<rule>`.")
    sector: str | None = Field(description="Group of industries; null: of all.")
    value: str | None = Field(description="The answer; null: all companies that gave one.")
    companies: GroupSize
    as_of: str = Field(description="Date of the publication in which it was made.")


class LedgerReference(Part):
    """Where the hub's ledger has this publication."""

    release: int = Field(ge=1, description="Its number, from 1.")
    previous: str | None = Field(description="Hash of the ledger's release before it; null for the first.")


class BenchmarkSet(Part):
    """Quartiles of groups of companies, to be carried to an adviser's laptop. It holds no company."""

    format: Literal["aimaturity-benchmark/1"] = "aimaturity-benchmark/1"
    engine: Engine
    questionnaire: Definition
    scoring: Definition
    indication: bool = Field(description="The scores compared are indications.")
    date: str = Field(description="Date of the publication, YYYY-MM-DD, as given by whoever published.")
    rules: Rules
    ledger: LedgerReference
    measures: list[MeasureGroups]

    def group(self, measure: str, rung: Rung, sector: str | None, size: str | None) -> Group | None:
        """What is shown of a group; None where it isn't."""
        groups = next((m.groups for m in self.measures if m.measure.id == measure), [])
        return next((g for g in groups if (g.rung, g.sector, g.size) == (rung, sector, size)), None)


class Shown(Part):
    """A group as it was published, and of whom it was made."""

    measure: str
    group: Group
    members: list[str] = Field(
        description="A token for each company, a dot, and a token for the company with its class: keyed hashes, so "
        "that nobody without the ledger's secret can tell a company by them."
    )


class ShownCount(Part):
    """A count as it was published, and of whom it was made."""

    count: Count
    members: list[str] = Field(description="As of a group; the token of a company goes with its answer.")


class Release(Part):
    """One publication."""

    number: int
    date: str
    questionnaire_hash: str
    scoring_hash: str
    rules: Rules
    set_hash: str = Field(description="Content hash of the set.")
    previous: str | None = Field(description="Hash of the release before; null for the first.")
    shown: list[Shown]
    counts: list[ShownCount] = Field([], description="Counts that went out besides the set.")


class Ledger(Part):
    """All that was ever published, in order. Without it nothing may be published again."""

    format: Literal["aimaturity-benchmark-ledger/1"] = "aimaturity-benchmark-ledger/1"
    secret_check: str = Field(description="Tells whether a secret is the one that the tokens were made with.")
    releases: list[Release] = Field([])

    def broken_at(self) -> int | None:
        """The number of the first release that doesn't follow from the one before it; None where all is whole."""
        previous: str | None = None
        for index, release in enumerate(self.releases, start=1):
            if release.number != index or release.previous != previous:
                return index
            previous = content_hash(release)
        return None


def read_set(text: str, file: str = "") -> BenchmarkSet | Diagnostic:
    """A benchmark set from its JSON; a diagnostic where it isn't one."""
    return _read(BenchmarkSet, text, file)


def read_ledger(text: str, file: str = "") -> Ledger | Diagnostic:
    """A ledger from its JSON; a diagnostic where it isn't one, or a release in it was changed or is missing."""
    ledger = _read(Ledger, text, file)
    if isinstance(ledger, Ledger) and (number := ledger.broken_at()) is not None:
        return problem("AIM442", Position(file), release=number)
    return ledger


def _read(model: type[T], text: str, file: str) -> T | Diagnostic:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "-"
        return problem("AIM441", Position(file), kind=model.__name__, place=place, reason=first["msg"])
