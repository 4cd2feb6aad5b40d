create table contacts (
    person integer primary key references people (id) on delete cascade,
    email text not null,
    chat text not null
)
