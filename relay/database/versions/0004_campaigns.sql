insert into campaign (id, created_at, retired_at) values
  ('b2b-cold-uk', '2026-03-05 08:00:00+02', null), ('alt', '2026-03-01 08:00:00+02', '2026-03-05 08:00:00+02');
insert into campaign_version (campaign_id, version, document, envelope, origin, source, publisher_id, publisher, note, published_at) values
  ('b2b-cold-uk', 1, '{"id":"b2b-cold-uk","title":"Перша\\n"}', 'a.b.c', 'import', null, 'import', 'Prozvon', '', '2026-03-05 08:00:00+02'),
  ('b2b-cold-uk', 2, '{"id":"b2b-cold-uk","title":"Друга"}', 'a.b.d', 'rollback', 1, '00000000-0000-4000-8000-0000000000c1', 'Марія', 'назад', '2026-03-05 09:00:00+02');
insert into campaign_draft (campaign_id, stamp, base, document, editor, edited_at) values
  ('b2b-cold-uk', '00000000-0000-4000-8000-0000000000d2', 2, '{"title":"Чернетка"}', 'Марія', '2026-03-05 10:00:00+02');
insert into campaign_draft_past (campaign_id, stamp, document, edited_at) values
  ('b2b-cold-uk', '00000000-0000-4000-8000-0000000000d1', '{"title":"Чер"}', '2026-03-05 09:59:00+02');
insert into campaign_import (campaign_id, digest, document, is_open, imported_at) values
  ('b2b-cold-uk', '\x0d', '{"id":"b2b-cold-uk"}', true, '2026-03-05 08:00:00+02');
insert into campaign_key (kid, public_jwk, private_jwk, position, created_at) values
  ('k0', '{"kid":"k0","kty":"EC"}', '{"kty":"EC","d":"none"}', 0, '2026-03-05 08:00:00+02');
