"""Reading one YAML or JSON file into plain data, with the place of every value.

The file is read from PyYAML's event stream with a stack of our own: no recursion, so that deep nesting can't crash, and
every limit is checked before anything is built. Plain scalars follow YAML 1.2's core schema: `yes`, `no`, `on` and
dates are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from aimaturity.definitions.diagnostics import Diagnostic, Position, has_errors, problem

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000

DataPath = tuple[str | int, ...]
_CORE_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
} | {"!"}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
                          "null": None, "Null": None, "NULL": None, "~": None, "": None}  # fmt: skip
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """A file's data, and where each value and key stands."""

    name: str
    data: Any
    values: dict[DataPath, Position] = field(default_factory=dict)
    keys: dict[DataPath, Position] = field(default_factory=dict)

    def at(self, path: DataPath) -> Position:
        """Where the value at `path` stands; of one that isn't there, where its nearest parent does."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(self.name, 1, 1))

    def key_at(self, path: DataPath) -> Position:
        """Where the key at the end of `path` stands; for a list's element, the element."""
        return self.keys.get(path) or self.at(path)


def read_source(path: Path) -> tuple[Source | None, list[Diagnostic]]:
    """The file's data, or None with what keeps it from being read."""
    text = read_text(path)
    return (None, [text]) if isinstance(text, Diagnostic) else _Builder(str(path)).build(text)


