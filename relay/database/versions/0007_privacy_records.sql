insert into privacy_record (at, action, who, counts, retain_days, identifier_salt, identifier_hash) values
  ('2026-03-06 03:00:00+02', 'erase', 'admin', '{"message":1}', null, '\x0a', '\x0b'),
  ('2026-03-06 03:00:00+02', 'retain', 'schedule', '{}', 365, null, null);
