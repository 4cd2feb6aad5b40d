"""Person by person: the scorecard, what one adds to the team's result, and how people develop.

Invariant: every figure of a person comes from the evaluator, within the Reader's scope; what is told of others to
somebody who may not see them is one figure over at least five people (kpi/people/peers.py).
"""
