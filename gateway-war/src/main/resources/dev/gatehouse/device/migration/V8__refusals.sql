-- Connections that were not admitted, the same ones of one client in one row. Plain SQL that H2 and PostgreSQL both read.
-- No secret is kept. The document is JSON in ASCII.

create table refusal (
    refusal_id varchar(36)     not null primary key,
    likeness   varchar(64)     not null,
    times      bigint          not null,
    first_at   bigint          not null,
    last_at    bigint          not null,
    document   varchar(200000) not null
);

create index refusal_last on refusal (last_at, refusal_id);
