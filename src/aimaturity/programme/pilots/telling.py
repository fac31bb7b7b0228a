"""A proposal to read: plain lines for a terminal, or Markdown. Every reason is the document's own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel.numbers import format_decimal

from aimaturity.programme.pilots.document import Clash, IdeaResult, PilotShortlist, Sensitivity, Verdict
from aimaturity.programme.pilots.words import WORDS as NAMES
from aimaturity.responses.markdown import escape

WORDS = {
    "title": {"sv": "Förslag till piloter: {programme}", "en": "Proposed pilots: {programme}"},
    "found": {
        "sv": "Föreslagna: {chosen} av {ideas} idéer. Summa: {total} poäng. Människor beslutar.",
        "en": "Proposed: {chosen} of {ideas} ideas. Sum: {total} points. People decide.",
    },
    "none": {
        "sv": "Inget förslag klarar alla gränser. Idéer: {ideas}.",
        "en": "No proposal keeps within all limits. Ideas: {ideas}.",
    },
    "chosen": {"sv": "Föreslås", "en": "Proposed"},
    "not_chosen": {"sv": "Föreslås inte", "en": "Not proposed"},
    "dominated": {"sv": "Sämre i allt än en annan idé", "en": "Worse in every way than another idea"},
    "unmet_condition": {"sv": "Klarar inte ett hårt villkor", "en": "A hard condition isn't met"},
    "idea": {
        "sv": "{title} ({id}), {county}, {sector}",
        "en": "{title} ({id}), {county}, {sector}",
    },
    "score": {"sv": "{score} poäng, plats {rank}", "en": "{score} points, place {rank}"},
    "survival": {
        "sv": "Vald med andra vikter: {weights} av {weights_tried}; med andra skattningar: {ends} av {ends_tried}.",
        "en": "Chosen at other weights: {weights} of {weights_tried}; at other estimates: {ends} of {ends_tried}.",
    },
    "below": {"sv": "Föreslagna med högre poäng: {ideas}.", "en": "Proposed ones with more points: {ideas}."},
    "all_below": {"sv": "Alla föreslagna har högre poäng.", "en": "All proposed ones have more points."},
    "limits": {"sv": "Gränser", "en": "Limits"},
    "limit": {"sv": "{label}; förslaget har {used}", "en": "{label}; the proposal has {used}"},
    "limit_with": {
        "sv": "{label}; beslutade piloter har {before}, med förslaget {used}",
        "en": "{label}; decided pilots have {before}, with the proposal {used}",
    },
    "clash": {"sv": "Varför inget förslag går att göra", "en": "Why no proposal can be made"},
    "sensitivity": {"sv": "Hur säkert förslaget är", "en": "How firm the proposal is"},
    "always": {
        "sv": "Valda i alla fall som prövats: {ideas}.",
        "en": "Chosen in every case tried: {ideas}.",
    },
    "ends": {"sv": "Med andra skattningar:", "en": "Under other estimates:"},
    "same": {"sv": "samma förslag", "en": "the same proposal"},
    "no_set": {"sv": "inget förslag klarar gränserna", "en": "no proposal keeps within the limits"},
    "moves": {"sv": "in: {came}; ut: {left}", "en": "in: {came}; out: {left}"},
}
ORDER: Sequence[Verdict] = ("chosen", "not_chosen", "dominated", "unmet_condition")


def told(document: PilotShortlist, language: str, markdown: bool = False) -> str:
    """The proposal in words, Swedish or English."""
    return "\n".join(_Teller(document, language, markdown).lines()) + "\n"


class _Teller:
    def __init__(self, document: PilotShortlist, language: str, markdown: bool) -> None:
        self.document, self.language, self.markdown = document, language, markdown

    def lines(self) -> Iterator[str]:
        document = self.document
        title = self.say("title", programme=document.programme.title[self.language])
        yield f"# {self.text(title)}" if self.markdown else title
        yield ""
        counts = {"chosen": len(document.chosen or ()), "ideas": len(document.ideas), "total": document.total or 0.0}
        yield self.text(self.say("found" if document.chosen is not None else "none", **counts))
        if document.clash is not None:
            yield from self.clash(document.clash)
        for verdict in ORDER:
            ideas = [idea for idea in document.ideas if idea.verdict == verdict]
            if ideas:
                yield from self.head(self.say(verdict))
            for idea in sorted(ideas, key=lambda one: (one.rank or 0, one.id)):
                yield from self.idea(idea)
        yield from self.head(self.say("limits"))
        for limit in document.limits:
            used = "–" if limit.used is None else self.number(limit.used)
            key, before = ("limit_with" if document.decided else "limit"), self.number(limit.before)
            yield self.item(self.say(key, label=limit.label[self.language], used=used, before=before))
        if document.sensitivity is not None:
            yield from self.sensitivity(document.sensitivity)

    def idea(self, idea: IdeaResult) -> Iterator[str]:
        of = {"title": idea.title, "county": idea.county_name, "sector": idea.sector_name}
        words = self.say("idea", id=idea.id, **{key: named[self.language] for key, named in of.items()})
        if idea.score is not None:
            score = self.say("score", score=idea.score, rank=idea.rank if idea.rank is not None else "–")
            words = f"{words}: {score}" if idea.rank is not None else words
        yield f"- **{self.text(words)}**" if self.markdown else f"  {words}"
        for reason in idea.reasons:
            yield self.inner(reason.text[self.language])
        if idea.below and len(idea.below) == len(self.document.chosen or ()):
            yield self.inner(self.say("all_below"))
        elif idea.below:
            yield self.inner(self.say("below", ideas=", ".join(one.idea for one in idea.below)))
        if idea.survival is not None:
            yield self.inner(self.say("survival", **idea.survival.model_dump()))

    def clash(self, clash: Clash) -> Iterator[str]:
        yield from self.head(self.say("clash"))
        yield self.item(clash.text[self.language])
        for text in (*(one.text for one in clash.reliefs), *(one.text for one in clash.near_misses)):
            yield self.item(text[self.language])

    def sensitivity(self, tried: Sensitivity) -> Iterator[str]:
        yield from self.head(self.say("sensitivity"))
        yield self.item(tried.text[self.language])
        yield self.item(self.say("always", ideas=", ".join(tried.always) or "–"))
        proposed = set(self.document.chosen or ())
        for case in tried.ends:
            if case.chosen is None:
                what = self.say("no_set")
            elif set(case.chosen) == proposed:
                what = self.say("same")
            else:
                came, left = sorted(set(case.chosen) - proposed), sorted(proposed - set(case.chosen))
                what = self.say("moves", came=", ".join(came) or "–", left=", ".join(left) or "–")
            yield self.item(f"{case.text[self.language].rstrip('.')}: {what}")

    def say(self, key: str, **facts: object) -> str:
        written = {name: self.number(fact) if isinstance(fact, float) else fact for name, fact in facts.items()}
        return (WORDS.get(key) or NAMES[key])[self.language].format_map(written)

    def number(self, value: float) -> str:
        return str(format_decimal(value, format="#,##0.##", locale=self.language)).replace("-", "−")

    def text(self, words: str) -> str:
        return escape(words) if self.markdown else words

    def head(self, words: str) -> Iterator[str]:
        yield ""
        yield f"## {self.text(words)}" if self.markdown else words
        if self.markdown:
            yield ""

    def item(self, words: str) -> str:
        return f"- {self.text(words)}" if self.markdown else f"  {words}"

    def inner(self, words: str) -> str:
        return f"  - {self.text(words)}" if self.markdown else f"      {words}"
