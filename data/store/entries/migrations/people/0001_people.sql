create table entries_version (version integer not null);
insert into entries_version values (0);
create table people (
    id integer primary key,
    login text not null unique,
    name text not null,
    password text,
    created_at text not null,
    disabled_at text
);
create table memberships (
    person integer not null references people (id) on delete cascade,
    business text not null,
    role text not null check (role in ('owner', 'lead', 'viewer')),
    scope text not null default '[]',
    pages text,
    money text not null default 'shown' check (money in ('shown', 'rounded', 'hidden')),
    primary key (person, business)
);
create table sessions (
    id integer primary key,
    token_hash text not null unique,
    person integer references people (id) on delete cascade,
    link integer,
    business text not null,
    device text not null,
    created_at text not null,
    seen_at text not null,
    expires_at text not null,
    ended_at text,
    check ((person is null) <> (link is null))
);
create index sessions_person on sessions (person);
create table invitations (
    token_hash text primary key,
    kind text not null check (kind in ('owner', 'invitation', 'reset')),
    person integer references people (id) on delete cascade,
    business text not null,
    created_at text not null,
    expires_at text not null,
    used_at text
);
create table attempts (
    who text not null,
    at text not null
);
create index attempts_who on attempts (who, at);
create table deeds (
    id integer primary key,
    at text not null,
    business text not null,
    who text not null,
    what text not null,
    detail text not null
)
