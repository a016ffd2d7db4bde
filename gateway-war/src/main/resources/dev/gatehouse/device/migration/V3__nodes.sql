-- What nodes may be used for. Plain SQL that H2 and PostgreSQL both read. Names are joined by blanks; a permission is
-- '<name>=true' or '<name>=false'. Both tables hang off the device's grant for the role node, and end with it.

create table node_surface (
    grant_id         varchar(144)   not null primary key references device_grant (grant_id) on delete cascade,
    device_id        varchar(128)   not null,
    capabilities     varchar(8192)  not null,
    commands         varchar(16384) not null,
    permissions      varchar(8192)  not null,
    client_id        varchar(256)   not null,
    client_mode      varchar(256)   not null,
    client_version   varchar(256)   not null,
    platform         varchar(256)   not null,
    device_family    varchar(256),
    display_name     varchar(256),
    model_identifier varchar(256),
    core_version     varchar(256),
    ui_version       varchar(256),
    peer             varchar(64)    not null,
    is_local         boolean        not null,
    created_at       bigint         not null,
    approved_at      bigint         not null,
    version          bigint         not null
);

create index node_surface_device on node_surface (device_id);

-- At most one for each node, for as long as it waits.
create table node_surface_request (
    request_id       varchar(32)    not null primary key,
    grant_id         varchar(144)   not null unique references device_grant (grant_id) on delete cascade,
    device_id        varchar(128)   not null,
    capabilities     varchar(8192)  not null,
    commands         varchar(16384) not null,
    permissions      varchar(8192)  not null,
    client_id        varchar(256)   not null,
    client_mode      varchar(256)   not null,
    client_version   varchar(256)   not null,
    platform         varchar(256)   not null,
    device_family    varchar(256),
    display_name     varchar(256),
    model_identifier varchar(256),
    core_version     varchar(256),
    ui_version       varchar(256),
    peer             varchar(64)    not null,
    is_local         boolean        not null,
    created_at       bigint         not null,
    version          bigint         not null
);

create index node_surface_request_device on node_surface_request (device_id);
