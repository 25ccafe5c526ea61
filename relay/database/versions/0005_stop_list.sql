insert into stop_entry (id, version, subject_kind, subject_value, scope_kind, scope_id, channel, term_kind, term_until, source, words, entered_at, entered_by_id, entered_by) values
  ('00000000-0000-4000-8000-0000000000d1', 1, 'phone', '+380441112233', 'global', null, 'all', 'until_reviewed', null, 'client', E'«Не дзвоніть»\t\\ ;', '2026-03-05 10:00:00+02', '00000000-0000-4000-8000-0000000000c1', 'Марія'),
  ('00000000-0000-4000-8000-0000000000d2', 1, 'company', 'edrpou:12345678', 'campaign', 'b2b-cold-uk', 'call', 'until', '2026-09-01 10:00:00+03', 'repeat_limit', '', '2026-03-05 10:00:00+02', 'command', 'admin'),
  ('00000000-0000-4000-8000-0000000000d3', 2, 'mail', 'office@romashka.example', 'customer', 'Замовник', 'mail', 'permanent', null, 'import', '', '2026-03-05 10:00:00+02', 'command', 'admin');
insert into stop_decision (entry_id, decision, version, at, by_id, by_name, reason) values
  ('00000000-0000-4000-8000-0000000000d1', 'kept', 3, '2026-03-05 11:00:00+02', '00000000-0000-4000-8000-0000000000c1', 'Марія', 'Прослухано'),
  ('00000000-0000-4000-8000-0000000000d3', 'reversed', 4, '2026-03-05 12:00:00+02', '00000000-0000-4000-8000-0000000000c1', 'Марія', 'Помилка');
update stop_list_state set version = 4;
insert into consent (id, subject_kind, subject_value, scope_kind, scope_id, channel, basis, words, given_at, entered_at, entered_by_id, entered_by) values
  ('00000000-0000-4000-8000-0000000000e1', 'phone', '+380441112244', 'global', null, 'call', 'consent', 'Так, телефонуйте', '2026-03-05 10:00:00+02', '2026-03-05 10:01:00+02', '00000000-0000-4000-8000-0000000000c1', 'Марія');
insert into consent_withdrawal (consent_id, at, by_id, by_name, words) values
  ('00000000-0000-4000-8000-0000000000e1', '2026-03-05 13:00:00+02', '00000000-0000-4000-8000-0000000000c1', 'Марія', 'Передумали');
