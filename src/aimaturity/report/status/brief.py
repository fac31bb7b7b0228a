"""A promise in a few sentences, for pages and terminals alike."""

from __future__ import annotations

from aimaturity.documents import status as told
from aimaturity.report.status.teller import Teller

PEOPLE = ("participants", "hours")
SEXES = ("women", "men", "other")


def brief(teller: Teller, promise: told.PromiseStatus) -> str:
    """A promise in a few sentences."""
    title, target = teller.pick(promise.title), teller.number(promise.target)
    if promise.share is None:
        said = [teller.say("brief.promise_hidden", title=title, target=target)]
    else:
        share, outcome = teller.formats.percent(promise.share), teller.written(promise.outcome)
        said = [teller.say("brief.promise", title=title, outcome=outcome, target=target, share=share)]
    if promise.standing in ("kept", "missed"):
        return " ".join([*said, teller.say(f"brief.standing.{promise.standing}")])
    if promise.expected is not None:
        said.append(teller.say("brief.expected", expected=teller.whole(promise.expected)))
    if promise.forecast is not None:
        ends = {name: teller.number(getattr(promise.forecast, name)) for name in ("low", "likely", "high")}
        said.append(teller.say("brief.forecast", **ends))
        if promise.standing is not None:
            said.append(teller.say(f"brief.standing.{promise.standing}"))
    elif promise.no_forecast is not None:
        said.append(teller.say(f"brief.no_forecast.{promise.no_forecast}"))
    return " ".join(said)
