"""Whether what is loaded can be relied on: fresh, without gaps, columns filled, volumes as usual."""
