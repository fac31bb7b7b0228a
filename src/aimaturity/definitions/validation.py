"""From plain data to a checked model: pydantic's findings become diagnostics with a place and plain words.

One bad part must not hide the others. What fails is taken out of a copy of the data and the rest is validated again, so
that later checks can run on what is whole; `Salvage` knows what was taken out, and where what is left stood.
"""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from aimaturity.definitions.diagnostics import Diagnostic, Position, problem
from aimaturity.definitions.yaml_source import DataPath, Source

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": ("text (put it in quotes)", "text (sätt citattecken om)"),
    "int_type": ("a whole number", "ett heltal"),
    "int_from_float": ("a whole number", "ett heltal"),
    "float_type": ("a number", "ett tal"),
    "bool_type": ("true or false", "true eller false"),
    "tuple_type": ("a list", "en lista"),
    "list_type": ("a list", "en lista"),
    "dict_type": ("a mapping (key: value)", "nycklar och värden (nyckel: värde)"),
    "model_type": ("a mapping (key: value)", "nycklar och värden (nyckel: värde)"),
    "model_attributes_type": ("a mapping (key: value)", "nycklar och värden (nyckel: värde)"),
    "date_from_datetime_parsing": ("a day such as 2026-11-23", "en dag, till exempel 2026-11-23"),
    "date_type": ("a day such as 2026-11-23", "en dag, till exempel 2026-11-23"),
    "date_parsing": ("a day such as 2026-11-23", "en dag, till exempel 2026-11-23"),
    "greater_than_equal": ("at least {ge}", "minst {ge}"),
    "greater_than": ("more than {gt}", "mer än {gt}"),
    "less_than_equal": ("at most {le}", "högst {le}"),
    "less_than": ("less than {lt}", "mindre än {lt}"),
    "too_short": ("a list of at least {min_length}", "en lista med minst {min_length}"),
    "too_long": ("a list of at most {max_length}", "en lista med högst {max_length}"),
    "string_too_short": ("at least {min_length} characters", "minst {min_length} tecken"),
    "string_too_long": ("at most {max_length} characters", "högst {max_length} tecken"),
    "finite_number": ("a finite number", "ett ändligt tal"),
    "bytes_type": ("text (put it in quotes)", "text (sätt citattecken om)"),
    "missing": ("a list with more values", "en lista med fler värden"),
}
"""What pydantic's kinds of error ask for; `missing` is a place in a list (a missing key has a code of its own)."""


_MAX_ROUNDS = 60
_STAND_INS: dict[str, Any] = {
    "version": "0", "questionnaire": "x", "scoring": "x", "programme": "x", "title": "x", "text": "x", "why": "x",
    "first_step": "x", "ask": "x", "name": "x", "source": "x", "checked_on": "2000-01-01", "hours": 1, "cost": "none",
}  # fmt: skip
"""What stands in for a required value that is missing or invalid, so that all around it can still be checked."""


_NAMED_THINGS = frozenset(
    {
        "answer_sets", "sections", "questions", "options", "rows", "parts", "sources", "children", "partners",
        "languages", "promises", "activity_kinds", "counties", "municipalities", "sectors",
    }
)  # fmt: skip
"""Keys of what others refer into by name."""


@dataclass
class Salvage(Generic[M]):
    """A model made of what was valid; None where too little was.

    dropped  original places of what was taken out
    lost     ids that stood in what was taken out: references to them are not their author's mistake
    renamed  place of a key as it was meant -> the key as it was written
    names_unknown  something with an id was taken out whose id can't be read: a reference may have meant it
    """

    source: Source
    model: M | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    dropped: set[DataPath] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    renamed: dict[DataPath, str] = field(default_factory=dict)
    told: set[DataPath] = field(default_factory=set)
    names_unknown: bool = False

    def original(self, path: DataPath) -> DataPath:
        """Where something of the model stands in the file: list positions before anything was taken out."""
        found: DataPath = ()
        for step in path:
            if isinstance(step, int):
                gone = sorted(p[-1] for p in self.dropped if p[:-1] == found and isinstance(p[-1], int))
                for index in gone:
                    step += index <= step
            found = (*found, self.renamed.get((*found, step), step))
        return found

    def at(self, path: DataPath) -> Position:
        return self.source.at(self.original(path))

    def key_at(self, path: DataPath) -> Position:
        return self.source.key_at(self.original(path))

    def lost_below(self, path: DataPath) -> bool:
        """Whether something was taken out of what stands at `path`."""
        place = self.original(path)
        return any(gone[: len(place)] == place for gone in self.dropped)


def validate(source: Source, model: type[M]) -> Salvage[M]:
    """The model, with every finding at its place."""
    salvage = Salvage[M](source)
    data = copy.deepcopy(source.data)
    if not isinstance(data, dict):
        salvage.diagnostics.append(problem("AIM011", source.at(())))
        return salvage
    report = True
    for _ in range(_MAX_ROUNDS):
        try:
            salvage.model = model.model_validate_json(json.dumps(data))
        except ValidationError as error:
            places, renamed = _findings(error, data, salvage, model, report)
            if not renamed and not _drop(places, data, salvage):
                return salvage
            report = report and renamed  # what stands under a misspelt key is seen in the next round
        else:
            return salvage
    return salvage


