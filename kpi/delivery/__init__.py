"""What goes out by itself: when, to whom, by which channel — and exactly once, or told to be uncertain.

Invariant: whoever receives something receives what their own scope shows, found anew at the moment it is made.
"""
