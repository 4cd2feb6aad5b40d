"""Ways of looking closer at one KPI, below its charts: the rows behind the number first, one at a time."""
