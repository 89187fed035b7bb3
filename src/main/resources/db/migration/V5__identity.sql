-- The parameters by which evidence is weighed, as they were estimated; the last one is in force.
CREATE TABLE IF NOT EXISTS match_model (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  since_run     INT UNSIGNED NOT NULL,
  definition    CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'version of matching.yml',
  records       INT UNSIGNED NOT NULL COMMENT 'that it was estimated from',
  model         LONGTEXT NOT NULL COMMENT 'JSON',
  PRIMARY KEY (programme_id, since_run)
);

-- Blocking keys: a new record is compared with those that share one. Keys of records that are no
-- longer in force stay until all is compared again.
CREATE TABLE IF NOT EXISTS match_key (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  rule          SMALLINT UNSIGNED NOT NULL COMMENT 'place of the blocking rule in the model',
  key_hash      BIGINT NOT NULL,
  record_id     BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (programme_id, rule, key_hash, record_id)
);

-- Pairs of records in force whose evidence comes up to the threshold for asking.
CREATE TABLE IF NOT EXISTS match_pair (
  record_a  BIGINT UNSIGNED NOT NULL,
  record_b  BIGINT UNSIGNED NOT NULL,
  weight    DOUBLE NOT NULL COMMENT 'log-odds in bits',
  PRIMARY KEY (record_a, record_b),
  KEY (record_b)
);

-- Pairs of records that may be one unit and are not linked: a person decides.
CREATE TABLE IF NOT EXISTS candidate (
  candidate_id  INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  record_a      BIGINT UNSIGNED NOT NULL,
  record_b      BIGINT UNSIGNED NOT NULL,
  weight        DOUBLE NULL COMMENT 'log-odds in bits; null where a rule gave several units',
  cause         ENUM('similar', 'conflict', 'several') NOT NULL,
  since_run     INT UNSIGNED NOT NULL,
  UNIQUE (record_a, record_b),
  KEY (programme_id),
  KEY (record_b)
);

-- What a person said of two records, by the keys that outlive their versions.
CREATE TABLE IF NOT EXISTS verdict (
  verdict_id    INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  source_a      SMALLINT UNSIGNED NOT NULL,
  key_hash_a    BIGINT NOT NULL,
  key_a         VARCHAR(191) NOT NULL,
  source_b      SMALLINT UNSIGNED NOT NULL,
  key_hash_b    BIGINT NOT NULL,
  key_b         VARCHAR(191) NOT NULL,
  verdict       ENUM('same', 'different') NOT NULL,
  as_of         DATE NOT NULL,
  decided_by    VARCHAR(191) NOT NULL,
  cause         TEXT NOT NULL,
  pending       BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'no run has acted on it, or on its undoing, yet',
  undone_as_of  DATE NULL,
  undone_by     VARCHAR(191) NULL COMMENT 'null while it is in force',
  undone_cause  TEXT NULL,
  KEY (programme_id)
);

ALTER TABLE link ADD COLUMN IF NOT EXISTS probability DOUBLE NULL COMMENT 'of the best evidence; null where a rule decided';

ALTER TABLE unit_event MODIFY COLUMN kind
  ENUM('renamed', 'merged', 'dissolved', 'revived', 'split', 'split_from') NOT NULL;

-- How much a run compared.
CREATE TABLE IF NOT EXISTS match_work (
  run_id    INT UNSIGNED NOT NULL PRIMARY KEY,
  pairs     BIGINT UNSIGNED NOT NULL COMMENT 'compared',
  left_out  BIGINT UNSIGNED NOT NULL COMMENT 'pairs in blocks too large even when cut up'
);
