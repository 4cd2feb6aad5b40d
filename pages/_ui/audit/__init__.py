"""The audit: the steps, what hinders, and before and after."""
