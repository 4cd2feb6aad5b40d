"""The page of the bonuses."""
