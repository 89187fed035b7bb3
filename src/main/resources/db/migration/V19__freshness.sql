-- A snapshot confirms every record in force, but for those whose row it had rejected; an addition
-- confirms those it repeats. Only the exceptions are kept here.
CREATE TABLE IF NOT EXISTS standing (
  record_id    BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  source_id    SMALLINT UNSIGNED NOT NULL,
  delivery_id  INT UNSIGNED NOT NULL COMMENT 'that rejected or repeated it last',
  standing     ENUM('rejected', 'repeated') NOT NULL,
  KEY (source_id)
);
