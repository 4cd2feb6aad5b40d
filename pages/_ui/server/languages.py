"""Which of our languages a request asks for, before any screen has run."""

from urllib.parse import parse_qs

from starlette.types import Scope

from pages._ui.server.requests import header

LANGUAGES = ("ru", "en")


def preferred(scope: Scope) -> str:
    """The `lang` of the address if it is ours, else the best of Accept-Language, else English."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else best(header(scope, "accept-language") or "")


def best(accept_language: str) -> str:
    """The first of our languages by weight: `best("de, ru;q=0.8, en;q=0.5") == "ru"`."""
    ranked = sorted(map(_weighted, accept_language.split(",")), key=lambda pair: -pair[1])
    return next((code for code, weight in ranked if code in LANGUAGES and weight > 0), "en")


def _weighted(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";q=")
    try:
        return tag.strip().lower().split("-")[0], float(weight or 1)
    except ValueError:
        return "", 0.0
