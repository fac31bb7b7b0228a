"""Screens that list questions: the overview, the search, the end."""

from __future__ import annotations

from typing import ClassVar

from aimaturity.interview.screens.commands import Where
from aimaturity.interview.screens.lines import Page
from aimaturity.interview.screens.lists_page import Group, end_page, end_questions, found_page, groups_of, overview_page
from aimaturity.interview.screens.sheet import Field, Sheet, bindings_for


class OverviewScreen(Sheet, inherit_bindings=False):
    """All questions by area or by topic, with what is missing; Enter goes to one, and Enter there comes back."""

    WHERE: ClassVar[Where] = "overview"
    BINDINGS = bindings_for("overview")

    def __init__(self) -> None:
        super().__init__()
        self.cursor: tuple[int, int] | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        return groups_of(self.session, self.interview.desk.areas, self.language, self.interview.by)

    def here(self) -> tuple[int, int]:
        """The group and question that the arrows stand at; at first, where the interview stands."""
        if self.cursor is None:
            position = self.session.position
            places = [
                (place, group.questions.index(position))
                for place, group in enumerate(self.groups)
                if position in group.questions
            ]
            self.cursor = places[0] if places else (0, 0)
        return self.cursor

    def heading(self) -> tuple[str, str]:
        by = self.say("by_topic" if self.interview.by == "topic" else "by_area")
        title = self.session.questionnaire.title[self.language]
        occasion = self.interview.context.occasion
        return f"{self.say('title_overview')} {by}", f"{title} · {occasion}" if occasion else title

    def body(self, width: int, height: int) -> Page:
        return overview_page(self.session, self.groups, self.here(), self.language, width)

    def word_of(self, name: str) -> str:
        return {"on": "key_open"}.get(name, f"key_{name}")

    def question_here(self) -> str | None:
        group, question = self.here()
        groups = self.groups
        return groups[group].questions[question] if group < len(groups) else None

    def step(self, by: int) -> None:
        """Moves over all questions, from the last of a group to the first of the next, and then to the end."""
        groups = self.groups
        places = [(g, q) for g, group in enumerate(groups) for q in range(len(group.questions))] + [(len(groups), 0)]
        place = places.index(self.here()) + by
        self.cursor = places[max(min(place, len(places) - 1), 0)]

    def do_up(self) -> None:
        self.step(-1)

    def do_down(self) -> None:
        self.step(1)

    def do_first(self) -> None:
        self.cursor = (0, 0)

    def do_last(self) -> None:
        self.step(100_000)

    def do_page(self) -> None:
        """The next group."""
        self.cursor = (min(self.here()[0] + 1, len(self.groups)), 0)

    def do_turn(self) -> None:
        if not self.interview.desk.areas:
            return
        question = self.question_here()
        self.interview.by = "area" if self.interview.by == "topic" else "topic"
        groups = self.groups
        places = ((g, group.questions.index(question)) for g, group in enumerate(groups) if question in group.questions)
        self.cursor = next(places, (len(groups), 0))

    def offered(self, name: str) -> bool:
        return name != "turn" or bool(self.interview.desk.areas)

    def do_on(self) -> None:
        question = self.question_here()
        if question is not None:
            self.interview.go(question)
        else:
            self.interview.finish()

    def pointed(self, kind: str, what: str) -> None:
        if kind == "end":
            self.interview.finish()
        elif kind == "group":
            self.cursor = (int(what), 0)
        else:
            super().pointed(kind, what)

    def do_overview(self) -> None:
        self.do_close()


class SearchScreen(Sheet, inherit_bindings=False):
    """Finds a question by words of it, its number or its section, while they are typed."""

    WHERE: ClassVar[Where] = "search"
    BINDINGS = bindings_for("search")

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def begun(self) -> None:
        self.open_field(Field("search", "", self.say("ask_search")))

    @property
    def found(self) -> tuple[str, ...]:
        return self.session.find(self.writing.text if self.writing is not None else "", self.language)

    def heading(self) -> tuple[str, str]:
        return self.say("title_search"), ""

    def body(self, width: int, height: int) -> Page:
        found = self.found
        self.cursor = max(min(self.cursor, len(found) - 1), 0)
        return found_page(self.session, found, self.cursor, self.language, width)

    def word_of(self, name: str) -> str:
        return {"on": "key_open"}.get(name, f"key_{name}")

    def field_changed(self) -> None:
        self.cursor = 0
        self.draw()

    def action_command(self, name: str) -> None:
        if name in ("on", "close"):
            self.field_left("enter" if name == "on" else "escape")
        else:
            super().action_command(name)

    def field_left(self, key: str) -> None:
        found = self.found
        if key == "enter" and found:
            self.interview.go(found[self.cursor])
        elif key == "escape":
            self.do_close()
        elif key in ("up", "down"):
            self.cursor += 1 if key == "down" else -1
            self.draw()


class EndScreen(Sheet, inherit_bindings=False):
    """The end of the questions; nothing is locked."""

    WHERE: ClassVar[Where] = "end"
    BINDINGS = bindings_for("end")

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self.glance: tuple[str, ...] = ()
        self.asked = False

    def on_screen_resume(self) -> None:
        """Each time one comes here, the result is of the answers as they are now."""
        self.interview.glance_for(self, self._seen)
        super().on_screen_resume()

    def _seen(self, lines: tuple[str, ...]) -> None:
        self.glance = lines
        self.draw()

    def heading(self) -> tuple[str, str]:
        return self.session.questionnaire.title[self.language], self.say("title_end")

    def body(self, width: int, height: int) -> Page:
        return end_page(self.session, self.glance, self.cursor, self.language, width)[0]

    def rows(self) -> list[str]:
        return [name.partition(".")[0] for part in end_questions(self.session) for name in part]

    def offered(self, name: str) -> bool:
        context = self.interview.context
        if name == "on":
            return bool(self.rows())
        if name == "missing":
            return bool(self.session.missing())
        return not (name == "ask_list" and context.question_list is None)

    def word_of(self, name: str) -> str:
        return {"on": "key_open"}.get(name, f"key_{name}")

    def question_here(self) -> str | None:
        rows = self.rows()
        return rows[min(self.cursor, len(rows) - 1)] if rows else None

    def do_up(self) -> None:
        self.cursor = max(self.cursor - 1, 0)
        if self.cursor == 0:
            self.lines("body").scroll_by(-1)

    def do_down(self) -> None:
        self.cursor = max(min(self.cursor + 1, len(self.rows()) - 1), 0)
        if not self.rows():
            self.lines("body").scroll_by(1)

    def do_on(self) -> None:
        question = self.question_here()
        if question is not None:
            self.interview.go(question)

    def do_close(self) -> None:
        """There is nothing under the end to close to."""

    def do_back(self) -> None:
        self.session.back()
        self.interview.arrived()

    def do_ask_list(self) -> None:
        self.interview.write_question_list(self)
