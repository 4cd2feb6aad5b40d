create table experiment_log (
    version integer primary key autoincrement,
    experiment integer not null,
    action text not null,
    state text not null,
    who text not null,
    note text not null,
    body text not null,
    entered_at text not null
);
create index experiment_log_by_experiment on experiment_log (experiment);
create trigger experiment_log_stays before update on experiment_log begin select raise(abort, 'experiment_log: add a version'); end
