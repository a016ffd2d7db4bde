-- What an API key may do, and until when. Keys made before may do everything, for ever.

alter table api_key add column key_scope varchar(16) default 'ADMIN' not null;
alter table api_key add column expires_at bigint;
