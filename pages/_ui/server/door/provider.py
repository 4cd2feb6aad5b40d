"""Signing in elsewhere: Streamlit's own handlers of OpenID Connect, and what they found out.

Invariant: the one module that knows Streamlit's unpublished names (a test holds that they are there). Of what a
provider tells only an `Identity` goes on: its tokens and claims are neither kept nor logged, and Streamlit's cookies,
which would hold them, reach no browser.
"""

import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_redirect_uri,
    get_secrets_auth_section,
    is_authlib_installed,
    validate_auth_credentials,
)
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

BACK = "/oauth2callback"
"""Where a provider sends people back to; the address Streamlit gives it in `redirect_uri`."""
_CODE = re.compile(r"[a-z_]{1,40}", re.ASCII)
"""How OAuth writes what went wrong (RFC 6749 §4.1.2.1); anything else is not written into the log."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Provider:
    """A service people may sign in with."""

    id: str
    """Name of its section in secrets.toml; `default`: [auth] itself is its section."""
    title: str
    """What people call it."""


@dataclass(frozen=True)
class Identity:
    """Who came back from a provider."""

    provider: str
    """Id of the provider."""
    email: str
    """The address it knows them by."""
    is_verified: bool
    """Whether the address is theirs, as far as the provider says."""


def providers() -> tuple[Provider, ...]:
    """The ones that secrets.toml tells completely."""
    return tuple(Provider(name, _title(name)) for name, trouble in _sections().items() if not trouble)


def troubles() -> tuple[str, ...]:
    """What is wrong with those it does not, a sentence each, for whoever starts the program."""
    return tuple(trouble for trouble in _sections().values() if trouble)


async def leave_for(request: Request, provider: Provider) -> Response | None:
    """On to the provider's own page; None: it does not answer."""
    query = urlencode({"provider": encode_provider_token(provider.id)}).encode()
    response = await _handler("/auth/login")(Request({**request.scope, "query_string": query}, request.receive))
    return response if urlsplit(response.headers.get("location", "")).netloc else None


async def came_back(request: Request) -> Identity | None:
    """Who a provider says they are; None: it was cut short, or is not an answer to a question of this browser's."""
    if error := request.query_params.get("error"):
        _log.warning("Signing in elsewhere failed: %s", error if _CODE.fullmatch(error) else "unknown error")
        return None
    claims = _claims(await _handler(BACK)(request))
    email = claims.get("email")
    if not isinstance(email, str):
        return None
    # «false» may come as a word; who says nothing about it is believed, as the owner chose the provider
    return Identity(str(claims["provider"]), email, str(claims.get("email_verified", True)).lower() == "true")


def _claims(response: Response) -> Mapping[str, Any]:
    """What Streamlit would have the browser keep of somebody who has come in; empty: nobody has."""
    kept: dict[str, str] = {}
    for line in response.headers.getlist("set-cookie"):
        kept |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
    secret = get_cookie_secret()
    told = get_cookie_with_chunks(lambda name: decode_signed_value(secret, name, kept.get(name, "")), USER_COOKIE_NAME)
    return dict(json.loads(told)) if told else {}


def _handler(path: str) -> Callable[[Request], Awaitable[Response]]:
    """Streamlit's handler of an address."""
    return {route.path: route.endpoint for route in create_auth_routes("")}[path]


def _sections() -> dict[str, str]:
    """Id of each provider in secrets.toml, and what is wrong with it: empty, nothing."""
    auth = get_secrets_auth_section()
    if not isinstance(auth, Mapping):
        return {"default": "[auth] in secrets.toml is not a table."}
    named = [name for name in auth if isinstance(auth[name], Mapping) and name != "client_kwargs"]
    return {name: _trouble(name) for name in (["default"] if "client_id" in auth else []) + named}


def _trouble(name: str) -> str:
    if not is_authlib_installed():
        return "Signing in elsewhere needs the package Authlib, which is not installed."
    try:
        validate_auth_credentials(name)
    except StreamlitAuthError as error:
        return " ".join(str(error).split())
    address = get_redirect_uri(get_secrets_auth_section()) or ""
    return "" if urlsplit(address).path == BACK else f"redirect_uri in secrets.toml has to end with {BACK}."


def _title(name: str) -> str:
    auth = get_secrets_auth_section()
    section = auth if name == "default" else auth[name]
    host = urlsplit(str(section["server_metadata_url"])).hostname or name
    return str(section.get("title") or (host if name == "default" else name.capitalize()))
