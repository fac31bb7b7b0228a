"""Plain mode: the interview as lines, only ever appended, for screen readers, slow lines, pipes and scripts."""

from __future__ import annotations

from typing import TextIO

from aimaturity.interview.desk import Desk
from aimaturity.interview.face import Context, Ended, Source
from aimaturity.interview.script import Script
from aimaturity.interview.showing import left_line
from aimaturity.interview.talk import Talk


def hold(
    desk: Desk, source: Source, out: TextIO, remarks: TextIO, *, typed: bool, context: Context | None = None
) -> Ended:
    """Holds the interview to its pause or end. Everything given is saved through the desk as it is given.

    typed    whether a person types: then questions are written out and follow-ups asked. Else each line is an answer,
             and one that can't be read stops the reading, or is told and skipped where it names its question
    remarks  gets what is left, where the input came to its end before the questions did
    """
    face = (Talk if typed else Script)(desk, source, out, context or Context())
    ended = face.run()
    if ended.how in ("input", "stopped") and ended.missing:
        remarks.write(left_line(desk.session, desk.language) + "\n")
    return ended


def exit_code(ended: Ended) -> int:
    """0 ended or paused as asked, or everything has an answer; 1 the input came to its end before the questions did, or
    a line was skipped; 2 a line stopped the reading, something isn't saved, or somebody else took the interview over;
    130 interrupted."""
    if ended.how == "interrupted":
        return 130
    if ended.how in ("stopped", "lost") or ended.unsaved:
        return 2
    return 1 if ended.how == "input" or ended.problems else 0
