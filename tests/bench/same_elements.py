"""What the product's page is made of, as a viewer receives it: its pieces of HTML and its charts with their data.

A bare Streamlit page of exactly these, on constant data (same_page.py), is the yardstick of a rerun: what is slower in
the product than in that is asking, checking and counting, and the frame of filters around.
"""

import asyncio
import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.crowd import Change, gather, leave

KINDS = ("html", "markdown", "vega_lite_chart")

Piece = dict[str, Any]
"""kind, and body, or spec, theme and data (Arrow, base64)."""


def write(path: Path, url: str, page: str, queries: Sequence[str]) -> Path:
    """Look at the page under each query and keep what was sent, for same_page.py."""
    path.write_text(json.dumps([_seen(url, page, query) for query in queries]), encoding="utf-8")
    return path


def _seen(url: str, page: str, query: str) -> list[Piece]:
    return asyncio.run(_looked_at(url, page, query))


async def _looked_at(url: str, page: str, query: str) -> list[Piece]:
    viewers = await gather(url, page, [""], Change())
    await viewers[0].do(Change(query))
    viewers[0].cached.clear()
    await viewers[0].do(Change(query))
    await leave(viewers)
    places = {path: piece for data in viewers[0].received for path, piece in _pieces(data)}
    return [places[path] for path in sorted(places)]


def _pieces(data: bytes) -> Iterator[tuple[tuple[int, ...], Piece]]:
    told = ForwardMsg.FromString(data)
    if told.WhichOneof("type") != "delta" or told.delta.WhichOneof("type") != "new_element":
        return
    element = told.delta.new_element
    kind = element.WhichOneof("type")
    if kind in KINDS:
        yield tuple(told.metadata.delta_path), {"kind": kind, **_content(kind, getattr(element, kind))}


def _content(kind: str, element: Any) -> Piece:
    if kind != "vega_lite_chart":
        return {"body": element.body}
    assert not element.datasets, "a chart has one table"
    return {"spec": element.spec, "theme": element.theme, "data": base64.b64encode(element.data.data).decode()}
