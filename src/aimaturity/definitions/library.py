"""Where definitions are found: a user's own first, then those that come with the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import platformdirs

FOLDERS = ("questionnaires", "scoring", "programmes", "report_templates")
KEYS = {"questionnaires": "questionnaire", "scoring": "scoring", "programmes": "programme"}
"""Folder -> the key at the top of its files whose value is the definition's id."""


def bundled_folder(folder: str) -> Path:
    """A folder that comes with the program: inside the package, or at the top of a checkout."""
    package = Path(str(files("aimaturity")))
    inside = package / "bundled" / folder
    return inside if inside.is_dir() else package.parent.parent / folder


def home_folder() -> Path:
    """Where a user's own definitions and data are: AIMATURITY_HOME, or the platform's place for user data."""
    named = os.environ.get("AIMATURITY_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir("aimaturity", appauthor=False))


def definition_files(folder: str, beside: Path | None = None) -> Iterator[Path]:
    """Files of one kind in the order of preference: beside the file that names it, in the user's home, bundled.

    beside  its folder; so are `../programmes` (or whatever the kind's folder is called) and `programmes` in it
    """
    places = [home_folder() / folder, bundled_folder(folder)]
    if beside is not None:
        places = [beside, beside.parent / folder, beside / folder, *places]
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.iterdir() if path.suffix in (".yaml", ".yml", ".json"))


def id_in(path: Path, folder: str) -> str | None:
    """The id that a file gives at its top, read without building the file; None where it isn't of this kind."""
    try:
        with path.open("rb") as stream:
            head = stream.read(65_536)
    except OSError:
        return None
    tops = _top_values(head.decode("utf-8-sig", "replace"))
    # A scoring model names its questionnaire and programme too.
    kind = next((key for key in ("scoring", "questionnaire", "programme") if key in tops), None)
    return (tops.get(KEYS[folder]) or None) if kind == KEYS[folder] else None


def _top_values(text: str) -> dict[str, str]:
    """The scalars at the top level, as far as the text can be read; of another value, nothing but its key."""
    import yaml  # where one's data lies is asked without it

    depth, key = 0, None
    found: dict[str, str] = {}
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if depth == 1 and key is not None:
                    found[key] = ""
                depth += 1
                key = None
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent) and depth == 1:
                if key is None:
                    key = str(event.value)
                else:
                    found[key], key = str(event.value), None
            if depth > 100:
                break
    except yaml.YAMLError:
        return found  # cut off, or broken: reading it in full says what is wrong
    return found


def title_in(path: Path) -> dict[str, str]:
    """The title that a definition's file gives at its top, by language (`*`: in all), read without building the file;
    empty where there is none."""
    import yaml  # as above

    try:
        with path.open("rb") as stream:
            head = stream.read(65_536).decode("utf-8-sig", "replace")
    except OSError:
        return {}
    depth, scalars = 0, list[str]()
    try:
        for event in yaml.parse(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
                if scalars and depth == 1:
                    return dict(zip(scalars[1::2], scalars[2::2], strict=False))
            elif isinstance(event, yaml.ScalarEvent):
                if scalars:
                    scalars.append(str(event.value))
                    if depth == 1:
                        return {"*": scalars[1]}
                elif depth == 1 and event.value == "title":
                    scalars.append("title")
    except yaml.YAMLError:
        return {}
    return {}


def find(folder: str, name: str, beside: Path | None = None) -> Path | None:
    """The file with the definition of this id."""
    return next((path for path in definition_files(folder, beside) if id_in(path, folder) == name), None)


def available(folder: str) -> dict[str, Path]:
    """Every definition of one kind by id; a user's own comes before a bundled one of the same id."""
    found: dict[str, Path] = {}
    for path in definition_files(folder):
        name = id_in(path, folder)
        if name is not None:
            found.setdefault(name, path)
    return found


def own(folder: str) -> dict[str, Path]:
    """A user's own definitions of one kind by id."""
    home = home_folder() / folder
    return {name: path for name, path in available(folder).items() if path.parent == home}


def shadowed(folder: str) -> dict[str, Path]:
    """Bundled definitions that a user's own of the same id stands in front of."""
    chosen = available(folder)
    bundled = {id_in(path, folder): path for path in definition_files(folder) if path.parent == bundled_folder(folder)}
    return {name: path for name, path in bundled.items() if name is not None and chosen[name] != path}
