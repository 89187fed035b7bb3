-- Units that have received their letter.
CREATE TABLE IF NOT EXISTS letter_receipt (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  revision      INT UNSIGNED NOT NULL COMMENT 'that the letter tells of',
  unit_id       INT UNSIGNED NOT NULL,
  received_on   DATE NOT NULL,
  recorded_on   DATE NOT NULL,
  recorded_by   VARCHAR(191) NOT NULL,
  PRIMARY KEY (programme_id, revision, unit_id)
);
