"""KoboToolbox and ODK Central: names or labels, groups in the headings, ticks joined by blanks or split 1 and 0."""

from __future__ import annotations

import re

from aimaturity.responses.sheet import Sheet
from aimaturity.responses.tools.layout import Heading, Layout, Standing, cells, identity, skip

_KOBO = frozenset({"_uuid", "_submission_time", "_validation_status", "_id"})
_ODK = frozenset({"SubmissionDate", "KEY", "SubmitterID", "ReviewState"})
_OWN = frozenset(
    {
        "start", "end", "today", "deviceid", "phonenumber", "username", "_uuid", "_validation_status", "_notes",
        "_status",
        "_submitted_by", "__version__", "_tags", "_index", "_parent_index", "_parent_table_name", "_attachments",
        "_geolocation", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected", "edits",
        "formversion", "meta-instanceid", "meta-instancename", "meta/instanceid", "instanceid", "key", "instancename",
        "formhub/uuid", "meta/rootuuid", "rootuuid", "_xform_id_string",
    }
)  # fmt: skip
_VALIDATION: dict[str, Standing] = {"not approved": "rejected", "validation_status_not_approved": "rejected"}
_REVIEW: dict[str, Standing] = {"rejected": "rejected"}
_STATE: dict[str, Standing] = {"partial": "partial"}


def read(sheet: Sheet) -> Layout | None:
    """Known by the columns that the server adds: `_uuid` and `_submission_time`, or `SubmissionDate` and `KEY`."""
    row = cells(sheet, 0)
    kobo, odk = _KOBO & set(row), _ODK & set(row)
    if len(kobo) < 2 and not {"SubmissionDate", "KEY"} <= odk:
        return None
    is_odk = len(odk) > len(kobo)
    separator = "-" if is_odk else _separator(row)
    headings = [_heading(text, separator, row, is_odk) for text in row]
    below = [text for text in cells(sheet, 1) if text]
    has_tags = bool(below) and all(re.match(r"#[a-z]", text) for text in below)  # HXL: what columns hold, for machines
    return Layout(
        tool="odk" if is_odk else "kobo",
        reasons=(", ".join(sorted(odk if is_odk else kobo)),),
        headings=headings,
        first=2 if has_tags else 1,
        joiner=" ",
    )


def _separator(row: list[str]) -> str:
    """What joins groups and options to a question: `/` from the site; another where somebody chose so."""
    if any("/" in text for text in row):
        return "/"
    dotted = [text for text in row if re.match(r"\w+(\.\w+)+\Z", text)]
    return "." if dotted else "/"


def _heading(text: str, separator: str, row: list[str], is_odk: bool) -> Heading:
    plain = text.casefold()
    if plain == "_id":
        return identity("respondent", text)
    if plain == "key":
        return identity("respondent", text)
    if plain in ("_submission_time", "submissiondate"):
        return identity("submitted", text)
    if plain in ("_validation_status", "reviewstate", "status"):
        standing = {"_validation_status": _VALIDATION, "reviewstate": _REVIEW, "status": _STATE}[plain]
        return skip(text, standing)
    if plain in _OWN or plain.startswith(("meta-", "meta/")):
        return skip(text)
    if is_odk and "/" in text:  # ODK joins groups by `-`, and an option to its question by `/`; names hold no `/`
        whole, option = text.rsplit("/", 1)
        return Heading((whole, whole.rsplit(separator, 1)[-1]), (option,))
    pieces = [piece.strip() for piece in text.split(separator)]
    if len(pieces) == 1:
        return Heading((text,), bare=True)
    # The last pieces are question and option, or group and question; where the heading without its last piece is a
    # column of its own, the last is an option.
    whole = separator.join(pieces[:-1])
    if whole in row:
        return Heading((whole, pieces[-2]), (pieces[-1],))
    return Heading((text, pieces[-1], separator.join(pieces[-2:]), pieces[-2]), (pieces[-1],))
