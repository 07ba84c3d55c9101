-- +goose Up
-- Frames and connectors are notes of a kind. What few notes have stands in one
-- column, which is empty for all others and is written only when it changes:
-- see docs/adr/0015.
--
-- A column whose type has checks would be written into every row; so the checks
-- come after it. Rows that there are have nothing in it.
CREATE DOMAIN note_more AS jsonb;

ALTER TABLE notes
    ADD COLUMN more note_more,
    ADD COLUMN made_at timestamptz;

ALTER DOMAIN note_more ADD CHECK (
    VALUE IS NULL
    OR jsonb_typeof(VALUE) = 'object'
   AND VALUE - '{kind,locked,link,group,picture,alt,from,to}'::text[] = '{}'
   AND COALESCE(VALUE ->> 'kind' IN ('frame', 'connector'), true)
   AND COALESCE(VALUE -> 'locked' = 'true', true)
   AND COALESCE(VALUE ->> 'link' ~* '^(https?://|mailto:).' AND char_length(VALUE ->> 'link') <= 2048, true)
   AND COALESCE(VALUE ->> 'group' ~ '^[0-9A-Za-z_-]{8,32}$', true)
   AND COALESCE(VALUE ->> 'picture' ~ '^[0-9a-z]{32,64}$', true)
   AND COALESCE(char_length(VALUE ->> 'alt') <= 1000, true)
   AND COALESCE(VALUE ->> 'from' ~ '^[0-9A-Za-z_-]{8,32}$', true)
   AND COALESCE(VALUE ->> 'to' ~ '^[0-9A-Za-z_-]{8,32}$', true)
   AND (VALUE ->> 'kind' IS NOT DISTINCT FROM 'connector') = (VALUE ?& '{from,to}' AND VALUE -> 'from' <> VALUE -> 'to')
   AND (VALUE ->> 'kind' IS NOT DISTINCT FROM 'connector') = (VALUE ?| '{from,to}')
) NOT VALID;

-- A connector has no size of its own, a frame may be as large as a wall.
ALTER DOMAIN note_size DROP CONSTRAINT note_size_check;
ALTER DOMAIN note_size ADD CHECK (VALUE = 0 OR VALUE BETWEEN 40 AND 20000) NOT VALID;
