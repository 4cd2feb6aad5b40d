create table sealed_secrets (
    name text primary key,
    sealed blob not null,
    changed_at text not null
) strict
