"""Loading definitions. Nothing here raises for what a user wrote: what could be built comes with all that was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from aimaturity.definitions import library
from aimaturity.definitions.checks import check_questionnaire
from aimaturity.definitions.diagnostics import Diagnostic, Position, Severity, has_errors, in_order, problem
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.definitions.validation import Salvage, near, validate
from aimaturity.definitions.yaml_source import DataPath, Source, read_source

if TYPE_CHECKING:  # an interview begins without them
    from aimaturity.definitions.programme import Programme
    from aimaturity.definitions.scoring_model import ScoringModel

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A definition and everything found in its file. `value` is None where an error keeps it from being used."""

    value: M | None
    diagnostics: list[Diagnostic]
    path: Path
    salvage: Salvage[M] | None = None


@dataclass(frozen=True)
class LoadedModel:
    """A scoring model with what it refers to; both are None where an error keeps them from being used."""

    model: ScoringModel | None
    questionnaire: Questionnaire | None
    programme: Programme | None
    diagnostics: list[Diagnostic]
    paths: list[Path] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        return self.model is not None and self.questionnaire is not None


def _read(path: Path, model: type[M]) -> tuple[Salvage[M] | None, list[Diagnostic]]:
    source, problems = read_source(path)
    if source is None:
        return None, problems
    salvage = validate(source, model)
    return salvage, [*problems, *salvage.diagnostics]


def load_file(path: Path, model: type[M], check: Callable[[M, Salvage[M]], Iterable[Diagnostic]]) -> Loaded[M]:
    """A file of one kind, with what `check` finds in what it says."""
    salvage, problems = _read(path, model)
    if salvage is not None and salvage.model is not None:
        problems += check(salvage.model, salvage)
    problems = in_order(problems)
    value = None if salvage is None or has_errors(problems) else salvage.model
    return Loaded(value, problems, path, salvage)


def load_questionnaire(path: Path | str, beside: Path | None = None) -> Loaded[Questionnaire]:
    """A questionnaire by path or id; by id alone where it is named in a file that it may lie beside."""
    return _questionnaire(_located("questionnaires", str(path), beside))


def _questionnaire(found: Path | Diagnostic) -> Loaded[Questionnaire]:
    if isinstance(found, Diagnostic):
        return Loaded(None, [found], Path(found.at.file))
    return load_file(found, Questionnaire, check_questionnaire)


def load_programme(path: Path | str, beside: Path | None = None) -> Loaded[Programme]:
    """A programme by path or id; by id alone where it is named in a file that it may lie beside."""
    return _programme(_located("programmes", str(path), beside))


def _programme(found: Path | Diagnostic) -> Loaded[Programme]:
    from aimaturity.definitions.check_programme import check_programme
    from aimaturity.definitions.programme import Programme

    if isinstance(found, Diagnostic):
        return Loaded(None, [found], Path(found.at.file))
    loaded = load_file(found, Programme, check_programme)
    return _signed(loaded)


def _signed(loaded: Loaded[Programme]) -> Loaded[Programme]:
    """The programme with its logos; one that can't be used is told, and reports go without."""
    programme, salvage = loaded.value, loaded.salvage
    if programme is None or salvage is None:
        return loaded
    named: list[tuple[str | None, str, DataPath]] = [
        (funder.id, funder.logo, ("funders", i, "logo"))
        for i, funder in enumerate(programme.funders)
        if funder.logo is not None
    ]
    if programme.logo is not None:
        named.insert(0, (None, programme.logo, ("logo",)))
    if not named:
        return loaded
    from aimaturity.definitions.logo import BadLogo, logo_uri

    read: dict[str | None, str] = {}
    told = list(loaded.diagnostics)
    for whose, name, place in named:
        try:
            read[whose] = logo_uri(loaded.path.parent / name, loaded.path.parent)
        except BadLogo as fault:
            told.append(problem("AIM141", salvage.at(place), name=name, reason=fault))
    signed = programme.with_logos(read.get(None), {whose: uri for whose, uri in read.items() if whose is not None})
    return Loaded(signed, in_order(told), loaded.path, salvage)


def _located(folder: str, name: str, beside: Path | None = None) -> Path | Diagnostic:
    """The file of a definition given by path or id, or what to say where there is none."""
    if beside is None and (Path(name).suffix in (".yaml", ".yml", ".json") or "/" in name or "\\" in name):
        return Path(name)
    found = library.find(folder, name, beside.resolve().parent if beside is not None else None)
    if found is not None:
        # Beside a model that was named from here, so is its questionnaire: one file has one name in all messages.
        near_by = (
            beside is not None and not beside.is_absolute() and found.is_relative_to(beside.resolve().parent.parent)
        )
        return Path(os.path.relpath(found)) if near_by else found
    if beside is None and Path(name).exists():
        return Path(name)
    return problem("AIM019", Position(name), name=name, near=near(name, library.available(folder)))


