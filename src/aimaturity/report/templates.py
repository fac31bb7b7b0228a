"""Templates: the bundled ones, and a user's own in front of them, run in a sandbox.

What goes wrong in a user's template is a Diagnostic at the template's line. What goes wrong in a bundled one while
the user has none is our bug, and is raised.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from aimaturity.definitions.diagnostics import Diagnostic, Position, Severity, problem
from aimaturity.definitions.library import bundled_folder
from aimaturity.report.charts import ENDING as CHART
from aimaturity.report.charts import ChartFault, Spec, draw, read_spec
from aimaturity.report.view import Chart
from aimaturity.responses.clean import clean
from aimaturity.responses.markdown import escape

KINDS = ("html", "md")
STYLE = "style.css"
ENDINGS = (".html.j2", ".md.j2")


class TemplateFault(Exception):
    """A user's template can't be used; `diagnostics` say where and why."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates may read the view's fields and call what they are given, nothing else."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Of a view only its documented fields: pydantic's methods could read files."""
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields
        return not isinstance(obj, type) and super().is_safe_attribute(obj, attr, value)


@dataclass(frozen=True)
class Templates:
    """The templates of one run.

    own  the user's folder, whose files stand in front of the bundled ones; None without one
    """

    own: Path | None
    environments: dict[str, Sandbox]
    specs: dict[str, Spec] = field(default_factory=dict)

    def render(self, kind: str, page: str = "company/report", **given: Any) -> str:
        """The report, or another page; TemplateFault where the user's templates can't make it."""
        try:
            return self.environments[kind].get_template(f"{page}.{kind}.j2").render(**given)
        except TemplateFault:
            raise
        except Exception as fault:  # a user's template may do anything; ours failing alone is raised on
            raise TemplateFault([self._diagnose(fault)]) from fault

    def draw(self, chart: Chart, accent: str | None = None, narrow: bool = False) -> Markup:
        """The chart as SVG; TemplateFault where the user's spec can't be drawn."""
        path = _first(f"charts/{chart.spec}{CHART}", self.own)
        try:
            return draw(self._spec(chart.spec), chart, accent, narrow)
        except ChartFault as fault:
            raise TemplateFault([problem("AIM511", Position(str(path)), reason=fault)]) from fault

    def _spec(self, name: str) -> Spec:
        """The spec of that name, read once; TemplateFault where it can't be."""
        if name not in self.specs:
            path = _first(f"charts/{name}{CHART}", self.own)
            try:
                self.specs[name] = read_spec(path)
            except ChartFault as fault:
                raise TemplateFault([problem("AIM511", Position(str(path)), reason=fault)]) from fault
            except OSError as fault:
                raise TemplateFault([problem("AIM503", Position(str(path)), reason=fault)]) from fault
        return self.specs[name]

    def style(self, *folders: str) -> str:
        """The style sheet that all pages share, and after it those that stand in these folders.

        raises TemplateFault where one of the user's can't be read or holds what would end the sheet
        """
        sheets = [self._sheet(name) for name in (STYLE, *(f"{folder}/{STYLE}" for folder in folders))]
        return "\n".join(f"{sheet.rstrip()}\n" for sheet in sheets) if folders else sheets[0]

    def _sheet(self, name: str) -> str:
        path = _first(name, self.own)
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, UnicodeDecodeError) as fault:
            raise TemplateFault([problem("AIM503", Position(str(path)), reason=fault)]) from fault
        at = text.find("</")
        if at >= 0 or "\0" in text:
            line = text.count("\n", 0, max(at, 0)) + 1
            raise TemplateFault([problem("AIM505", Position(str(path), line))])
        return text

    def check(self) -> list[Diagnostic]:
        """Every problem that can be seen in the user's folder without a report: all files at once."""
        if self.own is None:
            return []
        if not self.own.is_dir():
            return [problem("AIM503", Position(str(self.own)), reason="not a folder")]
        names = sorted(_templates_in(self.own))
        known = set(_templates_in(bundled_folder("report_templates")))
        found = [] if known.intersection(names) else [problem("AIM504", Position(str(self.own)))]
        for name in names:
            found += self._compile(name)
        return found

    def _compile(self, name: str) -> list[Diagnostic]:
        try:
            if Path(name).name == STYLE:
                self._sheet(name)
            elif name.endswith(CHART):
                self._spec(Path(name).name.removesuffix(CHART))
            else:
                self.environments[_kind(name)].get_template(name)
        except TemplateFault as fault:
            return fault.diagnostics
        except (TemplateError, OSError, UnicodeDecodeError, RecursionError) as fault:
            return [self._diagnose(fault, name)]
        return []

    def _diagnose(self, fault: Exception, name: str | None = None) -> Diagnostic:
        """Where in the user's folder the fault arose, and which; ours alone is raised on."""
        place = self._place(fault, name)
        if place is None:
            raise fault
        if isinstance(fault, TemplateNotFound):  # an OSError too
            return problem("AIM506", place, name=fault.name)
        if isinstance(fault, UnicodeDecodeError | OSError):
            return problem("AIM503", place, reason=fault)
        if isinstance(fault, TemplateSyntaxError):
            return problem("AIM501", place, reason=fault.message)
        if isinstance(fault, SecurityError):
            return problem("AIM507", place, reason=fault)
        return problem("AIM502", place, reason=f"{fault}" or type(fault).__name__)

    def _place(self, fault: Exception, name: str | None) -> Position | None:
        """The innermost line of the user's templates that the fault went through, else of any; None: all are ours."""
        if self.own is None:
            return None
        frames = traceback.extract_tb(fault.__traceback__)
        lines = [Position(frame.filename, frame.lineno or 0) for frame in frames if frame.filename.endswith(ENDINGS)]
        if isinstance(fault, TemplateSyntaxError) and fault.filename:
            lines.append(Position(fault.filename, fault.lineno))
        own = [line for line in lines if Path(line.file).is_relative_to(self.own)]
        return next(reversed(own or lines), Position(str(self.own / name if name else self.own)))


def open_templates(own: Path | None = None) -> Templates:
    """The bundled templates, with those of a user's folder in front.

    raises TemplateFault with every error that can be seen before a report is made; warnings are in `check`
    """
    if own is None:
        return _bundled()
    templates = Templates(own, {kind: _environment(kind, own) for kind in KINDS})
    errors = [fault for fault in templates.check() if fault.severity is Severity.ERROR]
    if errors:
        raise TemplateFault(errors)
    return templates


@cache
def _bundled() -> Templates:
    return Templates(None, {kind: _environment(kind, None) for kind in KINDS})


def _environment(kind: str, own: Path | None) -> Sandbox:
    folders = [folder for folder in (own, bundled_folder("report_templates")) if folder is not None]
    finalize: Callable[[Any], Any] = _plain if kind == "html" else _markdown
    environment = Sandbox(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=kind == "html",
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    return environment


def _plain(value: Any) -> Any:
    """For HTML: text without control characters; escaping comes after."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _markdown(value: Any) -> Any:
    """For Markdown: everything that a template prints is escaped, unless it is marked as markup."""
    return str(value) if isinstance(value, Markup | Undefined) else escape(value)


def _first(name: str, own: Path | None) -> Path:
    mine = own / name if own is not None else None
    return mine if mine is not None and mine.is_file() else bundled_folder("report_templates") / name


def _kind(name: str) -> str:
    return "md" if name.endswith(".md.j2") else "html"


def _templates_in(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        chart = name.startswith("charts/") and name.endswith(CHART)
        if path.is_file() and (name.endswith(ENDINGS) or path.name == STYLE or chart):
            yield name
