"""Plain mode with a person at the keyboard: each question is written out, and each answer may be talked about."""

from __future__ import annotations

from collections.abc import Callable

from aimaturity.definitions.questionnaire import AnyQuestion, Counts, Date, FreeText, Grid, Multiple, Number
from aimaturity.interview import showing
from aimaturity.interview.face import Ended, EndOfInput, Face, Leave, is_text
from aimaturity.interview.reading import Command, Keyed, answered, command, keyed
from aimaturity.interview.session import Change
from aimaturity.interview.words import say
from aimaturity.responses.given import Given, State
from aimaturity.responses.normalise import normalise

MOST_FOUND = 15
_KINDS = {Multiple: "multiple", Number: "number", Counts: "counts", Grid: "grid", FreeText: "text", Date: "date"}


class Talk(Face):
    """The dialogue. `_put`: the question one stands at has to be written out before its prompt."""

    _put = True
    _section: str | None = None
    _leaving = False

    def run(self) -> Ended:
        introduction = self.session.questionnaire.introduction
        if introduction and not self.session.given:
            self.write(introduction[self.language])
        self.begin()
        try:
            while True:
                if self.session.position is None:
                    self._at_end()
                else:
                    self._at_question()
        except EndOfInput:
            self.write("")
            return self.ended("end" if self.session.position is None else "input")
        except KeyboardInterrupt:
            self.write("")
            return self.ended("interrupted")
        except Leave as leave:
            return self.ended(leave.how)

    # -- one question --

    def _at_question(self) -> None:
        question = self.session.question
        if question is None:
            return
        if self._put:
            section = self.session.section(question.id).id
            first = section != self._section
            self._section, self._put = section, False
            self.write("")
            self.all(list(showing.question_lines(self.session, question.id, self.language, self.desk.used(), first)))
        line = self._ask(self._prompt(question))
        found = command(line, question, self.session.questionnaire)
        if found is not None:
            self._do(found)
            return
        named = keyed(self.session.questionnaire, line)
        if isinstance(named, Keyed):
            self._named(named)
        else:
            self._answer(question, line)

    def _prompt(self, question: AnyQuestion) -> str:
        facts: dict[str, object] = {"last": len(self.session.questionnaire.options_of(question))}
        key = f"prompt_{_KINDS.get(type(question), 'single')}"
        unit = getattr(question, "unit", None)
        if isinstance(question, Number) and unit is not None:
            key, facts = f"{key}_unit", {"unit": unit[self.language]}
        elif isinstance(question, Counts | Grid):
            parts = question.parts if isinstance(question, Counts) else question.rows
            facts["part"] = parts[self.part].text[self.language]
        return say(f"{key}_na" if "not_applicable" in question.allow else key, self.language, **facts)

    def _ask(self, prompt: str) -> str:
        while True:
            self.write(prompt, end="")
            line = self.source.next()
            if is_text(line):
                return line
            self.say("not_text")

    def _answer(self, question: AnyQuestion, line: str) -> None:
        done = self.answer(question, line)
        if not isinstance(done, list):
            self.problem(done)
            return
        if self.look:
            return
        variable = done[-1][0]
        given = self.session.answer(variable)
        settled = given.state is not State.BLANK or not isinstance(question, Counts)
        if settled and not all(self._follow(name, change) for name, change in done):
            return
        whole = len(done) > 1 or (isinstance(question, Counts) and settled)
        self._on(whole)

    def _on(self, whole: bool = False) -> None:
        before = self.session.position
        self.on(whole)
        self._put = self._put or self.session.position != before

    def _follow(self, variable: str, change: Change) -> bool:
        """Asks what belongs to an answer just given, one line at most. False where the line was another answer or a
        command, which is then read again."""
        given, detail = self.session.answer(variable), self.session.answer(variable).detail
        own = self.session.own.get(variable)
        if change.why is None and change.events and variable in self.session.earlier:
            self.all(list(showing.earlier_lines(self.session, variable, self.language)))
        if change.why == "own" and own is not None:
            answer = showing.answer_words(self.session, variable, own, self.language)
            return self._more(variable, "why", say("why_own", self.language, answer=answer))
        if change.why == "earlier":
            self.all(list(showing.earlier_lines(self.session, variable, self.language)))
            return self._more(variable, "why", say("why_earlier", self.language))
        if given.state is State.DONT_KNOW and not detail.ask:
            return self._more(variable, "ask", say("who_knows", self.language))
        if given.state is State.NOT_APPLICABLE and not detail.reason:
            return self._more(variable, "reason", say("why_not_applicable", self.language))
        alone = "." not in variable and not isinstance(self.session.questionnaire.questions[variable], FreeText)
        if given.state is State.ANSWERED and change.events and alone and not detail.comment:
            return self._more(variable, "comment", say("comment", self.language))
        return True

    def _more(self, variable: str, name: str, prompt: str) -> bool:
        line = self._ask(prompt)
        text = line.strip()
        if self._is_answer(variable, name, text) or (command(line) is not None and len(normalise(text)) == 1):
            self.source.push(line)
            return False
        if text:
            self.note(variable, name, text)
        return True

    def _is_answer(self, variable: str, name: str, text: str) -> bool:
        """Whether a line that was meant for a comment looks like an answer: a number alone. Where there are options no
        number is a comment, so that one for the next question, typed too early, is not kept as words."""
        if not text.isdecimal() or name not in ("comment", "why"):
            return False
        questionnaire = self.session.questionnaire
        if questionnaire.options_of(questionnaire.questions[variable.partition(".")[0]]):
            return True
        old = self.session.answer(variable)
        return name == "comment" and isinstance(answered(questionnaire, variable, old, text), Given)

    # -- commands --

    def _do(self, found: Command) -> None:
        name = found.name
        if self.show(found):
            self._put = name == "language"
            return
        if name == "pause":
            self._pause()
        elif name == "skip":
            self._skip()
        elif name == "back":
            self._moving(self.back)
        elif name == "missing":
            self._moving(self.missing)
        elif name == "go":
            self._moving(lambda: self.go(found.words))
        elif name == "find":
            self._find(found.words)
        elif name == "end":
            self.session.finish()
            self.moved()
            self._put = True
        elif self.session.position is None:
            self.say("not_here")
        elif name == "clear":
            self.clear()
        elif name == "confirm":
            self._confirm()
        elif name == "comment":
            self._comment(found.words)
        elif name == "evidence":
            self._evidence(found.words)

    def _moving(self, move: Callable[[], None]) -> None:
        before = (self.session.position, self.part)
        move()
        self._put = (self.session.position, self.part) != before

    def _skip(self) -> None:
        before = self.session.position
        if before is None:
            return
        if self.session.state(self.variable()) is State.BLANK:
            self.say("left_empty")
        self.skip()
        self._put = self.session.position != before

    def _confirm(self) -> None:
        if self.confirm(self.variable()):
            self._on()

    def _comment(self, words: str) -> None:
        variable = self.variable()
        if self.look:
            self.say("looking")
            return
        text = words or self._ask(say("comment", self.language))
        if text.strip():
            self.note(variable, "comment", text)

    def _evidence(self, words: str) -> None:
        variable = self.variable()
        if self.look:
            self.say("looking")
            return
        kind, _, more = (words or self._ask(say("evidence", self.language))).strip().partition(" ")
        if not kind or not self.note(variable, "evidence", kind):
            return
        has = self.session.answer(variable).detail.evidence
        text = more if words or not has else self._ask(say("evidence_note", self.language))
        if text.strip():
            self.note(variable, "evidence_note", text)

    def _find(self, words: str) -> None:
        words = words or self._ask(say("search", self.language))
        found = self.session.find(words, self.language) if words.strip() else ()
        if not found:
            self.say("not_found")
        elif len(found) == 1:
            self.session.go(found[0])
            self._moving(self.moved)
            self._put = True
        else:
            for name in found[:MOST_FOUND]:
                number = self.session.number(name)[0]
                text = showing.shortened(self.session.questionnaire.questions[name].text[self.language])
                self.say("found" if number else "found_hidden", number=number, text=text)
            if len(found) > MOST_FOUND:
                self.say("and_more", count=len(found) - MOST_FOUND)
            chosen = self._ask(say("which", self.language)).strip()
            if chosen.isdecimal():
                self._moving(lambda: self.go(chosen[:6]))

    def _pause(self) -> None:
        """Leaves; where something isn't saved, only when asked twice."""
        if not self.look and not self.desk.retry() and not self._leaving:
            self._leaving = True
            self.told_trouble("")
            self.say("leave_unsaved")
            return
        raise Leave("end" if self.session.position is None else "pause")

    # -- the end --

    def _at_end(self) -> None:
        if self._put:
            self._put = False
            self.write("")
            self.say("end")
            if self.context.glance is not None:
                self.all(self.context.glance(self.language))
            else:
                self.write(showing.left_line(self.session, self.language))
        line = self._ask(say("prompt_end", self.language))
        named = keyed(self.session.questionnaire, line)
        found = command(line)
        if found is not None and found.name != "skip":
            self._do(found)
        elif isinstance(named, Keyed):
            self._named(named)
            self._put = True
        elif found is None:
            self.say("at_end")

    def _named(self, line: Keyed) -> None:
        from aimaturity.interview.script import take

        refused = take(self, line)
        if refused is not None:
            self.problem(refused)
        elif line.detail is None and line.question == self.session.position and not self.look:
            self._on(whole=True)
