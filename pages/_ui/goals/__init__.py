"""What the business wants: goals, the key KPIs that serve them, and the targets that judge."""
