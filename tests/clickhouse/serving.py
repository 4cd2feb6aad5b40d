"""Run as a process of its own: one real ClickHouse server, out of the library that embeds it.

`python serving.py LIBRARY TCP_PORT HTTP_PORT FOLDER CONFIG`. The library has all of ClickHouse's local program, which
can listen for queries as a server does; there it lives until it is killed.
"""

import ctypes
import sys

LISTEN = "system start listen tcp; system start listen http"
FOREVER = (
    "select sleepEachRow(1) from numbers(100000000)"
    " settings max_block_size = 1, function_sleep_max_microseconds_per_block = 3000000 format Null"
)


def main(library: str, tcp: str, http: str, folder: str, config: str) -> None:
    """Listen."""
    words = [
        "clickhouse", f"--path={folder}", f"--tcp_port={tcp}", f"--http_port={http}", "--listen_host=127.0.0.1",
        f"--config-file={config}", "--multiquery", f"--query={LISTEN}; {FOREVER}",
    ]  # fmt: skip
    ctypes.CDLL(library).chdb_query_cmdline(
        len(words), (ctypes.c_char_p * len(words))(*(word.encode() for word in words))
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
