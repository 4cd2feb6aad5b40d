"""The kinds of sources there are.

Invariant: a kind is one module with a `KIND`; it is listed here and nowhere else.
"""

from collections.abc import Mapping

from data.collect import avito, folder, mail, push, web, yclients
from data.collect.model import Kind
from data.errors import UnknownName, did_you_mean
from data.message import say

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (web.KIND, mail.KIND, folder.KIND, push.KIND, avito.KIND, yclients.KIND)
}
"""Code → kind, in the order of the form."""


def kind_named(name: str) -> Kind:
    """The kind of a code."""
    if name not in KINDS:
        raise UnknownName(say("There is no kind of source «{name}».", name=name), hint=did_you_mean(name, KINDS))
    return KINDS[name]
