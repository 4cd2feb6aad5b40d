"""A provider of OpenID Connect on a free port, that lets everybody in and tells of them what a test wants."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.browser.server import free_port

CLIENT, SECRET = "kpi", "client-secret-of-the-test"
ACCESS = "access-token-of-the-test"


class Identities:
    """What it knows, and what it told."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {}
        """Told in the next token, over what is right."""
        self.error = ""
        """Told instead of a code, if any."""
        self.key = self.own = RSAKey.generate_key(2048, {"kid": "one"})
        """Signs the next token; the one that is published."""
        self.asked: list[dict[str, str]] = []
        """Parameters of every question."""
        self.tokens: list[str] = []
        """Every token that was given out."""

    def forget(self) -> None:
        """As at the start."""
        self.claims, self.error, self.key = {}, "", self.own

    def app(self) -> Starlette:
        """Its addresses."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    def discovery(self, _request: Request) -> Response:
        return JSONResponse({
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        })  # fmt: skip

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        told = {"error": self.error, "error_description": "no"} if self.error else {"code": f"c{len(self.asked) - 1}"}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(told | {'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        async with request.form() as form:
            asked, sent = self.asked[int(str(form["code"])[1:])], dict(form)
        if "code_verifier" not in sent:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        right = {
            "iss": self.url, "aud": CLIENT, "sub": "42", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "email": "anna@example.org", "email_verified": True,
        }  # fmt: skip
        claims = {name: value for name, value in (right | self.claims).items() if value is not None}
        self.tokens.append(jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key))
        told = {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 300, "id_token": self.tokens[-1]}
        return JSONResponse(told)

    def keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.own]).as_dict(private=False))


@contextmanager
def serving() -> Iterator[Identities]:
    """It, for as long as it is needed."""
    port = free_port()
    made = Identities(port)
    server = uvicorn.Server(uvicorn.Config(made.app(), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield made
    server.should_exit = True
    thread.join(timeout=10)
