-- What is counted ahead (data/store/rollups): which state of each rollup holds for which version of the data.
create table if not exists rollup_states (
    name varchar not null, structure varchar not null, stamp varchar not null, dimensions varchar[] not null,
    made integer not null, version integer
);
-- Per rollup and month the mark of the rows that were counted.
create table if not exists rollup_months (name varchar not null, month date not null, mark varchar not null);
