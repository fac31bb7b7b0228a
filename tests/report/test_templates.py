"""A user's own templates: they take the place of single partials, can do no harm, and their faults have a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from aimaturity.definitions.diagnostics import Diagnostic, catalogue
from aimaturity.definitions.library import bundled_folder
from aimaturity.report.render import render, try_render
from aimaturity.report.templates import TemplateFault, Templates, open_templates
from tests.report.factory import document

DOCUMENT = document()
STEPS = "company/steps.html.j2"


def folder(path: Path, **files: str | bytes) -> Path:
    """A folder with these files; `__` in a name stands for the folder `company`."""
    for name, text in files.items():
        file = path / f"company/{name.removeprefix('company__')}.html.j2" if name != "style" else path / "style.css"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def faults(path: Path) -> list[Diagnostic]:
    """What is wrong with the folder, seen when it is opened or when a report is made."""
    try:
        templates = open_templates(path)
    except TemplateFault as fault:
        return fault.diagnostics
    made = try_render(DOCUMENT, "html", "sv", templates)
    assert (made.text is None) == bool(made.diagnostics)
    return list(made.diagnostics)


def test_one_partial_can_be_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    own = folder(tmp_path, steps="<section><h2>Egna steg för {{ view.company }}</h2></section>")
    text = render(DOCUMENT, "html", "sv", own)
    assert "<h2>Egna steg för Brösarps Finmekanik AB</h2>" in text
    assert "Det vi inte vet" in text
    assert "Egna steg" not in render(DOCUMENT, "html", "sv")


def test_an_own_template_escapes_as_ours_do(tmp_path: Path) -> None:
    own = folder(tmp_path, steps="{{ '<script>' ~ view.title }}")
    assert "&lt;script&gt;AI-mognadsanalys" in render(DOCUMENT, "html", "sv", own)


def test_an_own_style_sheet_is_the_one_allowed(tmp_path: Path) -> None:
    own = folder(tmp_path, style="body { color: red }\r\n")
    text = render(DOCUMENT, "html", "sv", own)
    assert "\nbody { color: red }\n@page" in text
    assert text.count("<style>") == 1


@pytest.mark.parametrize(
    ("template", "code", "line"),
    [
        ("a\n{% if %}\n", "AIM501", 2),
        ("a\n\n{{ view.nothing }}", "AIM502", 3),
        ("{{ view.level.boxes[99].name }}", "AIM502", 1),
        ("\n{{ 1 / 0 }}", "AIM502", 2),
        ("{{ w('no.such.words') }}", "AIM502", 1),
        ("{% for i in range(10000000) %}{% endfor %}", "AIM502", 1),
        ("{% include 'company/steps.html.j2' %}", "AIM502", 1),
        (b"\xff\xfe\x00", "AIM503", 0),
        ("x\n{% include 'company/none.html.j2' %}", "AIM506", 2),
        ("{% include '../../secret.html.j2' %}", "AIM506", 1),
        ("{{ view.__class__ }}", "AIM507", 1),
        ("{{ ''.__class__.__mro__ }}", "AIM507", 1),
        ("{{ w.__call__.__globals__ }}", "AIM507", 1),
        ("{{ '{0.__class__}'.format(view) }}", "AIM507", 1),
    ],
)
def test_a_fault_is_told_at_its_line(tmp_path: Path, template: str | bytes, code: str, line: int) -> None:
    (fault,) = faults(folder(tmp_path, steps=template))
    assert (fault.code, fault.at.line) == (code, line)
    assert Path(fault.at.file) == tmp_path / STEPS
    assert fault.message("sv")
    assert fault.hint("en")


@pytest.mark.parametrize("method", ["parse_file", "parse_raw", "model_construct", "model_copy", "model_dump", "copy"])
def test_a_template_reads_fields_of_the_view_and_none_of_its_methods(tmp_path: Path, method: str) -> None:
    """pydantic's own methods could read files and unpickle."""
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (fault,) = faults(folder(tmp_path, steps=f"{{{{ view.{method}('{secret.as_posix()}') }}}}"))
    assert fault.code == "AIM507"


