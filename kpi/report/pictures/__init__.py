"""Charts as pictures, rendered in a process of their own.

Invariant: whatever a picture does to its renderer, this process only sees that it failed; no picture waits longer than
`renderer.SECONDS`. Nothing is imported here: the renderer's process begins with this package, and needs no more.
"""
