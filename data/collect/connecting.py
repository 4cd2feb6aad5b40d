"""Connecting a source: checked settings, sealed secrets.

Invariant: nothing is connected before all of it is checked; a secret that is not given stays what it was.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.collect.kinds import kind_named
from data.collect.model import Kind
from data.collect.rhythm import rhythm
from data.collect.settings import secrets_of, settled
from data.errors import UserError
from data.message import say
from data.schema.loader import fact
from data.store.entries.collect import Connection, NewConnection
from data.store.store import Store


def connect(store: Store, new: NewConnection, secrets: Mapping[str, str], instead_of: int | None = None) -> Connection:
    """Connect a source, or change the one of a number. `UserError` names what is missing or cannot be."""
    kind = kind_named(new.kind)
    checked = replace(new, settings=settled(kind, new.settings))
    rhythm(new.rhythm, kind.least)
    if new.fact is not None:
        fact(new.fact)
    _refuse_missing(store, kind, secrets, instead_of)
    entries = store.entries
    made = entries.connections.add(checked) if instead_of is None else entries.connections.change(instead_of, checked)
    for name, value in secrets.items():
        if value:
            entries.secrets.put(made.secret_name(name), value)
    return made


def _refuse_missing(store: Store, kind: Kind, secrets: Mapping[str, str], number: int | None) -> None:
    known = {one.name for one in store.entries.secrets.known(f"collect.{number}.") if one.is_readable}
    for setting in secrets_of(kind):
        if setting.is_required and not secrets.get(setting.name) and f"collect.{number}.{setting.name}" not in known:
            raise UserError(say("«{setting}» is not filled in.", setting=setting.title))
