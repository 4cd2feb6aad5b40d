"""Who is let in: signing in, links, one-time links, and the check of every request.

Invariant: nobody reaches a screen, a file or a websocket before it is known who they are.
"""
