insert into action (id, xact, at, received_at, clock_behind_ms, person_id, by, kind, campaign_id, campaign_version, card_key, attempt_id, event) values
  ('00000000-0000-4000-8000-0000000000e1', '7', '2026-03-06 10:00:00+02', '2026-03-06 10:00:01+02', 12, '00000000-0000-4000-8000-0000000000c1', 'person', 'attempt.started', 'b2b-cold-uk', 2, 'p.example lead 12', '00000000-0000-4000-8000-0000000000a9', '{"kind":"attempt.started"}');
insert into action_personal (action_id, phone, email, text, blanked_at) values
  ('00000000-0000-4000-8000-0000000000e1', '+380501234567', 'olena@example.com', 'нотатка', null);
insert into person_campaign (person_id, campaign_id) values
  ('00000000-0000-4000-8000-0000000000c1', 'b2b-cold-uk');
