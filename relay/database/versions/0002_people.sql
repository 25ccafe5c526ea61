insert into person (id, name, role, portal_member_id, portal_user_id, is_active, created_at) values
  ('00000000-0000-4000-8000-0000000000c1', 'Марія', 'coordinator', 'member', 42, true, '2026-03-05 08:00:00+02');
insert into token (id, person_id, secret_hash, last_used_at, expires_at) values
  ('0123456789cd', '00000000-0000-4000-8000-0000000000c1', '\x02', '2026-03-05 09:00:00+02', '2027-01-01 00:00:00+02');
