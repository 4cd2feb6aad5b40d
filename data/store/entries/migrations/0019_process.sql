-- Settings of the process: a change is a new version, and none is ever changed or deleted.
create table process_settings (
    version integer primary key autoincrement,
    content text not null,
    entered_at text not null
);
create trigger process_settings_stay before update on process_settings begin select raise(abort, 'process_settings: add a version'); end;
