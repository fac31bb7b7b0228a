"""Readers of survey tools' exports, one module a tool. Each knows its tool's files from what stands in them."""

from __future__ import annotations

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools import (
    alchemer,
    eusurvey,
    google_forms,
    kobo,
    limesurvey,
    microsoft_forms,
    plain,
    qualtrics,
    redcap,
    surveyjs,
    surveymonkey,
    typeform,
)
from aimaturity.responses.tools.layout import Layout, Reader

READERS: dict[str, Reader] = {
    "surveyjs": surveyjs.read,
    "qualtrics": qualtrics.read,
    "limesurvey": limesurvey.read,
    "surveymonkey": surveymonkey.read,
    "eusurvey": eusurvey.read,
    "kobo": kobo.read,
    "odk": kobo.read,
    "microsoft-forms": microsoft_forms.read,
    "google-forms": google_forms.read,
    "alchemer": alchemer.read,
    "typeform": typeform.read,
    "redcap": redcap.read,
    "plain": plain.read,
}
"""In the order in which they are asked: those with the surest marks first."""


def layout_of(sheet: Sheet, source: str | None = None) -> Layout | None:
    """How the sheet is to be read: by the reader named, else by the first that knows it."""
    if source is not None:
        return READERS[source](sheet)
    return next((found for found in (read(sheet) for read in READERS.values()) if found is not None), None)
