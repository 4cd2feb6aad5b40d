"""What somebody entered for a source, checked and typed.

Invariant: what comes out has every setting of the kind but its secrets, of the type its form says; whatever is wrong is
told by the name the form shows, and no message repeats a secret.
"""

from collections.abc import Mapping

from data.collect.model import Kind, Setting, Value
from data.errors import UnknownName, UserError, did_you_mean
from data.message import say

_YES = ("1", "true", "yes", "on", "да")
_NO = ("0", "false", "no", "off", "нет", "")
_LONGEST = 2_000
"""Characters of a text."""


def settled(kind: Kind, given: Mapping[str, object]) -> dict[str, Value]:
    """Setting → value. `UserError` names the setting that is missing or cannot be."""
    known = {setting.name: setting for setting in kind.settings if setting.form != "secret"}
    for name in given:
        if name not in known:
            raise UnknownName(
                say("«{kind}» has no setting «{name}».", kind=kind.title, name=name), hint=did_you_mean(name, known)
            )
    values = {name: _value(setting, given.get(name)) for name, setting in known.items()}
    if kind.check is not None:
        kind.check(values)
    return values


def secrets_of(kind: Kind) -> tuple[Setting, ...]:
    """The settings that are sealed."""
    return tuple(setting for setting in kind.settings if setting.form == "secret")


def _value(setting: Setting, given: object) -> Value:
    value = setting.default if given is None or given == "" else _typed(setting, given)
    if setting.is_required and setting.form in ("text", "address", "folder") and not value:
        raise UserError(say("«{setting}» is not filled in.", setting=setting.title))
    if setting.check is not None and value != "":
        setting.check(value)
    return value


def _typed(setting: Setting, given: object) -> Value:
    if setting.form == "number":
        return _number(setting, given)
    if setting.form == "yes":
        return _yes(setting, given)
    text = str(given).strip()
    if setting.form == "choice" and text not in setting.choices:
        raise UserError(
            say("«{setting}» cannot be «{value}».", setting=setting.title, value=text),
            hint=say("It is one of: {names}", names=", ".join(setting.choices)),
        )
    if len(text) > min(setting.most, _LONGEST) or not text.isprintable():
        raise UserError(say("«{setting}» is too long, or holds signs that cannot be seen.", setting=setting.title))
    return text


def _number(setting: Setting, given: object) -> int:
    try:
        number = int(str(given).strip())
    except ValueError:
        raise UserError(say("«{setting}» is not a number.", setting=setting.title)) from None
    if not setting.least <= number <= setting.most:
        raise UserError(
            say("«{setting}» is between {least} and {most}.", setting=setting.title, least=setting.least,
                most=setting.most)
        )  # fmt: skip
    return number


def _yes(setting: Setting, given: object) -> bool:
    text = str(given).strip().lower()
    if text not in (*_YES, *_NO):
        raise UserError(say("«{setting}» is yes or no.", setting=setting.title))
    return text in _YES
