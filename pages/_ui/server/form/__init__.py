"""The form that phones open: a page of its own beside the dashboard, without scripts, cookies or an account.

Invariant: whoever has a token can answer the survey it leads to, and reaches nothing else of the workspace.
"""
