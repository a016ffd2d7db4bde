-- The end of device tokens. Plain SQL that H2 and PostgreSQL both read.

-- Null while tokens live on for ever.
alter table device_grant add column token_expires_at bigint;
