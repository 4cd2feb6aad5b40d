"""What a plain page's form sent.

Invariant: no more is read than a form can hold.
"""

from urllib.parse import parse_qs

from starlette.requests import Request

MOST_BYTES = 32_000
"""Of one form."""
MOST_FIELDS = 64
_FORM_TYPE = "application/x-www-form-urlencoded"


async def fields(request: Request) -> dict[str, str] | None:
    """Its fields; None: it is no form, or too large, and then the rest of it is not read."""
    if not request.headers.get("content-type", "").startswith(_FORM_TYPE):
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        sent = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return {name: values[-1] for name, values in sent.items()}
