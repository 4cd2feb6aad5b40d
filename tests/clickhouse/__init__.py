"""ClickHouse as the engine, over servers of the tests' own."""
