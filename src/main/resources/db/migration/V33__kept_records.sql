-- Records as they were compared, with their blocking keys, packed: a night reads what it needs of
-- them in large strides. One segment for the night on which all was compared, one for each later.
CREATE TABLE IF NOT EXISTS match_segment (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  segment       INT UNSIGNED NOT NULL,
  records       INT UNSIGNED NOT NULL COMMENT 'numbered from 0 in the segment',
  PRIMARY KEY (programme_id, segment)
);

CREATE TABLE IF NOT EXISTS match_record (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  segment       INT UNSIGNED NOT NULL,
  part          INT UNSIGNED NOT NULL,
  data          LONGBLOB NOT NULL COMMENT 'record_id, source_id, key_hash and values of 4096 records',
  PRIMARY KEY (programme_id, segment, part)
);

CREATE TABLE IF NOT EXISTS match_block (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  rule          SMALLINT UNSIGNED NOT NULL COMMENT 'place of the blocking rule in the model',
  segment       INT UNSIGNED NOT NULL,
  part          INT UNSIGNED NOT NULL,
  first_key     BIGINT NOT NULL,
  data          LONGBLOB NOT NULL COMMENT 'hash of the key and number of the record, in order; -1 for a block beyond its limit',
  PRIMARY KEY (programme_id, rule, segment, part)
);

DROP TABLE IF EXISTS match_key;

-- Lists that were cut off; the next night finds them again.
UPDATE unlinked SET candidates = NULL WHERE CHAR_LENGTH(candidates) >= 200;

-- Two rows of a source of which no two are one unit fit the same one.
ALTER TABLE candidate MODIFY COLUMN cause
  ENUM('similar', 'conflict', 'several', 'one_name', 'one_code', 'rival') NOT NULL;