def test_an_own_macro_file_that_lacks_what_ours_need_is_told_and_not_raised(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, macros="{% macro other() %}{% endmacro %}"))
    assert fault.code == "AIM502"
    assert "chart" in fault.message() or "score" in fault.message()


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "datasets"),
        ('{"datasets": {"rows": []}, "mark": "image"}', "image"),
        ('{"datasets": {}, "data": {"url": "file:///etc/hostname"}, "mark": "bar"}', "url"),
        ('{"datasets": {"rows": []}, "mark": "no_such_mark"}', ""),
    ],
)
def test_a_chart_of_ones_own_that_cannot_be_drawn_or_reaches_outside_is_told(
    tmp_path: Path, spec: str, reason: str
) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "profile.vl.json").write_text(spec, "utf-8")
    (fault,) = faults(tmp_path)
    assert (fault.code, Path(fault.at.file).name) == ("AIM511", "profile.vl.json")
    assert reason in fault.message()


def test_a_chart_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    spec = (bundled_folder("report_templates") / "charts" / "profile.vl.json").read_text("utf-8")
    (tmp_path / "charts" / "profile.vl.json").write_text(spec.replace('"height": 12', '"height": 7'), "utf-8")
    assert render(DOCUMENT, "html", "sv", tmp_path) != render(DOCUMENT, "html", "sv")


def test_every_fault_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    own = folder(tmp_path, steps="{% if %}", level="{{ x ", style="a { } </style><script>")
    assert [(fault.code, Path(fault.at.file).name) for fault in faults(own)] == [
        ("AIM501", "level.html.j2"),
        ("AIM501", "steps.html.j2"),
        ("AIM505", "style.css"),
    ]


def test_a_style_sheet_that_would_end_itself_is_refused_at_its_line(tmp_path: Path) -> None:
    (fault,) = faults(folder(tmp_path, style="a { }\n\nb { content: '</style>' }"))
    assert (fault.code, fault.at.line) == ("AIM505", 3)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "nowhere")
    assert fault.code == "AIM503"


def test_a_folder_that_replaces_nothing_is_worth_a_warning(tmp_path: Path) -> None:
    folder(tmp_path, stepz="x")
    templates = open_templates(tmp_path)
    assert [fault.code for fault in templates.check()] == ["AIM504"]
    assert templates.check()[0].severity == "warning"
    assert Templates(None, {}).check() == []


def test_a_fault_of_ours_is_raised_and_not_blamed_on_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = open_templates()
    monkeypatch.setattr("aimaturity.report.render.words", lambda language: None)
    with pytest.raises(AttributeError):
        try_render(DOCUMENT, "html", "sv", templates)


def test_in_markdown_too_an_own_template_prints_nothing_but_text(tmp_path: Path) -> None:
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "head.md.j2").write_text("# {{ '<b>|*x*' }}\n", "utf-8")
    assert render(DOCUMENT, "md", "sv", tmp_path).startswith("# &lt;b&gt;\\|\\*x\\*\n")


def test_every_code_of_the_reports_has_a_case_here() -> None:
    tests = Path(__file__).parent.parent
    text = "".join(path.read_text("utf-8") for folder in ("report", "cli") for path in (tests / folder).glob("*.py"))
    assert [code for code in catalogue() if code.startswith("AIM5") and f'"{code}"' not in text] == []


def test_every_bundled_partial_is_part_of_a_page() -> None:
    folder = bundled_folder("report_templates")
    named = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.j2"))
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.j2")}
    pages = {"company/report.html.j2", "company/report.md.j2", "index/index.html.j2"}
    pages |= {f"{page}/page.{kind}.j2" for page in ("cohort", "status") for kind in ("html", "md")}
    assert {name for name in names if f'"{name}"' not in named} == pages


def test_an_own_style_sheet_of_a_folder_that_would_end_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "style.css").write_text("a { content: '</style>' }", "utf-8")
    (fault,) = faults(tmp_path)
    assert (fault.code, Path(fault.at.file).parent.name) == ("AIM505", "shared")
