"""Makes the pictures of docs/interview.md from the app itself: `python -m tests.interview.pictures` (needs Chromium)."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from aimaturity.definitions.scoring_model import leaf_of, walk
from aimaturity.interview.app import Interview
from aimaturity.interview.desk import Area
from aimaturity.interview.glance import glance, result_lines
from aimaturity.interview.session import Detail, Earlier, Given, Session, State
from tests.bundled import bundled
from tests.interview.pilot import Held, hold, option

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
STYLE = """
body { margin: 0; padding: 14px 16px; background: #fbfaf7; color: #1c1c1c; width: max-content; }
pre { font: 15px/19px 'DejaVu Sans Mono', monospace; margin: 0; }
b { font-weight: 700; } i { font-style: normal; background: #1c1c1c; color: #fbfaf7; }
"""
SCALE = 1.25
KEYS: dict[str, tuple[str | None, list[str]]] = {
    "interview-question": ("data_access", []),
    "interview-comment": ("data_access", ["k", *"Går varje måndag 06.00".replace(" ", "_")]),
    "interview-counts": ("influence_on_ai", []),
    "interview-overview": ("business_case", ["g"]),
    "interview-end": (None, []),
}


def given() -> dict[str, Given]:
    """Answers of an invented company: most of them, some unknown, some left."""
    questionnaire, made = bundled().questionnaire, dict[str, Given]()
    for place, (name, question) in enumerate(questionnaire.questions.items()):
        options = questionnaire.options_of(question)
        if question.kind == "single" and place % 11 != 5:
            made[name] = option(options[min(1 + place % 3, len(options) - 1)].id)
        elif question.kind == "multiple":
            made[name] = Given(State.ANSWERED, (options[1].id,))
    made["sni_division"] = Given(State.ANSWERED, "25")
    made["head_count"] = Given(State.ANSWERED, {"women": 14.0, "men": 29.0, "other_unstated": 0.0})
    made["influence_on_ai"] = Given(State.ANSWERED, {"women": 2.0, "men": 5.0})
    made["business_case"] = Given(State.DONT_KNOW, None, Detail(ask="ekonomichefen"))
    made["footprint"] = Given(State.DONT_KNOW, None, Detail(ask="produktionschefen"))
    made["ai_use"] = option("pilot")
    told = Detail(evidence="seen", evidence_note="Schemalagd export ur affärssystemet")
    made["data_access"] = Given(State.ANSWERED, "automatic", told)
    made["problem_defined"] = Given(State.ANSWERED, "one_named", Detail(comment="Svinn i ugnen"))
    return made


def areas() -> list[Area]:
    return [
        Area(node.id, node.title, tuple(dict.fromkeys(leaf.item.partition(".")[0] for below, _ in walk(node)
             for child in below.children if (leaf := leaf_of(child)) is not None)))
        for node in bundled().model.areas if node.title is not None
    ]  # fmt: skip


def page(app: Interview) -> str:
    """The screen as a page: bold as bold, reverse as reverse, dark on light."""
    rows = []
    for strip in app.screen._compositor.render_strips():
        row = ""
        for segment in strip:
            text, style = html.escape(segment.text), segment.style
            text = f"<b>{text}</b>" if style and style.bold else text
            row += f"<i>{text}</i>" if style and style.reverse else text
        rows.append(row)
    body = "\n".join(rows)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre>{body}</pre>"


def picture(name: str, text: str, columns: int, rows: int) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, "utf-8")
        size = f"{round(columns * 9.03) + 32},{rows * 19 + 28}"
        subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}",
             f"--force-device-scale-factor={SCALE}", f"--screenshot={PICTURES / name}.png", f"file://{source}"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main() -> None:
    method = bundled()
    answers = given()
    earlier = {"data_access": Earlier(Given(State.ANSWERED, "exported", Detail()), "2025-11-20", "T0")}
    for name, (position, keys) in KEYS.items():

        async def story(held: Held, name: str = name, keys: list[str] = keys) -> None:  # type: ignore[assignment]
            held.desk.seconds = 31 * 60.0
            await held.press(*("space" if key == "_" else key for key in keys))
            held.app.redraw()
            await held.until(lambda: "Räknar" not in held.text and "31 av" in held.text)
            picture(name, page(held.app), 80, 24)

        hold(
            story, given=answers, position=position, at_end=position is None, areas=areas(), earlier=earlier,
            own={"data_access": option("exported")},
            context={
                "planned_minutes": 50.0, "occasion": "T1", "report": lambda _: [], "question_list": lambda _: [],
                "glance": lambda language: result_lines(glance(method, Session(method.questionnaire, answers)), language),
            },
        )  # fmt: skip


if __name__ == "__main__":
    main()
