"""What a request says, read by the parameters of its endpoint.

Invariant: what an endpoint does not know, or cannot read, is refused and named: a question is never answered as
something else than it was meant.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from data.errors import did_you_mean
from data.message import Message, say
from kpi.api.model import Endpoint, Parameter, Told, WrongQuestion

LONGEST = 500
"""Characters of one value."""
MOST = 30
"""Values of a parameter that may be given several times, where it says nothing else."""
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def told(endpoint: Endpoint, query: Iterable[tuple[str, str]], path: Mapping[str, str]) -> Told:
    """Every parameter with what was said, or its default. `WrongQuestion` names what is wrong."""
    known = {one.name: one for one in endpoint.parameters}
    said: dict[str, list[str]] = {name: [text] for name, text in path.items()}
    for name, text in query:
        if name not in known or known[name].place == "path":
            query_names = [one.name for one in endpoint.parameters if one.place == "query"]
            raise WrongQuestion(say("There is no parameter «{name}».", name=name), hint=did_you_mean(name, query_names))
        said.setdefault(name, []).append(text)
    return {name: _value(one, said.get(name, [])) for name, one in known.items()}


def _value(parameter: Parameter, texts: list[str]) -> Any:
    if parameter.needed and not texts:
        raise WrongQuestion(say("The parameter «{name}» is missing.", name=parameter.name))
    most = (parameter.high or MOST) if parameter.many else 1
    if len(texts) > most:
        raise _wrong(parameter, say("It may be given {n} times at most.", n=most))
    if parameter.many:
        return tuple(dict.fromkeys(_read(parameter, text) for text in texts))
    return _read(parameter, texts[0]) if texts else parameter.default


def _read(parameter: Parameter, text: str) -> Any:
    if len(text) > LONGEST:
        raise _wrong(parameter, say("It is longer than {n} characters.", n=LONGEST))
    if parameter.choices and text not in parameter.choices:
        raise _wrong(parameter, say("It is one of {names}.", names=", ".join(parameter.choices)))
    return {"text": _text, "day": _day, "whole": _whole, "pair": _pair}[parameter.kind](parameter, text)


def _text(_parameter: Parameter, text: str) -> str:
    return text


def _day(parameter: Parameter, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(parameter, say("«{text}» is no date like 2026-10-31.", text=text)) from None


def _whole(parameter: Parameter, text: str) -> int:
    low, high = parameter.low or 0, parameter.high if parameter.high is not None else 10**9
    if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise _wrong(parameter, say("It is a whole number from {low} to {high}.", low=low, high=high))
    return int(text)


def _pair(parameter: Parameter, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise _wrong(parameter, say("«{text}» is not DIM=VALUE.", text=text))
    return name, value


def _wrong(parameter: Parameter, why: Message) -> WrongQuestion:
    return WrongQuestion(say("The parameter «{name}» cannot be read.", name=parameter.name), why)
