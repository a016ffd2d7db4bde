-- The end of device tokens, and what is known of devices that come and go. Plain SQL that H2 and PostgreSQL both read.

-- Null while tokens live on for ever.
alter table device_grant add column token_expires_at bigint;

-- When the device was first approved; the order in which devices are listed, page by page.
alter table device add column created_at bigint;
update device set created_at = approved_at;
alter table device alter column created_at set not null;
create index device_created on device (created_at, device_id);

-- Where (null for the gateway's own machine), in which version and how the device was seen last.
alter table device add column last_seen_from varchar(64);
alter table device add column last_seen_version varchar(256);
alter table device add column last_seen_reason varchar(32);
