-- How many wrong secrets came, so that neither a restart nor another node begins to count anew. Plain SQL that H2 and
-- PostgreSQL both read. No secret is in here, in whatever form.

-- Of all clients, by the minute since the epoch; an hour of it is kept.
create table guess_minute (
    minute_number bigint not null primary key,
    guesses       bigint not null
);

-- Who used up the guesses that are free: a kind of credential, and who showed wrong ones (an address or a known device).
create table guess_standing (
    credential   varchar(16)  not null,
    guesser      varchar(128) not null,
    since        bigint       not null,
    guesses      integer      not null,
    locked_until bigint       not null,
    primary key (credential, guesser)
);
