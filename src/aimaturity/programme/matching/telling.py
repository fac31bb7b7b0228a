"""A match to read: plain lines for a terminal, or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aimaturity.programme.matching.document import Helper, Match, PilotLink, Reason, SharedChallenges, Titled
from aimaturity.programme.matching.words import NUMBERS, WORDS
from aimaturity.programme.pilots.words import WORDS as NAMES
from aimaturity.responses.markdown import escape

SHOWN_GAPS, SHOWN_HELPERS, SHOWN_COMPANIES = 5, 3, 6
"""A round table is four to six companies (docs/method.md); more steps than these are in the report."""


class _Teller:
    def __init__(self, language: str, markdown: bool) -> None:
        self.language, self.markdown = language, markdown

    def say(self, key: str, **facts: object) -> str:
        return WORDS[key][self.language].format_map(facts)

    def text(self, words: str) -> str:
        return escape(words) if self.markdown else words

    def title(self, words: str) -> str:
        return f"# {self.text(words)}" if self.markdown else words

    def head(self, words: str) -> Iterator[str]:
        yield ""
        yield f"## {self.text(words)}" if self.markdown else words
        if self.markdown:
            yield ""

    def item(self, words: str, depth: int = 0) -> str:
        lead = "  " * depth + "- " if self.markdown else "  " * (depth + 1)
        return lead + self.text(words)

    def named(self, thing: Titled | None) -> str:
        return thing.title[self.language] if thing is not None else self.say("unknown")

    def reasons(self, reasons: Sequence[Reason]) -> str:
        return "; ".join(one.text[self.language] for one in reasons)

    def helpers(self, helpers: Sequence[Helper]) -> Iterator[str]:
        """The first few with their reasons, the others by name."""
        for one in helpers[:SHOWN_HELPERS]:
            focus = f" ({one.focus[self.language]})" if one.focus is not None else ""
            yield self.item(f"{one.name}{focus}: {self.reasons(one.reasons)}", 1)
        rest = [one.name for one in helpers[SHOWN_HELPERS:]]
        if rest:
            yield self.item(self.say("more_helpers", names=", ".join(rest)), 1)

    def pilot(self, pilot: PilotLink) -> str:
        words = f"{pilot.title[self.language]} ({pilot.id}): {NAMES[pilot.status][self.language]}"
        return f"{words}; {self.reasons(pilot.reasons)}" if pilot.reasons else words


def told(match: Match, language: str, markdown: bool = False) -> str:
    """A match in words, Swedish or English."""
    return "\n".join(_lines(match, _Teller(language, markdown))) + "\n"


def _lines(match: Match, tell: _Teller) -> Iterator[str]:
    own = "_own" if match.audience == "company" else ""
    yield tell.title(tell.say("title", name=match.name))
    yield ""
    yield tell.item(tell.say("where", county=tell.named(match.county), sector=tell.named(match.sector)))
    yield tell.item(tell.say("challenge", challenge=tell.named(match.challenge)))
    yield from tell.head(tell.say("gaps"))
    if match.result is None:
        yield tell.item(tell.say(f"no_result{own}", id=match.id))
    elif not match.gaps:
        yield tell.item(tell.say("no_gaps"))
    else:
        yield tell.item(tell.say("gaps_from", date=match.result))
    for gap in match.gaps[:SHOWN_GAPS]:
        yield tell.item(f"{gap.title[tell.language]} ({tell.say(gap.kind)})")
        yield from tell.helpers(gap.helpers)
        if not gap.helpers:
            yield tell.item(tell.say("nobody"), 1)
    if len(match.gaps) > SHOWN_GAPS:
        yield tell.item(tell.say("more_gaps", count=len(match.gaps) - SHOWN_GAPS))
    if match.offers:
        yield from tell.head(tell.say("offers"))
    for offer in match.offers:
        kind = tell.say(offer.kind)
        yield tell.item(f"{kind[:1].upper()}{kind[1:]}. {tell.say('why', reasons=tell.reasons(offer.reasons[:3]))}")
        yield from tell.helpers(offer.helpers)
    for key, pilots in ((f"pilots{own}", match.pilots), ("open_pilots", match.open_pilots)):
        if pilots:
            yield from tell.head(tell.say(key))
        for pilot in pilots:
            yield tell.item(tell.pilot(pilot))
    yield from _meeting(match, tell)


def _meeting(match: Match, tell: _Teller) -> Iterator[str]:
    meeting = match.meeting
    yield from tell.head(tell.say("meeting"))
    if not meeting.agreed:
        yield tell.item(tell.say("not_asked_own" if match.audience == "company" else "not_asked"))
    elif not meeting.count:
        yield tell.item(tell.say("nobody_agreed"))
    else:
        some = tell.say("some_agreed", count=_number(meeting.count, tell))
        yield tell.item(tell.say("one_agreed") if meeting.count == 1 else some)
    for other in meeting.companies[:SHOWN_COMPANIES]:
        yield tell.item(f"{other.name} ({other.id}): {tell.reasons(other.reasons)}", 1)
    if meeting.not_agreed is not None:
        yield tell.item(tell.say("not_agreed", count=meeting.not_agreed))
    if match.audience == "hub":
        yield ""
        yield tell.text(tell.say("for_hub"))


def _number(count: int, tell: _Teller) -> str:
    words = NUMBERS[tell.language]
    return words[count].capitalize() if count < len(words) else str(count)


def shared_told(shared: SharedChallenges, language: str, markdown: bool = False) -> str:
    """What companies share, in words."""
    tell = _Teller(language, markdown)
    lines = [tell.title(tell.say("shared"))]
    if not shared.challenges:
        lines += ["", tell.item(tell.say("nothing_shared"))]
    for one in shared.challenges:
        lines += tell.head(one.challenge.title[language])
        lines.append(tell.item(tell.say("shared_count", count=len(one.companies))))
        titles = {other.sector.id: tell.named(other.sector) for other in one.companies if other.sector is not None}
        counts = "; ".join(f"{titles.get(name, tell.say('unknown'))} {count}" for name, count in one.sectors.items())
        lines.append(tell.item(tell.say("sectors", sectors=counts)))
        for other in one.companies:
            lines.append(tell.item(f"{other.name} ({other.id}), {tell.named(other.county)}", 1))
        for pilot in one.pilots:
            lines.append(tell.item(tell.pilot(pilot)))
        if one.not_agreed is not None:
            lines.append(tell.item(tell.say("not_agreed", count=one.not_agreed)))
    return "\n".join(lines) + "\n"
