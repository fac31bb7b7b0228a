"""Writes the files that are made from code, or checks that they are as they should be.

python -m tools.generate            write
python -m tools.generate --check    exit 1, naming the files that differ
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel

from aimaturity.cli.app import app
from aimaturity.cli.schema import KINDS, text_of
from aimaturity.definitions import (
    conditions,
    pilot_rules,
    programme,
    promises,
    questionnaire,
    report_part,
    scoring_model,
)
from aimaturity.definitions.diagnostics import catalogue
from aimaturity.programme.pilots import card, decision, document
from aimaturity.report import blocks, view, view_pages

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Made by `make generate` from the code. Don't edit. -->\n"


def schemas() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield f"schemas/{kind}.schema.json", text_of(kind) + "\n"


def commands() -> str:
    """Every command with its arguments and options, from Typer."""
    group: Any = typer.main.get_command(app)
    parts = [NOTE, "# Commands\n", f"{group.help}\n"]
    parts.append("Exit codes: 0 done; 1 done, but something needs a look; 2 can't be done as asked; 130 interrupted.\n")
    for name, command in _commands(group):
        usage = " ".join(_usage(param) for param in command.params if param.param_type_name == "argument")
        call = f"aimaturity {name} [OPTIONS] {usage}".rstrip()
        parts += [f"## `{name}`\n", f"{command.help}\n", f"```\n{call}\n```\n"]
        rows = [_option(param) for param in command.params if param.name != "help"]
        parts += ["| | |\n| --- | --- |\n" + "\n".join(rows) + "\n", f"{command.epilog}\n"]
    return "\n".join(parts)


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """(name, command) of each, those of groups as `group command`."""
    for name in sorted(group.commands):
        command = group.commands[name]
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _usage(param: Any) -> str:
    return str(param.make_metavar(None) if param.metavar is None else param.metavar)


def _option(param: Any) -> str:
    if param.param_type_name == "argument":
        name = f"`{_usage(param)}`".replace("|", " or ")
    else:
        name = ", ".join(f"`{opt}`" for opt in [*param.opts, *param.secondary_opts])
    default = param.default
    shown = default if isinstance(default, str | Path) and str(default) else None
    said = f" Default: `{shown}`." if shown is not None else ""
    return f"| {name} | {(param.help or '').replace('|', chr(92) + '|')}{said} |"


def diagnostics() -> str:
    """The catalogue of codes, English and Swedish."""
    stages = {"0": "Files and YAML", "1": "Definitions", "2": "Scoring models", "3": "Answers and surveys",
              "4": "Scoring and results", "5": "Reports", "6": "The register", "7": "Bundles between registers",
              "9": "The program"}  # fmt: skip
    parts = [NOTE, "# Diagnostic codes\n", "`aimaturity explain AIM101` prints the same. Codes are never used anew.\n"]
    last = ""
    for code, info in catalogue().items():
        if code[3] != last:
            last = code[3]
            parts.append(f"## {stages[last]}\n")
        parts += [f"### {code}\n", f"{info.severity}, since {info.since}\n"]
        for language in ("en", "sv"):
            message, why, do = info.message[language], info.why[language], info.do[language]
            parts.append(f"- **{message}**\n  {why}\n  {do[:1].upper()}{do[1:]}.\n")
    return "\n".join(parts).replace("<", "&lt;").replace("&lt;!--", "<!--")


def models(title: str, modules: list[Any], fields: bool = True) -> str:
    """Every field of the models of some modules, as users read it.

    fields  True: of files that somebody writes, with what is required; False: with the type of each
    """
    parts = [NOTE, f"# {title}\n"]
    for module in modules:
        for thing in vars(module).values():
            named = isinstance(thing, type) and issubclass(thing, BaseModel) and thing.__module__ == module.__name__
            if not named or thing.__name__.startswith("_") or not thing.model_fields:
                continue
            parts += [f"## {thing.__name__}\n", f"{(thing.__doc__ or '').strip().splitlines()[0]}\n"]
            rows = [(_field if fields else _shown)(name, field) for name, field in thing.model_fields.items()]
            head = "| key | | what it says |" if fields else "| field | type | what it holds |"
            parts.append(head + "\n| --- | --- | --- |\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _field(name: str, field: Any) -> str:
    needed = "required" if field.is_required() else ""
    return f"| `{field.alias or name}` | {needed} | {(field.description or '').replace('|', chr(92) + '|')} |"


def _shown(name: str, field: Any) -> str:
    kind = getattr(field.annotation, "__name__", "") if isinstance(field.annotation, type) else ""
    words = re.sub(r"(?:[a-z_]+\.)+", "", str(field.annotation)) if not kind or "[" in str(field.annotation) else kind
    return f"| `{name}` | `{words}` | {field.description or ''} |".replace(" | None`", " or None`")


def made() -> Iterator[tuple[str, str]]:
    """(path, text) of every generated file."""
    yield from schemas()
    yield "docs/reference/cli.md", commands()
    yield "docs/reference/diagnostics.md", diagnostics()
    yield "docs/reference/questionnaire.md", models("Questionnaire files", [questionnaire, conditions])
    yield "docs/reference/scoring-model.md", models("Scoring model files", [scoring_model, report_part])
    yield "docs/reference/programme.md", models("Programme files", [programme, promises, pilot_rules])
    yield "docs/reference/pilots.md", models("Files of pilots: ideas, decision, shortlist", [card, decision, document])
    yield (
        "docs/reference/report-view.md",
        models("What report templates can show", [view, view_pages, blocks], fields=False),
    )


def main() -> int:
    check = "--check" in sys.argv[1:]
    differing = []
    for name, text in made():
        path = ROOT / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        differing.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    verb = "differs from what the code makes; run `make generate`" if check else "written"
    for name in differing:
        print(f"{name}: {verb}")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
