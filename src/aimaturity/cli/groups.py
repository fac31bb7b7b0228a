"""Groups of commands that are made when they are asked for: making them all takes longer than most commands take."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup


class Commands(UserDict[str, Any]):
    """Commands by name. One of `groups` is the module of this package whose `app` it is, imported when it is read."""

    def __init__(self, commands: Mapping[str, Any], groups: tuple[str, ...]) -> None:
        super().__init__({**commands, **dict.fromkeys(groups)})

    def __getitem__(self, name: str) -> Any:
        if name in self.data and self.data[name] is None:
            group = typer.main.get_group(import_module(f"aimaturity.cli.{name}").app)
            group.name = name
            self.data[name] = group
        return self.data[name]


class Program(TyperGroup):
    """The program, whose groups are those of `GROUPS`."""

    GROUPS: ClassVar = ("company", "assessment", "activity", "pilot", "sync")

    def __init__(self, *, commands: Any = None, **options: Any) -> None:
        super().__init__(commands=commands, **options)
        self.commands = Commands(self.commands, self.GROUPS)
