"""The people: everybody on one list, one person on a page, how they develop, and their links."""
