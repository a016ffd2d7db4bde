-- The announced end of devices that nobody uses. Plain SQL that H2 and PostgreSQL both read.

-- Null while no end is announced.
alter table device add column expires_at bigint;
create index device_expiry on device (expires_at, device_id);
