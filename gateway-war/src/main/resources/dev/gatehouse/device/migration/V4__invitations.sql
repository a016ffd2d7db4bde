-- One-time invitations. Plain SQL that H2 and PostgreSQL both read. No secret is kept, only hashes.

-- created_by is the device of the session that invited, or null for the gateway's owner. join_code_hash is null once the
-- link was fetched, and join_token_hash before.
create table invitation (
    invitation_id   varchar(36)  not null primary key,
    profile         varchar(32)  not null,
    label           varchar(64),
    created_by      varchar(128),
    gateway_url     varchar(512) not null,
    dashboard_url   varchar(512),
    token_hash      varchar(64)  not null unique,
    join_code_hash  varchar(64)  unique,
    join_token_hash varchar(64)  unique,
    created_at      bigint       not null,
    expires_at      bigint       not null,
    revoked_at      bigint,
    redeemed_at     bigint,
    redeemed_by     varchar(128),
    device_name     varchar(256),
    version         bigint       not null
);

create index invitation_expiry on invitation (expires_at);
