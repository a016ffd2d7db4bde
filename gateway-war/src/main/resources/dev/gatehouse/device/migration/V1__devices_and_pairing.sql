-- Plain SQL that H2 and PostgreSQL both read. Times are epoch milliseconds, scopes are joined by blanks.

create table device (
    device_id      varchar(128)  not null primary key,
    public_key     varchar(128)  not null,
    label          varchar(64),
    client_id      varchar(256)  not null,
    client_mode    varchar(256)  not null,
    client_version varchar(256)  not null,
    platform       varchar(256)  not null,
    device_family  varchar(256),
    display_name   varchar(256),
    approved_at    bigint        not null,
    approved_via   varchar(16)   not null,
    last_seen_at   bigint,
    version        bigint        not null
);

-- What was approved for one role of a device; grant_id is '<device id>/<role>'.
create table device_grant (
    grant_id           varchar(144)  not null primary key,
    device_id          varchar(128)  not null references device (device_id) on delete cascade,
    role               varchar(16)   not null,
    scopes             varchar(8192) not null,
    withheld           varchar(8192) not null,
    token_hash         varchar(64),
    token_issued_at    bigint,
    token_last_used_at bigint,
    version            bigint        not null
);

create index device_grant_device on device_grant (device_id);

-- pending_key is '<device id>/<role>' while the request waits, and null afterwards: at most one waits at a time.
create table pairing_request (
    request_id     varchar(32)   not null primary key,
    pending_key    varchar(144)  unique,
    device_id      varchar(128)  not null,
    public_key     varchar(128)  not null,
    role           varchar(16)   not null,
    scopes         varchar(8192) not null,
    need           varchar(32)   not null,
    client_id      varchar(256)  not null,
    client_mode    varchar(256)  not null,
    client_version varchar(256)  not null,
    platform       varchar(256)  not null,
    device_family  varchar(256),
    display_name   varchar(256),
    peer           varchar(64)   not null,
    is_local       boolean       not null,
    state          varchar(16)   not null,
    created_at     bigint        not null,
    refreshed_at   bigint        not null,
    resolved_at    bigint,
    version        bigint        not null
);

create index pairing_request_state on pairing_request (state, refreshed_at);
create index pairing_request_peer on pairing_request (peer, state);
create index pairing_request_device on pairing_request (device_id);

create table api_key (
    key_id     varchar(16) not null primary key,
    label      varchar(64) not null,
    key_hash   varchar(64) not null,
    created_at bigint      not null,
    version    bigint      not null
);
