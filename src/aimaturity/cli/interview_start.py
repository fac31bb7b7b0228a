"""Before the first question: which company, which assessment, which version of the questions, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NoReturn, TextIO

from aimaturity.cli.interview_early import OCCASIONS, Asked, Left
from aimaturity.cli.interview_words import say
from aimaturity.cli.kept import AT_END, beginning, carry_over, quick_scan
from aimaturity.cli.shared import fail, remark, tell
from aimaturity.definitions.diagnostics import Diagnostic
from aimaturity.definitions.differences import Differences, differences
from aimaturity.definitions.hashing import content_hash
from aimaturity.definitions.load import Loaded, load_questionnaire
from aimaturity.definitions.questionnaire import Questionnaire
from aimaturity.interview.face import EndOfInput, Source
from aimaturity.interview.words import day_words
from aimaturity.programme.store import Held, Hold, NotSaved, Store, StoredAssessment, StoredCompany
from aimaturity.responses.identity import looks_personal, organisation_number

_MOST_SHOWN = 9
_MOST_LISTED = 30
"""Interviews under way that are listed, the latest first; older ones are found by name."""


@dataclass(frozen=True)
class Started:
    """An interview that can begin. `hold` is None where one only looks."""

    company: StoredCompany
    assessment: StoredAssessment
    questionnaire: Questionnaire
    hold: Hold | None
    opening: Sequence[str]

    @property
    def look(self) -> bool:
        return self.hold is None


class Start:
    """Asks line by line, or takes what the command line and the first lines of a pipe say."""

    def __init__(self, store: Store, source: Source, out: TextIO, asked: Asked) -> None:
        self.store, self.source, self.out, self.asked = store, source, out, asked
        self.lang = asked.lang
        self.opening: list[str] = []

    def started(self) -> Started:
        """Everything that has to be settled, settled. Left where the person goes away."""
        chosen = self._company()
        if isinstance(chosen, StoredAssessment):
            company, assessment, look = self.store.company(chosen.company), chosen, False
        else:
            company = chosen
            assessment, look = self._assessment(company)
        questionnaire = self._version(assessment, look)
        assessment = self.store.assessment(assessment.id)
        hold = None if look else self._hold(assessment)
        if hold is not None:
            if assessment.finished is not None:
                self.store.reopen(assessment.id)
            self._carry(assessment, questionnaire)
        else:
            self._tell("looking")
        return Started(company, self.store.assessment(assessment.id), questionnaire, hold, tuple(self.opening))

    # -- lines --

    def _write(self, line: str) -> None:
        self.out.write("".join(c if c.isprintable() else repr(c)[1:-1] for c in line) + "\n")
        self.out.flush()

    def _tell(self, key: str, **facts: object) -> None:
        line = say(key, self.lang, **facts)
        self.opening.append(line)
        self._write(line)

    def _ask(self, key: str, **facts: object) -> str:
        self.out.write(say(key, self.lang, **facts))
        self.out.flush()
        try:
            return self.source.next().strip()
        except EndOfInput:
            raise Left from None

    def _choice(self, key: str, last: int, **facts: object) -> int:
        """A number from 1 to `last`; Left at an empty line."""
        while True:
            line = self._ask(key, **facts)
            if not line or line.casefold() == "q":
                raise Left
            if line.isdecimal() and 1 <= int(line) <= last:
                return int(line)
            self._write(say("one_of", self.lang))

    def _problems(self, found: Sequence[Diagnostic]) -> None:
        tell(found, self.lang)

    # -- company --

    def _company(self) -> StoredCompany | StoredAssessment:
        if not self.asked.typed:
            return self._named_in_pipe()
        if self.asked.company is not None:
            return self._called(self.asked.company)
        return self._listed()

    def _named_in_pipe(self) -> StoredCompany:
        """The company of the command line, or of the lines `company:`, `id:` and `organisationsnummer:` at the top."""
        said = self._head()
        name = self.asked.company
        if name is not None:
            found = self._certain(name)
            if found is not None:
                return found
            if not said:
                self._unknown(name)
            said.setdefault("id", name)
        if not said:
            remark(say("need_company", self.lang))
            fail()
        number = said.get("organisationsnummer")
        if number is not None and looks_personal(number):
            remark(say("number_personal", self.lang))
            number = None
        found = self.store.identified(id=said.get("id"), name=said.get("company"), organisationsnummer=number)
        return found or self._added(said.get("company"), said.get("id"), number)

    def _unknown(self, name: str) -> NoReturn:
        """Answers never go to a company that is only called something like it."""
        alike = self.store.find_companies(name)[:_MOST_SHOWN]
        if alike:
            remark(say("which_company", self.lang, name=name, names=", ".join(company.id for company in alike)))
        else:
            remark(say("no_company", self.lang, name=name))
        fail()

    def _head(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            try:
                line = self.source.next()
            except EndOfInput:
                return found
            name, colon, value = line.partition(":")
            if not colon or name.strip() not in ("company", "id", "organisationsnummer") or not value.strip():
                self.source.push(line)
                return found
            found[name.strip()] = value.strip()

    def _certain(self, name: str) -> StoredCompany | None:
        return self.store.identified(id=name, name=name, organisationsnummer=name)

    def _added(self, name: str | None, id: str | None, number: str | None) -> StoredCompany:
        company = self.store.add_company(name, id=id, organisationsnummer=number)
        self._tell("company_added", company=_title(company))
        return company

    def _called(self, name: str) -> StoredCompany:
        found = self._certain(name)
        if found is not None:
            return found
        alike = self.store.find_companies(name)[:_MOST_SHOWN]
        if not alike:
            answer = self._ask("new_named", name=name)
            if answer.casefold() != "n":
                raise Left
            return self._new(name)
        for place, company in enumerate(alike, start=1):
            self._write(say("found", self.lang, place=place, company=_title(company)))
        while True:
            answer = self._ask("choose_found", name=name)
            if not answer or answer.casefold() == "q":
                raise Left
            if answer.casefold() == "n":
                return self._new(name)
            if answer.isdecimal() and 1 <= int(answer) <= len(alike):
                return alike[int(answer) - 1]
            self._write(say("one_of", self.lang))

    def _listed(self) -> StoredCompany | StoredAssessment:
        """Those under way, to go on with; a new company; or one to look for."""
        paused = self.store.assessments(finished=False)[::-1]
        self._write(say("paused" if paused else "paused_none", self.lang))
        for place, one in enumerate(paused[:_MOST_LISTED], start=1):
            self._write(self._paused_line(place, one))
        if len(paused) > _MOST_LISTED:
            self._write(say("paused_more", self.lang, count=len(paused) - _MOST_LISTED))
        while True:
            line = self._ask("choose" if paused else "choose_none")
            if not line or line.casefold() == "q":
                raise Left
            if line.casefold() == "n":
                return self._new(None)
            if line.isdecimal() and len(line) < 6:
                if 1 <= int(line) <= len(paused):
                    return paused[int(line) - 1]
                self._write(say("one_of", self.lang))
            else:
                return self._called(line)

    def _paused_line(self, place: int, one: StoredAssessment) -> str:
        questionnaire = self.store.questionnaire(one.definition)
        session = beginning(self.store, one, questionnaire).session(questionnaire, one.position)
        stands = say("stands_end", self.lang)
        if session.position is not None and one.position != AT_END:
            number, total = session.number(session.position)
            stands = say("stands_at", self.lang, number=number, total=total)
        last = self.store.latest(one.id)
        day = max((answer.when for answer in last.values()), default=one.started).date().isoformat()
        return say(
            "paused_line",
            self.lang,
            place=place,
            company=_title(self.store.company(one.company)),
            questionnaire=questionnaire.title[self.lang],
            occasion=one.occasion or "",
            stands=stands,
            day=day_words(day, self.lang),
        )

    def _new(self, name: str | None) -> StoredCompany:
        """A new company, by name and number. A wrong number is told at once, and a personal number isn't stored."""
        while not name:
            name = self._ask("name")
        number: str | None = None
        while True:
            line = self._ask("number")
            if not line:
                break
            if looks_personal(line):
                self._tell("number_personal")
                break
            number = organisation_number(line)
            if number is not None:
                break
            self._write(say("number_wrong", self.lang))
        known = self.store.identified(name=name, organisationsnummer=number)
        if known is not None:
            self._tell("number_known", company=_title(known))
            return known
        return self._added(name, None, number)

    # -- assessment --

    def _assessment(self, company: StoredCompany) -> tuple[StoredAssessment, bool]:
        """The assessment to hold, and whether only to look at it."""
        wanted = self._wanted()
        its = [one for one in self.store.assessments(company.id) if one.questionnaire == wanted.questionnaire]
        if self.asked.occasion is not None:
            its = [one for one in its if one.occasion == self.asked.occasion]
        if not its:
            return self._begun(company, wanted, self.asked.occasion or OCCASIONS[0]), False
        open_ones = [one for one in its if one.finished is None]
        if open_ones:
            return open_ones[-1], False
        return self._finished(company, its[-1], wanted)

    def _finished(
        self, company: StoredCompany, last: StoredAssessment, wanted: Questionnaire
    ) -> tuple[StoredAssessment, bool]:
        if not self.asked.typed:
            return last, False
        facts = {"company": _title(company), "questionnaire": wanted.title[self.lang], "occasion": last.occasion or ""}
        self._write(say("finished", self.lang, day=day_words(last.date, self.lang), **facts))
        place = OCCASIONS.index(last.occasion) + 1 if last.occasion in OCCASIONS else len(OCCASIONS)
        following = OCCASIONS[place] if place < len(OCCASIONS) and self.asked.occasion is None else None
        if following is None:
            chosen = self._choice("finished_choose_last", 2)
        else:
            chosen = self._choice("finished_choose", 3, next=following)
        if chosen == 3 and following is not None:
            return self._begun(company, wanted, following), False
        return last, chosen == 1

    def _wanted(self) -> Questionnaire:
        loaded = _loaded(self.asked.questionnaire)
        if loaded.value is None:
            self._problems(loaded.diagnostics)
            fail()
        return loaded.value

    def _begun(self, company: StoredCompany, questionnaire: Questionnaire, occasion: str) -> StoredAssessment:
        language = self.lang if self.lang in questionnaire.languages else questionnaire.languages[0]
        id = self.store.begin(
            company.id,
            questionnaire,
            occasion=occasion,  # type: ignore[arg-type]  # checked when the command began
            adviser=self.asked.adviser,
            language=language,
        )
        title = questionnaire.title[self.lang]
        self._tell("begun", company=_title(company), questionnaire=title, occasion=occasion)
        return self.store.assessment(id)

    # -- version --

    def _version(self, assessment: StoredAssessment, look: bool) -> Questionnaire:
        """The questionnaire to go on with: the one that the assessment began with, or its present version."""
        new = _loaded(self.asked.questionnaire).value
        if new is None or new.questionnaire != assessment.questionnaire:
            new = _loaded(assessment.questionnaire).value
        if new is not None and content_hash(new) == assessment.definition:
            return new
        old = self.store.questionnaire(assessment.definition)
        if look or new is None or new.questionnaire != old.questionnaire:
            return old
        changes = differences(old, new)
        if changes.any and not self._goes_over(old, new, changes):
            return old
        if not self.store.read_only:
            self.store.change_questionnaire(assessment.id, new)
        return new

    def _goes_over(self, old: Questionnaire, new: Questionnaire, changes: Differences) -> bool:
        """Whether to go over to the new version; from a pipe never, since nobody can say so."""
        self._tell("changed", old=old.version, new=new.version)
        for kind in ("new", "gone", "options", "asked", "reworded"):
            for name in getattr(changes, kind):
                question = new.questions.get(name) or old.questions[name]
                self._tell(f"changed_{kind}", text=question.text[self.lang])
        chosen = self._choice("changed_choose", 2) if self.asked.typed else 1
        self._tell("changed_to_new" if chosen == 2 else "changed_old", old=old.version, new=new.version)
        return chosen == 2

    # -- whose turn --

    def _hold(self, assessment: StoredAssessment) -> Hold | None:
        """One's hold on the assessment; None where one may only look."""
        try:
            return self.store.hold(assessment.id, self.asked.adviser)
        except Held as held:
            by = held.by
            who = by.who or say("somebody", self.lang)
            facts = {"who": who, "since": f"{by.since:%Y-%m-%d %H:%M}", "host": by.host}
            if not self.asked.typed:
                remark(say("held", self.lang, **facts))
                fail()
            self._write(say("held", self.lang, **facts))
            if self._choice("held_choose", 2) == 1:
                return None
            return self.store.hold(assessment.id, self.asked.adviser, take_over=True)
        except NotSaved as refused:
            self._problems([refused.diagnostic])
            if not self.asked.typed:
                fail()
            return None

    def _carry(self, assessment: StoredAssessment, questionnaire: Questionnaire) -> None:
        count = carry_over(self.store, assessment, questionnaire)
        if count:
            scan = quick_scan(self.store, assessment)
            day = day_words(scan.date if scan is not None else "", self.lang)
            self._tell("carried_one" if count == 1 else "carried_many", count=count, day=day)


@cache
def _loaded(name: str) -> Loaded[Questionnaire]:
    return load_questionnaire(name)


def _title(company: StoredCompany) -> str:
    return company.name or company.id
