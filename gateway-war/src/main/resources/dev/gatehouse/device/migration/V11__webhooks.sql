-- Webhooks: how far each has read the journal, and what still has to be delivered (docs/adr/0040-webhooks.md). Plain SQL
-- that H2 and PostgreSQL both read. No secret is kept. Documents are JSON in ASCII.

create table webhook (
    name             varchar(40)  not null primary key,
    fingerprint      varchar(64)  not null,
    sequence         bigint       not null,
    stopped          boolean      not null,
    failures         integer      not null,
    resumes_at       bigint       not null,
    last_success_at  bigint,
    last_failure_at  bigint,
    last_failure     varchar(200),
    removed_at       bigint
);

create table webhook_delivery (
    message_id       varchar(40)    not null primary key,
    webhook          varchar(40)    not null,
    sequence         bigint         not null,
    type             varchar(64)    not null,
    happened_at      bigint         not null,
    document         varchar(20000) not null,
    state            varchar(8)     not null,
    attempts         integer        not null,
    next_at          bigint         not null,
    lease            varchar(40),
    leased_until     bigint         not null,
    last_attempt_at  bigint,
    last_failure     varchar(200),
    constraint webhook_delivery_once unique (webhook, sequence)
);

create index webhook_delivery_due on webhook_delivery (webhook, state, next_at);
