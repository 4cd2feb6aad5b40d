"""The settings of a kind as widgets: one form for all kinds.

Invariant: what is shown comes from the kind alone; a secret that is sealed already is not shown and stays unless
another is entered.
"""

from collections.abc import Mapping

import streamlit as st

from data.collect.model import Kind, Setting, Value
from kpi.language import Language


def ask(
    language: Language, settings: tuple[Setting, ...], known: Mapping[str, Value], key: str, *, sealed: bool
) -> tuple[dict[str, object], dict[str, str]]:
    """The values entered, and the secrets; `sealed`: secrets are kept already."""
    values: dict[str, object] = {}
    secrets: dict[str, str] = {}
    for setting in settings:
        if setting.form == "secret":
            secrets[setting.name] = _secret(language, setting, key, sealed=sealed)
        else:
            values[setting.name] = _field(language, setting, known.get(setting.name, setting.default), key)
    return values, secrets


def split(kind: Kind) -> tuple[tuple[Setting, ...], tuple[Setting, ...]]:
    """The settings nobody gets around, and the others."""
    first = tuple(one for one in kind.settings if _is_first(one))
    return first, tuple(one for one in kind.settings if one not in first)


def _is_first(setting: Setting) -> bool:
    return setting.is_required and setting.form in ("text", "address", "folder", "secret") and not setting.default


def _field(language: Language, setting: Setting, value: Value, key: str) -> object:
    label, told, name = language.render(setting.title), language.render(setting.help), f"{key}-{setting.name}"
    if setting.form == "number":
        return st.number_input(label, setting.least, setting.most, int(value or setting.least), help=told, key=name)
    if setting.form == "yes":
        return st.toggle(label, bool(value), help=told, key=name)
    if setting.form == "choice":
        names, said = list(setting.choices), setting.choices
        at = names.index(str(value)) if value in names else 0
        return st.selectbox(label, names, at, lambda one: language.render(said[one]), help=told, key=name)
    return st.text_input(label, str(value), help=told, placeholder=setting.example, key=name)


def _secret(language: Language, setting: Setting, key: str, *, sealed: bool) -> str:
    shown = language.t("unchanged") if sealed else ""
    return st.text_input(
        language.render(setting.title), type="password", help=language.render(setting.help), placeholder=shown,
        autocomplete="new-password", key=f"{key}-{setting.name}",
    )  # fmt: skip
