insert into pairing_code (code_hash, person_id, role, created_at, expires_at, used_at) values
  ('\x0c', '00000000-0000-4000-8000-0000000000c1', 'coordinator', '2026-03-05 07:00:00+02', '2026-03-05 07:15:00+02', '2026-03-05 07:01:00+02');
insert into softphone_account (person_id, sealed, updated_at) values
  ('00000000-0000-4000-8000-0000000000c1', 'v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '2026-03-05 07:02:00+02');
update role_access set masks_phones = true where role = 'operator';
insert into quota_use (person_id, quota, day, used) values
  ('00000000-0000-4000-8000-0000000000c1', 'messages', '2026-03-05', 17);
with content as (select '{"seq":"1","at":"2026-03-05T05:00:00.000Z","kind":"access.changed","actor":"command","subject":null,"detail":{}}' as text)
insert into audit_event (seq, at, kind, content, hash)
  select 1, '2026-03-05T05:00:00Z', 'access.changed', text, sha256(decode(repeat('00', 32), 'hex') || convert_to(text, 'UTF8')) from content;
update audit_chain set seq = 1, hash = (select hash from audit_event);
