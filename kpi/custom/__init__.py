"""KPIs that people define: from a formula as a person writes it to definitions like the built-in ones.

Invariant: what leaves here is a `Kpi` in the one grammar (kpi/formula), its every name one of the schema; so whatever
takes built-in KPIs takes these.
"""
