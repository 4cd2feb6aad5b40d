"""What the page of experiments asks, and its addresses.

Invariant: a study is remembered under the entries' version, so a decision or a mark shows at once.
"""

from collections.abc import Mapping

from data.store.entries import Experiment
from kpi.experiment import Asking, Study, studied
from kpi.experiment.naming import AD, ad_names
from pages._ui import address, navigation, session
from pages._ui.session import View

PAGE = "experiments"
EVERY = 100_000
"""Members that are looked through."""


def where(**parts: str) -> str:
    """The address of this page with these parts and the language, and no others."""
    told = {name: [value] for name, value in parts.items()}
    return navigation.href(PAGE, {**told, **address.language()})


def asking(view: View) -> Asking:
    """Where answers come from."""
    return Asking(view.reader, view.kpis, view.targets, view.store.entries.marks.all(), view.today)


def study(view: View, experiment: Experiment) -> Study:
    """An experiment as it stands today."""
    question = ("experiment", experiment.id, view.store.entries.version)
    return session.kept(view, question, lambda: studied(asking(view), experiment))


def names(view: View, dimension: str) -> Mapping[str, str]:
    """Member → what it is called, where that is not itself."""
    return session.kept(view, "ad names", lambda: ad_names(view.reader)) if dimension == AD else {}


def may_change(view: View) -> bool:
    """Whether who is asking may enter, change and decide."""
    return view.reader.scope.role == "owner"


def visible(view: View) -> tuple[Experiment, ...]:
    """The experiments whose members are all within what may be seen; the owner sees those too whose data are gone."""
    every = view.store.entries.experiments.all()
    if may_change(view):
        return every
    return tuple(one for one in every if {*one.design.a, *one.design.b} <= _members(view, one.design.dimension))


def _members(view: View, dimension: str) -> frozenset[str]:
    known = session.kept(view, ("every member", dimension), lambda: view.reader.members(dimension, EVERY))
    return frozenset(known)
