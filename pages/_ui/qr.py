"""A link as a QR code on a page."""

import base64

from kpi.surveys.qr import svg
from pages._ui.escape import html
from pages._ui.markup import Html


def picture(address: str, alt: str) -> Html:
    """The code of an address; `alt` for readers of screens."""
    data = base64.b64encode(svg(address).encode()).decode()
    return Html(f'<img class="qr" width="148" height="148" alt="{html(alt)}" src="data:image/svg+xml;base64,{data}">')
