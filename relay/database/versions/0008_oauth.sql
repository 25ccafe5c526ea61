insert into portal_application (member_id, configured_origin, origin, offered_origin, application_token, connected_at) values
  ('member', 'https://example.bitrix24.ru', 'https://example.bitrix24.ru', null, 'sealed', '2026-03-05 08:00:00+02');
insert into portal_account (person_id, member_id, user_id, auth_origin, sealed, expires_at, refreshed_at, ended, ended_at) values
  ('00000000-0000-4000-8000-0000000000c1', 'member', 42, 'https://oauth.bitrix.info', 'sealed', '2026-03-05 09:00:00+02', '2026-03-05 08:00:00+02', null, null);
insert into token_refresh (person_id, started_at) values
  ('00000000-0000-4000-8000-0000000000c1', '2026-03-05 08:59:00+02');
insert into sign_in (id, state_hash, challenge, language, address, expires_at, returned_at, person_id, failure, token_given_at) values
  ('00000000-0000-4000-8000-0000000000e1', '\x03', 'challenge', 'uk', '10.0.0.5', '2026-03-05 08:10:00+02', '2026-03-05 08:01:00+02', '00000000-0000-4000-8000-0000000000c1', null, '2026-03-05 08:01:01+02');
