"""The OpenAPI 3.1 description, made of the table of endpoints.

Invariant: it says nothing of any business: whoever reads it knows what can be asked, and no name or figure.
"""

from typing import Any

from kpi.api.address import PREFIX
from kpi.api.endpoints import ENDPOINTS
from kpi.api.model import CSV, JSON, PNG, Endpoint, Parameter
from kpi.api.schemas import SCHEMAS, Schema, named

PROBLEM = "application/problem+json"
VERSION = "1.0.0"

REFUSALS = {
    "400": "A parameter does not exist, is missing, or cannot be read.",
    "401": "There is no token, or it does not answer: it never did, was taken back, or is over.",
    "403": "The token is for a card only.",
    "404": "There is no such KPI or dimension, or the token does not answer for it.",
    "422": "The question makes sense, but has no answer here: it is too large, takes too long, or nothing is loaded.",
    "429": "Too many requests; Retry-After says how many seconds to wait.",
}
"""Status → when."""


def description(server: str = "") -> dict[str, Any]:
    """The document. `server`: address the API is reached at; empty: the one the document came from."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "KPI dashboard", "version": VERSION,
            "description": "Figures of a business, read only, within the scope of a token.",
        },
        "servers": [{"url": server + PREFIX}],
        "security": [{"token": []}],
        "paths": {one.path: {"get": _operation(one)} for one in ENDPOINTS},
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Made on the page «Access»."},
            },
            "schemas": SCHEMAS,
        },
    }  # fmt: skip


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    content = {media: {"schema": _schema_of(media, name)} for media, name in endpoint.gives.items()}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.title,
        "description": endpoint.about,
        "parameters": [*map(_parameter, endpoint.parameters), _IF_NONE_MATCH],
        "responses": {
            "200": {"description": endpoint.title, "headers": {"ETag": _ETAG}, "content": content},
            "304": {"description": "The answer is the one If-None-Match named."},
            **{status: _refusal(status, why) for status, why in REFUSALS.items()},
        },
    }


_ETAG = {"description": "Changes with the answer.", "schema": {"type": "string"}}
_IF_NONE_MATCH = {
    "name": "If-None-Match", "in": "header", "description": "ETag of the answer that is known already.",
    "schema": {"type": "string"},
}  # fmt: skip


def _schema_of(media: str, name: str | None) -> Schema:
    if media == JSON and name is not None:
        return named(name)
    if media == PNG:
        return {"type": "string", "contentMediaType": PNG, "contentEncoding": "binary"}
    return {"type": "string", "contentMediaType": media} if media != CSV else {"type": "string"}


def _refusal(status: str, why: str) -> dict[str, Any]:
    wait = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}} if status == "429" else {}
    return {
        "description": why, **({"headers": wait} if wait else {}),
        "content": {PROBLEM: {"schema": named("Problem")}},
    }  # fmt: skip


def _parameter(one: Parameter) -> dict[str, Any]:
    value = _value(one)
    schema = {"type": "array", "items": value, **({"maxItems": one.high} if one.high else {})} if one.many else value
    many = {"style": "form", "explode": True} if one.many else {}
    return {
        "name": one.name, "in": one.place, "description": one.about,
        "required": one.needed or one.place == "path", **many, "schema": schema,
    }  # fmt: skip


def _value(one: Parameter) -> Schema:
    kinds: dict[str, Schema] = {
        "text": {"type": "string"}, "day": {"type": "string", "format": "date"}, "whole": {"type": "integer"},
        "pair": {"type": "string", "pattern": "^[^=]+=.*$"},
    }  # fmt: skip
    schema = dict(kinds[one.kind])
    schema |= {"enum": list(one.choices)} if one.choices else {}
    schema |= {"default": one.default} if one.default is not None else {}
    if one.kind == "whole":
        schema |= {"minimum": one.low or 0, **({"maximum": one.high} if one.high is not None else {})}
    return schema
