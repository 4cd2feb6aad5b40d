"""The time of every case cut into pieces: for each execution the wait before it and its work.

Invariant: the pieces of a case add up to its time, whatever overlaps: what is done while another step still runs adds
only what lies beyond that step's end. Without starts the whole time from one step to the next is waiting. Hours are
those of the working clock.
"""

PIECES = """
  pieces as (
    select *, hours - wait as work from (
      select *, (finished_clock - since_clock) / 3.6e9 as hours,
        greatest(least(coalesce(started_clock, finished_clock), finished_clock) - since_clock, 0) / 3.6e9 as wait
      from (
        select *, coalesce(lag(finished_clock) over (partition by case_id order by place),
          min(coalesce(started_clock, finished_clock)) over (partition by case_id)) as since_clock
        from executions)))"""
"""Common table: the executions with `hours`, their parts `wait` and `work`."""
