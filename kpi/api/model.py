"""The nouns of the API: Parameter, Endpoint, Asking, Answer.

Invariant: what an endpoint takes and gives is said once, in its Endpoint: requests are read by it, the routes and the
OpenAPI description are made of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from data.access.reader import Reader
from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.language import Language
from kpi.model import Kpi
from kpi.targets import TargetBook, of_scope

Kind = Literal["text", "day", "whole", "pair"]
"""text · day: an ISO date · whole: a whole number · pair: DIM=VALUE."""
JSON, CSV, PNG, SVG, HTML = "application/json", "text/csv", "image/png", "image/svg+xml", "text/html"


class WrongQuestion(UserError):
    """A parameter that does not exist, is missing, or cannot be read."""


@dataclass(frozen=True)
class Parameter:
    """One thing an endpoint is told."""

    name: str
    """Its name in the address."""
    about: str
    """What it means, in English, for the description."""
    kind: Kind = "text"
    """How it is read."""
    place: Literal["query", "path"] = "query"
    """Where in the address it stands."""
    many: bool = False
    """Whether it may be given several times."""
    needed: bool = False
    """Whether it has to be given."""
    choices: tuple[str, ...] = ()
    """The only values it may have; empty: any."""
    default: str | int | None = None
    """What it is when it is not given; None: nothing."""
    low: int | None = None
    """Of a whole number: the smallest."""
    high: int | None = None
    """Of a whole number: the largest; of what may be given several times: how often."""


@dataclass(frozen=True)
class Asking:
    """Whoever asks, and of what."""

    store: Store
    """The workspace."""
    reader: Reader
    """Every question about the data goes through it."""
    kpis: Catalogue
    """All definitions of the workspace."""
    targets: TargetBook
    """All targets."""
    words: Language
    """The language of the answer."""

    @cached_property
    def known(self) -> Mapping[str, Kpi]:
        """The KPIs the token answers for, in the order of the catalogue."""
        areas = self.reader.scope.pages
        return {kpi.id: kpi for kpi in self.kpis.visible() if areas is None or kpi.area in areas}

    def kpi(self, name: str) -> Kpi:
        """One of them. `UnknownName` for any other, whether it exists or not."""
        if name not in self.known:
            raise UnknownName(say("There is no KPI «{name}».", name=name), hint=did_you_mean(name, self.known))
        return self.known[name]

    @cached_property
    def book(self) -> TargetBook:
        """The targets that judge what the token shows."""
        return of_scope(self.targets, self.reader.scope)


Told = Mapping[str, Any]
"""Name of a parameter → what was said: one value, or a tuple of those that may be given several times."""


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    body: bytes
    """Its bytes."""
    media: str
    """Its media type."""


@dataclass(frozen=True)
class Endpoint:
    """One address of the API."""

    name: str
    """What the description calls it (operationId)."""
    path: str
    """Its address below /api/v1, with {places}."""
    title: str
    """What it gives, in a few English words."""
    about: str
    """What it gives, in English."""
    parameters: tuple[Parameter, ...]
    """What it is told."""
    gives: Mapping[str, str | None]
    """Media type → name of the answer's schema; None: it has none."""
    answer: Callable[[Asking, Told], Answer]
    """Makes the answer. `UserError` where there is none."""
