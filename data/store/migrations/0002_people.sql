-- Spellings that people merged, and the name each is read as; derived from what they entered.
create table merged_people (spelling varchar not null, name varchar not null);
