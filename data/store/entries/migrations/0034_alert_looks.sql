create table alert_looks (
    rule integer primary key,
    state text not null,
    looked_at text not null
)
