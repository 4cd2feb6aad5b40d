"""Who a client is, whatever way their telephone number was written.

Invariant: a client is a telephone number where the cell holds one, else a name within a branch.
"""

_DIGITS = """case when plain is not null then plain
  when regexp_matches(client, '(\\d\\D*){10}') then try_cast(regexp_replace(client, '\\D', '', 'g') as ubigint) end"""
"""Digits among other signs («Anna, 8 900 …») are looked for only where the cell is not a bare number."""

_CLIENT = """case
  when digits between 80000000000 and 89999999999 then digits - 10000000000
  when digits between 1000000000 and 9999999999 then digits + 70000000000
  when digits between 10000000000 and 999999999999999 then digits
  else md5_number_lower(coalesce(branch, '') || chr(31) || regexp_replace(lower(trim(client)), '\\s+', ' ', 'g')) end"""
"""Ten digits are a Russian number without its 7; 8 … of eleven is written for 7 …."""


def with_client_key(rows: str) -> str:
    """A SELECT that holds `client` and `branch`, with `client_id`; empty where the cell is."""
    plain = f"select *, try_cast(client as ubigint) as plain from ({rows})"
    digits = f"select *, {_DIGITS} as digits from ({plain})"
    return f"select *, case when client is not null then {_CLIENT} end as client_id from ({digits})"
