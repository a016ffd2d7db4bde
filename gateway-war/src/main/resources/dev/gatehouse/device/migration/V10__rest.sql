-- What complete REST needs. Plain SQL that H2 and PostgreSQL both read.

-- Calls with an Idempotency-Key, for a day. call_id and request are keyed hashes, and the answer is encrypted: nothing here can
-- be read without the caller's credential. A call without an answer is under way, or nobody knows how it ended.
create table idempotent_call (
    call_id  varchar(64)     not null primary key,
    key_id   varchar(16)     not null,
    request  varchar(64)     not null,
    begun_at bigint          not null,
    is_lost  boolean         not null,
    answer   varchar(400000)
);

create index idempotent_call_key on idempotent_call (key_id, begun_at);
create index idempotent_call_begun on idempotent_call (begun_at);

-- Orders in which devices are listed, page by page. sort_name is what people call the device, in lower case.
-- The rows that are there are filled by rewriting the table: an update of a million rows in one transaction took H2 many times
-- as long, and eight times the room.
alter table device add column sort_name varchar(512) default '' not null;
alter table device alter column sort_name set data type varchar(512) using lower(coalesce(label, display_name, ''));
create index device_newest on device (created_at desc, device_id);
create index device_approved on device (approved_at, device_id);
create index device_seen on device (last_seen_at, device_id);
create index device_name on device (sort_name, device_id);
