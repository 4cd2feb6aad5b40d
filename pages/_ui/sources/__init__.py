"""Sources that are asked by themselves: connected, tried, watched, and what of theirs waits for a person."""
