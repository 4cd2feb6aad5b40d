create table businesses (
    name text primary key,
    added_at text not null
)
