"""What is said of an alert, in every language at once.

Invariant: names of members and texts of people are only ever parameters.
"""

from collections.abc import Callable, Mapping, Sequence

from kpi.alerts.model import Place, Said
from kpi.language import LANGUAGES, Language, language
from kpi.watch.words import member


def in_every(say_it: Callable[[Language], Said]) -> Mapping[str, Said]:
    """Language code → what is said."""
    return {code: say_it(language(code)) for code in LANGUAGES}


def title(what: str, place: Place, words: Language) -> str:
    """«Доля переделок · Бригада Б»; of the whole business the name alone."""
    whose = where(place, words)
    return f"{what} · {whose}" if whose else what


def where(place: Place, words: Language) -> str:
    """Whose it is; empty: the whole business."""
    return ", ".join(words.list(member((name, one), words) for one in members) for name, members in place)


def sentences(*parts: str) -> str:
    """Parts that are not empty, each with one full stop."""
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)


def short(text: str, most: int) -> str:
    """A text on one line, cut at a word where it is too long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0] if " " in line[: most // 2] else line[:most]
    return cut.rstrip(" ,.;:—-") + "…"


def capital(text: str) -> str:
    """With a capital letter first."""
    return text[:1].upper() + text[1:]


def names(shown: Sequence[str], most: int, words: Language) -> str:
    """«a, b и ещё 3»."""
    rest = len(shown) - most
    if rest <= 0:
        return words.list(shown)
    return words.tn("{names} and {n} more", "{names} and {n} more", rest, names=", ".join(shown[:most]))
