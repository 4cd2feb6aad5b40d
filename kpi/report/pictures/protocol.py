"""What the renderer and its child say to each other: a byte before each answer."""

DONE, FAILED = b"\x01", b"\x00"
