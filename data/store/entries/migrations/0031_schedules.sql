create table schedules (
    id integer primary key autoincrement,
    title text not null,
    what text not null,
    rhythm text not null,
    audience text not null,
    channel integer not null,
    entered_at text not null,
    entered_by text not null,
    handled_until text not null,
    paused_at text,
    removed_at text
)
