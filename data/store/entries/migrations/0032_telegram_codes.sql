create table telegram_codes (
    hash text primary key,
    recipient text not null,
    channel integer not null,
    expires_at text not null
) without rowid;
create table telegram_read (
    channel integer primary key,
    next integer not null
)
