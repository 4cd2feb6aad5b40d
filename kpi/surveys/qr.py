"""A link as a QR code.

Invariant: dark on light whatever the theme: many phones read nothing else.
"""

import io

import segno


def svg(address: str) -> str:
    """The code as an <svg> element with its quiet zone; it takes the size of what it stands in."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
    )
    return out.getvalue().decode("utf-8").strip()