def _findings(
    error: ValidationError, data: Any, salvage: Salvage[M], model: type[BaseModel], report: bool
) -> tuple[set[DataPath], bool]:
    """The places (in `data` as it is now) to take out, and whether a misspelt key was mended instead.

    While nothing has been taken out, diagnostics are added too. A misspelt key is told once and then read as the one
    that was meant.
    """
    errors = _as_one([(found, _resolve(data, found)) for found in error.errors(include_url=False)])
    meant = _misspelt(errors, data, model) if report else {}
    places: set[DataPath] = set()
    for found, path in errors:
        if found["type"] == "too_short" and any(other[: len(path)] == path != other for _, other in errors):
            continue  # too short only since its elements failed
        missing = found["type"] == "missing"
        if missing and path in meant.values():
            continue  # it is there, under another name
        place = path[:-1] if missing else path
        tried = salvage.original(path) in salvage.dropped  # what stood in was no better: all around it goes
        if missing and path[-1] in _STAND_INS and not meant and not tried:
            _inside(data, place)[path[-1]] = None  # the next step puts what stands in
            place = path
        if report and path not in salvage.told:
            salvage.diagnostics.append(_diagnostic(found, path, data, salvage, meant))
        places.add(place)
        if report:
            salvage.told.add(path)
    for wrong, right in sorted(meant.items(), key=lambda pair: -len(pair[0])):
        salvage.renamed[salvage.original(right)] = str(wrong[-1])
        parent = _inside(data, wrong[:-1])
        parent[right[-1]] = parent.pop(wrong[-1])
    # What stands inside something else that goes, goes with it.
    return {p for p in places if not any(p != q and p[: len(q)] == q for q in places)}, bool(meant)


def _as_one(errors: list[tuple[Any, DataPath]]) -> list[tuple[Any, DataPath]]:
    """One error a mistake: of a union's branches pydantic tells each.

    Where something further in is wrong too, that branch was the one that was meant; where nothing is, the value fits
    none, and what each of them expected is told together.
    """
    firsts: dict[DataPath, Any] = {}
    for found, path in errors:
        if found["type"] != "too_short" and any(len(o) > len(path) and o[: len(path)] == path for _, o in errors):
            continue
        first = firsts.setdefault(path, {**found, "types": []})
        first["types"].append(found["type"])
    return [(found, path) for path, found in firsts.items()]


def _misspelt(errors: list[tuple[Any, DataPath]], data: Any, model: type[BaseModel]) -> dict[DataPath, DataPath]:
    """unknown key -> the key that was meant: one that is missing beside it, else one that would be right there."""
    lacking = {path for found, path in errors if found["type"] == "missing"}
    meant: dict[DataPath, DataPath] = {}
    for found, path in errors:
        if found["type"] == "union_tag_not_found":
            tag = str(found["ctx"]["discriminator"]).strip("'")
            key = _near(tag, _inside(data, path))
            if key is not None:
                meant[(*path, key)] = (*path, tag)
        elif found["type"] == "extra_forbidden":
            beside = [other[-1] for other in lacking if other[:-1] == path[:-1]]
            key = _near(str(path[-1]), beside, 0.6) or _near_key(path, data, model)
            if key is not None and (*path[:-1], key) not in meant.values():
                meant[path] = (*path[:-1], key)
    return meant


def _resolve(data: Any, found: Any) -> DataPath:
    """A path into `data` from an error's, which also names the branches of unions.

    The longest that fits wins; of several, the one that follows the error's last steps (the name of a branch may also
    be a key beside the one that is meant).
    """
    loc = found["loc"]
    best: tuple[int, int, DataPath] = (0, 0, ())
    stack: list[tuple[DataPath, Any, int, int]] = [((), data, 0, 0)]
    while stack:
        path, value, index, used = stack.pop()
        if index == len(loc):
            best = max(best, (len(path), used, path), key=lambda ranked: ranked[:2])
            continue
        step = loc[index]
        if index == len(loc) - 1 and found["type"] == "missing" and isinstance(value, dict | list):
            stack.append(((*path, step), None, index + 1, used + index))
        stack.append((path, value, index + 1, used))
        if isinstance(value, dict) and value.get("kind") == step and isinstance(loc[index - 1], int):
            continue  # the branch of a question's kind, which may also be the name of one of its keys
        inside = (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
        )
        if inside:
            stack.append(((*path, step), value[step], index + 1, used + index))
    return best[2]


