-- What steps of a policy know of the population, so that one unit can be scored again and explained
-- without all others.
CREATE TABLE IF NOT EXISTS statistic (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  step          VARCHAR(191) NOT NULL COMMENT 'path of the criterion and number of the step',
  peers         VARCHAR(191) NOT NULL COMMENT 'the group; empty for all units',
  since_run     INT UNSIGNED NOT NULL,
  until_run     INT UNSIGNED NOT NULL DEFAULT 4294967295,
  part          SMALLINT UNSIGNED NOT NULL COMMENT 'long columns are cut',
  data          MEDIUMBLOB NOT NULL COMMENT 'doubles, big-endian',
  PRIMARY KEY (programme_id, step, peers, since_run, part)
);

ALTER TABLE assessment
  ADD COLUMN IF NOT EXISTS judged TINYINT UNSIGNED NOT NULL DEFAULT 255
    COMMENT 'rank of the highest tier of which a person may decide that it enters' AFTER stays,
  ADD COLUMN IF NOT EXISTS exemptions VARCHAR(191) NULL AFTER triggers,
  ADD COLUMN IF NOT EXISTS counted TINYINT UNSIGNED NOT NULL DEFAULT 1
    COMMENT 'whether it is in the population that ranks are taken over' AFTER recheck_on;
