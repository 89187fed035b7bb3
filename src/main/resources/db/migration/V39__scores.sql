-- Scores of the units of a programme whose policy looks at the population: there the change of one unit
-- changes the scores of all, and all rows of assessment would be written anew every night. Where a
-- block is here, its scores are in force and not those of assessment, which then keeps what else is
-- known of a unit, with the score that it had when that last changed.
CREATE TABLE IF NOT EXISTS score (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  block         INT UNSIGNED NOT NULL COMMENT 'unit_id DIV 4096',
  since_run     INT UNSIGNED NOT NULL COMMENT 'last run that changed a score of the block',
  changed       SMALLINT UNSIGNED NOT NULL COMMENT 'units whose assessment that run has changed',
  data          MEDIUMBLOB NOT NULL COMMENT 'big-endian, by unit: score, day since which, digest of its assessment',
  PRIMARY KEY (programme_id, block)
);