def _diagnostic(
    found: Any, path: DataPath, data: Any, salvage: Salvage[Any], meant: dict[DataPath, DataPath]
) -> Diagnostic:
    kind = found["type"]
    context = found.get("ctx", {})
    if kind == "extra_forbidden":
        right = meant.get(path)
        return problem("AIM102", salvage.key_at(path), key=path[-1], near=right[-1] if right else None)
    if kind == "missing" and isinstance(path[-1], str):
        return problem("AIM103", salvage.key_at(path[:-1]), key=path[-1])
    at = salvage.at(path)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = str(context.get("discriminator", "")).strip("'")
        if kind == "union_tag_not_found":
            wrong = next((w for w, right in meant.items() if right == (*path, tag)), None)
            if wrong is not None:
                return problem("AIM102", salvage.key_at(wrong), key=wrong[-1], near=tag)
            return problem("AIM103", salvage.key_at(path), key=tag)
        choices = str(context.get("expected_tags", "")).replace("'", "")
        return problem("AIM106", salvage.at((*path, tag)), value=_shown(found["input"].get(tag)), choices=choices,
                       near=_near(str(context.get("tag")), choices.split(", ")))  # fmt: skip
    if kind == "literal_error":
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return problem("AIM106", at, value=_shown(found["input"]), choices=choices,
                       near=_near(str(found["input"]), choices.split(", ")))  # fmt: skip
    if kind == "string_pattern_mismatch":
        return problem("AIM110", at, value=_shown(found["input"]), pattern=context.get("pattern"))
    if kind == "value_error":
        said = str(context.get("error", found["msg"]))
        return problem("AIM119", salvage.key_at(path), said=said)
    if kind == "AIM134":
        return problem("AIM134", at, **context)
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    asked = [_expected(one, context, found["msg"]) for one in found["types"]]
    return problem("AIM104", at, key=key, expected_en=_either((english for english, _ in asked), "or"),
                   expected_sv=_either((swedish for _, swedish in asked), "eller"))  # fmt: skip


def _expected(kind: str, context: dict[str, Any], message: str) -> tuple[str, str]:
    """What was expected, in English and Swedish; in pydantic's words where it has a kind of error that is new."""
    english, swedish = _EXPECTED.get(kind, (message, message))
    return english.format_map(context), swedish.format_map(context)


def _either(choices: Iterable[str], word: str) -> str:
    return f" {word} ".join(dict.fromkeys(choices))


def _shown(value: Any) -> str:
    """A value as its author wrote it, in short."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _inside(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _near(name: str, choices: Any, cutoff: float = 0.7) -> str | None:
    """The nearest of `choices`, if one is near enough to have been meant."""
    return next(iter(difflib.get_close_matches(name, list(choices), 1, cutoff)), None)


near = _near


@cache
def _all_keys(model: type[BaseModel]) -> list[str]:
    """Every key that a model or one inside it knows."""
    schema = model.model_json_schema(by_alias=True)
    return sorted({key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", ())})


def _near_key(path: DataPath, data: Any, model: type[BaseModel]) -> str | None:
    """A known key like this one that would be right in this place."""
    parent = _inside(data, path[:-1])
    for candidate in difflib.get_close_matches(str(path[-1]), _all_keys(model), 4, 0.7):
        if candidate in parent:
            continue
        parent[candidate] = parent.pop(path[-1])
        try:
            model.model_validate_json(json.dumps(data))
            right = True
        except ValidationError as error:
            right = all(_resolve(data, e) != (*path[:-1], candidate) for e in error.errors())
        parent[path[-1]] = parent.pop(candidate)
        if right:
            return candidate
    return None


def _drop(places: set[DataPath], data: Any, salvage: Salvage[Any]) -> bool:
    """Takes the places out of `data`; False where the whole would have to go."""
    if () in places:
        return False
    originals = [(salvage.original(place), place) for place in places]
    for original, place in sorted(originals, key=lambda pair: [_sortable(step) for step in pair[1]], reverse=True):
        parent, last = _inside(data, place[:-1]), place[-1]
        if isinstance(parent, dict) and last not in parent:
            return False
        salvage.names_unknown |= _hides_names(place, parent[last])
        salvage.lost |= set(_ids(parent[last]))
        salvage.lost.add(str(last))
        salvage.dropped.add(original)
        if last == "id":
            salvage.lost |= {str(parent[last]), re.sub(r"[^a-z0-9_]+", "_", str(parent[last]).lower())}
            parent[last] = f"lost_{len(salvage.dropped)}"
        elif last in _STAND_INS and parent[last] != _STAND_INS[last]:
            parent[last] = _STAND_INS[last]
        else:
            del parent[last]
    return True


def _sortable(step: str | int) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (0, step)


def _hides_names(place: DataPath, value: Any) -> bool:
    """Whether what goes from `place` has, or should have had, an id that can't be read."""
    if place[-1] == "id":
        return not isinstance(value, str)
    if isinstance(place[-1], int) and not _NAMED_THINGS.isdisjoint(place[-3:-1]):
        return not any(_ids(value))
    return place[-1] in _NAMED_THINGS


def _ids(value: Any) -> Iterator[str]:
    """Ids in what is taken out; a text that isn't a mapping may itself be one."""
    if isinstance(value, dict):
        yield from (str(v) for k, v in value.items() if k in ("id", "item") and isinstance(v, str | int))
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)
