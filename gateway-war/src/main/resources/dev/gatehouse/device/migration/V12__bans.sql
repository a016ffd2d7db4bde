-- Who is shut out, whatever the chain says. Plain SQL that H2 and PostgreSQL both read. The number never comes twice, so
-- that nodes which share a database see by the number of rows and the greatest one whether anything changed.

create table ban (
    ban_id     varchar(16)  not null primary key,
    number     bigint       generated always as identity,
    target     varchar(160) not null unique,
    reason     varchar(800) not null,
    created_at bigint       not null,
    ends_at    bigint
);
