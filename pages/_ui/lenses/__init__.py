"""Ways of looking closer at one KPI, below its charts: the rows behind the number or another, one at a time."""
