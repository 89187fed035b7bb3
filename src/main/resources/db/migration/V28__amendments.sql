-- Which record a row of corrections or deletions is about.
CREATE TABLE IF NOT EXISTS amendment (
  delivery_id  INT UNSIGNED NOT NULL REFERENCES delivery,
  ordinal      INT UNSIGNED NOT NULL COMMENT 'of the row in its delivery',
  sheet        VARCHAR(64) NOT NULL,
  row_no       INT UNSIGNED NOT NULL,
  record_id    BIGINT UNSIGNED NOT NULL COMMENT 'the record that it ended',
  PRIMARY KEY (delivery_id, ordinal),
  KEY (record_id)
);

ALTER TABLE delivery ADD COLUMN IF NOT EXISTS deleted INT UNSIGNED NOT NULL DEFAULT 0
  COMMENT 'rows that closed a record' AFTER unchanged;

ALTER TABLE delivery DROP CONSTRAINT IF EXISTS every_accepted_row_is_one_of;

ALTER TABLE delivery ADD CONSTRAINT IF NOT EXISTS every_accepted_row_is_one_of_these
  CHECK (accepted = added + changed + unchanged + deleted);