def parse_source(raw: bytes | str, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """The same from bytes (UTF-8) or text."""
    text = _text(raw, name)
    return (None, [text]) if isinstance(text, Diagnostic) else _Builder(name).build(text)


def read_text(path: Path) -> str | Diagnostic:
    """A file's text (UTF-8, at most MAX_BYTES, not empty), or what keeps it from being read."""
    at = Position(str(path))
    try:
        if path.is_dir():
            return problem("AIM002", at)
        if path.stat().st_size > MAX_BYTES:
            return problem("AIM003", at, size=path.stat().st_size, limit=MAX_BYTES)
        return _text(path.read_bytes(), str(path))
    except FileNotFoundError:
        return problem("AIM001", at)
    except OSError as error:
        return problem("AIM013", at, reason=error.strerror or type(error).__name__)


def _text(raw: bytes | str, name: str) -> str | Diagnostic:
    if isinstance(raw, bytes):
        if len(raw) > MAX_BYTES:
            return problem("AIM003", Position(name), size=len(raw), limit=MAX_BYTES)
        try:
            raw = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            line = before.count(b"\n") + 1
            column = error.start - (before.rfind(b"\n") + 1) + 1
            return problem("AIM004", Position(name, line, column), byte=error.start)
    return raw if raw.strip() else problem("AIM005", Position(name))


@dataclass
class _Open:
    """A mapping or list that is being filled."""

    path: DataPath
    container: Any
    key: str | None = None
    awaits_key: bool = False
    anchor: str | None = None
    lost: int = 0


class _Builder:
    """Builds data from events; collects problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.source = Source(name, None)
        self.problems: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = 0
        self.documents = 0

    def build(self, text: str) -> tuple[Source | None, list[Diagnostic]]:
        try:
            for event in self._events(text):
                if not self._take(event):
                    return None, self.problems
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self._at(mark) if mark else Position(self.name)
            said = " ".join(str(part) for part in (error.context, error.problem) if part)
            return None, [*self.problems, problem("AIM006", place, problem=said)]
        except yaml.YAMLError as error:
            return None, [*self.problems, self._unreadable(text, error)]
        return (None if has_errors(self.problems) and self.source.data is None else self.source), self.problems

    def _unreadable(self, text: str, error: yaml.YAMLError) -> Diagnostic:
        """A character that YAML doesn't allow."""
        position = getattr(error, "position", None)
        if position is None:
            return problem("AIM012", Position(self.name), character="")
        bad = next((i for i, c in enumerate(text) if ord(c) < 32 and c not in "\t\n\r"), min(position, len(text) - 1))
        line = text.count("\n", 0, bad) + 1
        column = bad - (text.rfind("\n", 0, bad) + 1) + 1
        return problem("AIM012", Position(self.name, line, column), character=f"U+{ord(text[bad]):04X}")

    def _events(self, text: str) -> Iterator[Any]:
        yield from yaml.parse(text, Loader=_LOADER)

    def _at(self, mark: Any) -> Position:
        return Position(self.name, mark.line + 1, mark.column + 1)

    def _take(self, event: Any) -> bool:
        """Takes one event; False where reading can't go on."""
        at = self._at(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.problems.append(problem("AIM017", at))
                return False
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event, at)
        elif isinstance(event, yaml.ScalarEvent):
            return self._count(1, at) and self._add(self._scalar(event, at), event, at)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            return self._start(event, at)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            closed = self.stack.pop()
            if closed.anchor:
                self.anchors[closed.anchor] = (closed.container, self.nodes - closed.lost)
        return True

    def _count(self, nodes: int, at: Position) -> bool:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self.problems.append(problem("AIM010", at, limit=MAX_NODES))
            return False
        return True

    def _start(self, event: Any, at: Position) -> bool:
        self._check_tag(event, at)
        if len(self.stack) >= MAX_DEPTH:
            self.problems.append(problem("AIM009", at, limit=MAX_DEPTH))
            return False
        if not self._count(1, at):
            return False
        mapping = isinstance(event, yaml.MappingStartEvent)
        container: Any = {} if mapping else []
        path = self._add_container(container, at)
        self.stack.append(_Open(path, container, awaits_key=mapping, anchor=event.anchor, lost=self.nodes - 1))
        return True

    def _add_container(self, container: Any, at: Position) -> DataPath:
        """Puts a new mapping or list in its place, and says where that is."""
        if self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].awaits_key:
            self.problems.append(problem("AIM016", at))
            self.stack[-1].key, self.stack[-1].awaits_key = "", False
            return (*self.stack[-1].path, "")
        return self._place(container, at)

    def _alias(self, event: Any, at: Position) -> bool:
        if event.anchor not in self.anchors:
            self.problems.append(problem("AIM006", at, problem=f"alias *{event.anchor} inside its own anchor"))
            return False
        value, size = self.anchors[event.anchor]
        return self._count(size, at) and self._add(value, event, at)

    def _add(self, value: Any, event: Any, at: Position) -> bool:
        """A scalar or an alias: a key, or a value in its place."""
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.container, dict) and top.awaits_key:
            self._key(top, value, event, at)
            return True
        self._place(value, at)
        if isinstance(event, yaml.ScalarEvent) and event.anchor:
            self.anchors[event.anchor] = (value, 1)
        return True

    def _key(self, top: _Open, value: Any, event: Any, at: Position) -> None:
        top.awaits_key = False
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
            self.problems.append(problem("AIM018", at))
        if isinstance(event, yaml.ScalarEvent):
            value = event.value  # keys are text, also `1:` and `no:`
        if not isinstance(value, str):
            self.problems.append(problem("AIM016", at))
            value = ""
        path = (*top.path, value)
        if value in top.container:
            self.problems.append(problem("AIM007", at, key=value, first=self.source.keys[path].line))
            top.key = None
            return
        top.key = value
        top.container[value] = None
        self.source.keys[path] = at

    def _place(self, value: Any, at: Position) -> DataPath:
        if not self.stack:
            self.source.data = value
            self.source.values[()] = at
            return ()
        top = self.stack[-1]
        if isinstance(top.container, dict):
            top.awaits_key = True
            if top.key is None:  # the second of two equal keys: read, and left out
                return (*top.path, "\0duplicate")
            path: DataPath = (*top.path, top.key)
            top.container[top.key] = value
        else:
            path = (*top.path, len(top.container))
            top.container.append(value)
        self.source.values[path] = at
        return path

    def _check_tag(self, event: Any, at: Position) -> None:
        if event.tag is not None and event.tag not in _CORE_TAGS:
            self.problems.append(problem("AIM008", at, tag=event.tag.replace("tag:yaml.org,2002:", "!!")))

    def _scalar(self, event: Any, at: Position) -> Any:
        self._check_tag(event, at)
        text: str = event.value
        plain = event.implicit[0] or (event.tag or "").startswith("tag:yaml.org,2002:")
        if not plain or (event.tag or "").endswith(":str"):
            return text
        return plain_value(text)


def plain_value(text: str) -> Any:
    """What a scalar without quotes means, by the core schema of YAML 1.2; very long numbers stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text) if len(text) <= 18 else text
    if _FLOAT.match(text) and abs(float(text)) < 1e300:
        return float(text)
    return text
