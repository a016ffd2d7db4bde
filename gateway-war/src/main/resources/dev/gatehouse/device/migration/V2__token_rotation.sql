-- Device tokens that are rotated and revoked. Plain SQL that H2 and PostgreSQL both read.

-- token_scopes is null while the token carries everything that was granted.
alter table device_grant add column token_scopes varchar(8192);
alter table device_grant add column token_rotated_at bigint;
alter table device_grant add column token_revoked_at bigint;

-- Tokens that were replaced or revoked, so that whoever presents one is told so; the last few of each grant.
create table retired_token (
    token_hash  varchar(64)  not null primary key,
    grant_id    varchar(144) not null references device_grant (grant_id) on delete cascade,
    fate        varchar(16)  not null,
    valid_until bigint       not null,
    retired_at  bigint       not null
);

create index retired_token_grant on retired_token (grant_id, retired_at);
