"""The process that renders pictures: `python -m kpi.report.pictures.child`.

Invariant: it reads requests from standard input and answers each on standard output, in their order; it ends when its
parent does, and by itself when nobody asks for a while. It opens no address.

A message is its length in four bytes, then JSON of a request, or of an answer one byte (1 done, 0 failed) and the
picture, or the reason.
"""

import json
import queue
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

import vl_convert

from kpi.report.pictures.protocol import DONE, FAILED

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
IDLE = 120.0
"""Seconds without a request after which it ends."""


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there is nothing more."""
    vl_convert.register_font_directory(str(FONTS))
    waiting: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_read, args=(requests, waiting), daemon=True).start()
    while True:
        try:
            request = waiting.get(timeout=IDLE)
        except queue.Empty:
            return
        if request is None:
            return
        answer = _answer(json.loads(request))
        answers.write(len(answer).to_bytes(4, "big") + answer)
        answers.flush()


def _read(requests: BinaryIO, waiting: "queue.Queue[bytes | None]") -> None:
    """Hand over what is asked; None when the parent is gone."""
    while len(head := requests.read(4)) == 4:
        waiting.put(requests.read(int.from_bytes(head, "big")))
    waiting.put(None)


def _answer(request: dict[str, Any]) -> bytes:
    try:
        return DONE + _rendered(request["what"], request["spec"], request["scale"])
    except ValueError as error:  # what vl-convert raises of a specification it cannot draw
        return FAILED + str(error).encode(errors="replace")


def _rendered(what: str, spec: dict[str, Any], scale: float) -> bytes:
    if what == "scripts":
        return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode()
    if what == "png":
        return vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])
    picture = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return vl_convert.svg_to_pdf(picture) if what == "pdf" else picture.encode()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
