-- A unit that turned out to be another one: all its records go there. One that merged as an
-- organisation keeps the registry rows that describe it.
ALTER TABLE unit ADD COLUMN IF NOT EXISTS redirect BOOLEAN NOT NULL DEFAULT FALSE
  COMMENT 'merged because it turned out to be the same unit as merged_into';

-- What was known of a unit before a run changed it; a unit that never changed has no row.
CREATE TABLE IF NOT EXISTS unit_past (
  unit_id      INT UNSIGNED NOT NULL,
  until_run    INT UNSIGNED NOT NULL COMMENT 'the run that changed it',
  identifier   VARCHAR(40) NULL,
  name         VARCHAR(191) NOT NULL,
  state        ENUM('active', 'merged', 'dissolved') NOT NULL,
  merged_into  INT UNSIGNED NULL,
  ended_on     DATE NULL,
  PRIMARY KEY (unit_id, until_run)
);

-- One run may split several parts from a unit.
UPDATE unit_event SET other = 0 WHERE other IS NULL;
ALTER TABLE unit_event MODIFY COLUMN other INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0 for none',
  DROP PRIMARY KEY, ADD PRIMARY KEY (unit_id, run_id, kind, other);
ALTER TABLE unit_event MODIFY COLUMN kind
  ENUM('renamed', 'merged', 'dissolved', 'revived', 'split', 'split_from', 'identified') NOT NULL;
ALTER TABLE unit_event MODIFY COLUMN as_of DATE NOT NULL COMMENT 'when it happened; the run says when we knew';

-- A candidate of evidence has a weight, one of rules has none.
ALTER TABLE candidate MODIFY COLUMN cause
  ENUM('similar', 'conflict', 'several', 'one_name', 'one_code') NOT NULL;
