insert into token (id, name, role, secret_hash, created_at, revoked_at) values
  ('0123456789ab', 'Олена', 'operator', '\x00ff', '2026-03-01 08:00:00.123456+02', null),
  ('ba9876543210', E'Іван «Тест»\t\\ 1', 'admin', '\xdeadbeef', '2026-03-02 08:00:00+02', '2026-03-03 08:00:00+02');

insert into message (id, token_id, channel, campaign_id, campaign_version, template, language,
  recipient, subject, text, card, attempt_id, state, detail, submission_id, submitted_at, tries,
  created_at, updated_at) values
  ('00000000-0000-4000-8000-000000000001', '0123456789ab', 'sms', 'b2b-cold-uk', 3, 'appointment',
   'uk', '+380501234567', null, E'Олено, зателефонуємо\nзавтра. \u2028 \\. ', '{"portal":"https://p.example","kind":"lead","id":12}',
   '00000000-0000-4000-8000-0000000000a1', 'delivered', null,
   '00000000-0000-4000-8000-0000000000b1', '2026-03-04 10:00:00+02', 1, '2026-03-04 09:59:00+02', '2026-03-04 10:01:00+02'),
  ('00000000-0000-4000-8000-000000000002', '0123456789ab', 'mail', 'b2b-cold-uk', 3, 'offer',
   'uk', 'olena@example.com', 'Пропозиція', 'Текст', '{"portal":"https://p.example","kind":"company","id":7}',
   '00000000-0000-4000-8000-0000000000a2', 'queued', 'gateway_busy', null, null, 0, '2026-03-04 11:00:00+02', '2026-03-04 11:00:00+02'),
  ('00000000-0000-4000-8000-000000000003', 'ba9876543210', 'sms', 'b2b-cold-ru', 1, 'appointment',
   'ru', '+380671234567', null, 'Текст', '{"portal":"https://p.example","kind":"lead","id":13}',
   '00000000-0000-4000-8000-0000000000a3', 'submitting', null,
   '00000000-0000-4000-8000-0000000000b3', '2026-03-04 12:00:00+02', 1, '2026-03-04 12:00:00+02', '2026-03-04 12:00:00+02');

insert into idempotency_record (token_id, key, request_hash, message_id, answer, created_at) values
  ('0123456789ab', '00000000-0000-4000-8000-0000000000a1:sms', '\x01', '00000000-0000-4000-8000-000000000001',
   '{"id":"00000000-0000-4000-8000-000000000001","channel":"sms","state":"queued","detail":null,"updatedAt":"2026-03-04T07:59:00.000Z"}',
   '2026-03-04 09:59:00+02');

insert into signing_key (name, key) values ('delivery', '\x0102030405060708');
