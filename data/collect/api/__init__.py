"""What the connectors of services with an API share: asking, pace, failures, and the tables that come of it."""
