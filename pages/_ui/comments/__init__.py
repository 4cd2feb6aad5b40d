"""What people say about a KPI: beside its charts, and on the overview where somebody is asked to say something.

Invariant: whoever sees a part sees only what is said about that part.
"""
