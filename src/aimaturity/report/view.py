"""The view: one report's words, rows and shapes, ready for the templates. Here: what pages share, and page 1.

Made from a result document and the words files, and nothing else. Numbers are already written in the report's
language, and every number keeps its unit, scale or the reason why it is absent. Templates only place what stands here.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """Base of the view's parts: frozen, and exactly the fields that are documented."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Link(View):
    """A place in the report, and the words that lead there."""

    anchor: str = Field(description="The place's id in the HTML.")
    text: str = Field(description="The words that lead there.")


class Score(View):
    """A score as it is shown."""

    number: str | None = Field(description="The score, rounded; null where there is none.")
    range: str | None = Field(description="Lowest and highest that missing answers allow; null where certain.")
    text: str = Field(description="`43 (40–47)`, `43`, `12–75`, or empty where there is neither score nor range.")
    label: str | None = Field(description="`indikation`, or in a few words why there is no score.")
    scale: str = Field(description="`av 100`, or `på skalan 1–5`.")
    level: str | None = Field(description="The level's name, `2–3` where it isn't certain; null where it has none.")


class Chart(View):
    """A chart's data, for the spec of its name: places as shares of the scale, 0 to 1, and words to show."""

    spec: str = Field(description="The spec in `charts` that draws it, without its ending.")
    id: str = Field(description="Of its title in the HTML.")
    title: str = Field(description="All that it shows, in words, for those who can't see it.")
    data: dict[str, list[dict[str, str | float | bool | None]]] = Field(description="Rows by data set.")


class ProfileRow(View):
    """One area of the profile."""

    id: str = Field(description="The node's id.")
    anchor: str = Field(description="Of the area further on.")
    title: str = Field(description="The area's name.")
    score: Score = Field(description="Its score.")
    sentences: list[str] = Field(description="What the result says, in one or two sentences.")
    questions: list[str] = Field(description="Ids of the questions without answer that the sentences rest on.")


class Profile(View):
    """The profile of the areas."""

    rows: list[ProfileRow] = Field(description="The areas, in the model's order.")
    chart: Chart = Field(description="Their bars.")
    one_scale: bool = Field(description="Whether all rows share one scale; else each says its own.")
    note: str = Field(description="How to read the bars.")


class LevelBox(View):
    """One step of the level scale."""

    number: str = Field(description="The level's number.")
    name: str = Field(description="Its name; the number again where it has none.")
    description: str | None = Field(description="What a company there typically has in place.")
    place: Literal["here", "possible", "other"] = Field(description="Where the company is, may be, or is not.")
    mark: str | None = Field(description="`er nivå` or `möjlig nivå`, in words; null for the others.")
    standing: str | None = Field(description="The mark, or `nådd`, `delvis`, `inte nådd`; null where nothing is said.")


class Level(View):
    """The overall level."""

    heading: str = Field(description="`Nivå 2–3 av 5`.")
    boxes: list[LevelBox] = Field(description="All levels, lowest first.")
    sentences: list[str] = Field(description="What the level is, and what decides where it is uncertain.")


class NextStep(View):
    """A step as page 1 shows it."""

    number: str = Field(description="1 to 3.")
    anchor: str = Field(description="Of the advice in full.")
    title: str = Field(description="The step, verb first.")
    first_step: str = Field(description="What to do this month.")
    time: str = Field(description="The company's own time.")
    help: str = Field(description="Who can help.")
    moves: list[str] = Field(description="What it moves: an area and points each.")
