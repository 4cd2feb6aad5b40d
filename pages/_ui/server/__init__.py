"""The web server around the screens: routes, middleware and lifespan of the ASGI app.

Middleware sees HTTP requests and the opening of websockets, never a rerun: rights are checked in the Reader.
"""