def load_scoring_model(name: Path | str) -> LoadedModel:
    """A scoring model by path or id, with its questionnaire and programme."""
    found = _located("scoring", str(name))
    return LoadedModel(None, None, None, [found]) if isinstance(found, Diagnostic) else _scoring(found)


def _scoring(found: Path) -> LoadedModel:
    from aimaturity.definitions.check_programme import check_help
    from aimaturity.definitions.check_scoring import check_scoring
    from aimaturity.definitions.scoring_model import ScoringModel

    salvage, problems = _read(found, ScoringModel)
    if salvage is None or salvage.model is None:
        return LoadedModel(None, None, None, in_order(problems), [found])
    model = salvage.model
    paths = [found]
    asked: Loaded[Questionnaire] | None = None
    helping: Loaded[Programme] | None = None
    where = _located("questionnaires", model.questionnaire, found)
    if ("questionnaire",) in salvage.dropped:
        pass  # told already
    elif isinstance(where, Diagnostic):
        facts = {"name": model.questionnaire, "near": where.facts.get("near")}
        problems.append(problem("AIM131", salvage.at(("questionnaire",)), **facts))
    else:
        asked = _questionnaire(where)
        paths.append(where)
        problems += asked.diagnostics
        if asked.salvage is not None and asked.salvage.model is not None:
            lost = asked.salvage.lost
            salvage.lost |= lost  # a reference to a question that is itself broken is not this file's mistake
            problems += check_scoring(model, asked.salvage.model, salvage)
    if model.programme is not None and ("programme",) not in salvage.dropped:
        where = _located("programmes", model.programme, found)
        if isinstance(where, Diagnostic):
            facts = {"name": model.programme, "near": where.facts.get("near")}
            problems.append(problem("AIM132", salvage.at(("programme",)), **facts))
        else:
            helping = _programme(where)
            paths.append(where)
            problems += helping.diagnostics
            if helping.value is not None:
                problems += check_help(model, helping.value, salvage)
    problems = in_order(problems)
    usable = not has_errors(problems)
    return LoadedModel(
        model=model if usable else None,
        questionnaire=asked.value if asked is not None and usable else None,
        programme=helping.value if helping is not None else None,
        diagnostics=problems,
        paths=paths,
    )


Others = Mapping[str, Callable[[Source], Iterable[Diagnostic]]]
"""Kinds of file that only later packages know: the key at their top -> what checks them."""


def check_file(path: Path, others: Others = MappingProxyType({})) -> list[Diagnostic]:
    """Everything found in one file, whatever kind of definition it is."""
    source, problems = read_source(path)
    if source is None:
        return problems
    return in_order([*problems, *_check_source(path, source, others)])


def _check_source(path: Path, source: Source, others: Others) -> list[Diagnostic]:
    keys = source.data if isinstance(source.data, dict) else {}
    for key, check in others.items():
        if key in keys:
            return list(check(source))
    if "scoring" in keys:
        # What keeps the model from being used is told too, wherever it stands.
        found = _scoring(path).diagnostics
        return [d for d in found if d.at.file == str(path) or d.severity is Severity.ERROR]
    if "questionnaire" in keys:
        return _questionnaire(path).diagnostics
    if "programme" in keys:
        loaded = _programme(path)
        return [*loaded.diagnostics, *_asked_for(loaded)]
    if "mapping" in keys:
        return []  # no definition; checked when it is used, against the questionnaire and the file that it is for
    return [problem("AIM011", source.at(()))]


def _asked_for(loaded: Loaded[Programme]) -> Iterator[Diagnostic]:
    """What a programme wants from questionnaires that isn't there: told to who writes the file, not in every report."""
    from aimaturity.definitions.check_programme import check_rules

    programme, salvage = loaded.value, loaded.salvage
    if programme is None or salvage is None:
        return
    named: list[tuple[str, DataPath]] = [
        (name, ("promises", i, "assessments", n))
        for i, promise in enumerate(programme.promises)
        for n, name in enumerate(getattr(promise, "assessments", ()))
    ]
    if programme.pilots is not None:
        named.append((programme.pilots.questionnaire, ("pilots", "questionnaire")))
    for name, place in named:
        where = _located("questionnaires", name, loaded.path)
        if isinstance(where, Diagnostic):
            yield problem("AIM150", salvage.at(place), name=name, near=where.facts.get("near"))
        elif place[0] == "pilots" and (asked := _questionnaire(where).value) is not None:
            yield from check_rules(programme, asked, salvage)


def check_paths(paths: Iterable[Path], others: Others = MappingProxyType({})) -> list[Diagnostic]:
    """Everything found in these files, and in the definition files in these folders and below."""
    found: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            inner = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())
            found += (
                [d for file in inner for d in check_file(file, others)]
                if inner
                else [problem("AIM020", Position(str(path)))]
            )
        else:
            found += check_file(path, others)
    return in_order(found)
