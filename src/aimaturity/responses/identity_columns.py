"""Which columns tell who answered, by their headings."""

from __future__ import annotations

from collections.abc import Sequence

from aimaturity.responses.normalise import normalise
from aimaturity.responses.targets import IDENTITY_WORDS
from aimaturity.responses.tools.layout import Heading

_PERSON = frozenset({"name", "namn"})
"""Names of columns that hold the company's name in a list of companies, and the respondent's in most surveys."""
_COMPANY_ONLY = frozenset({"limesurvey", "surveymonkey", "eusurvey", "redcap"})
"""Tools that number their respondents themselves: only the company is told by a question. What is called `id`, `date`
or `name` there is their own, or a person's."""


def identities(tool: str, headings: Sequence[Heading]) -> dict[int, str]:
    """Column -> the field of identity that its heading names, of columns that their tool takes for answers.

    A column called *Namn* is a person's where another has the company's name.
    """
    found: dict[int, tuple[str, str]] = {}
    for column, heading in enumerate(headings):
        if heading.role != "answer":
            continue
        for text in heading.texts:
            word = normalise(text)
            # Of a heading with a part only the part may be a name of its own: a question in a group.
            if word in IDENTITY_WORDS and (not heading.part or text in heading.part):
                found[column] = (IDENTITY_WORDS[word], word)
                break
    company = tool in _COMPANY_ONLY or any(field == "name" and word not in _PERSON for field, word in found.values())
    return {
        column: field
        for column, (field, word) in found.items()
        if not (company and word in _PERSON) and (tool not in _COMPANY_ONLY or field in ("name", "organisationsnummer"))
    }
