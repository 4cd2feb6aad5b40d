create table surveys (
    id integer primary key autoincrement,
    kind text not null,
    audience text not null,
    title text not null,
    questions text not null,
    asks_comment integer not null,
    opens_on text not null,
    until text,
    closed_on text,
    is_sealed integer not null default 0,
    entered_at text not null
);
create table survey_links (
    id integer primary key autoincrement,
    survey integer not null references surveys (id) on delete cascade,
    dimension text,
    member text,
    salt text not null,
    hash text unique
);
create index survey_links_by_survey on survey_links (survey);
create table survey_invitations (
    hash text primary key,
    link integer not null references survey_links (id) on delete cascade,
    place integer not null,
    is_used integer not null default 0
) without rowid;
create index survey_invitations_by_link on survey_invitations (link);
create table survey_answers (
    id text primary key,
    survey integer not null references surveys (id) on delete cascade,
    link integer references survey_links (id) on delete cascade,
    day text,
    scores text not null,
    comment text
) without rowid;
create index survey_answers_by_survey on survey_answers (survey);
create table survey_remarks (
    id text primary key,
    survey integer not null references surveys (id) on delete cascade,
    remark text not null
) without rowid
