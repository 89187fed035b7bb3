ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- DDL cannot be rolled back: a command that is killed here leaves some of the tables, and the next one
-- begins again.

-- Two clocks: as_of says when something was true, a run number says when we knew it.
-- A row is in force from since_run up to, not including, until_run; 4294967295 is "still".

CREATE TABLE IF NOT EXISTS programme (
  programme_id      SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  programme         VARCHAR(64) NOT NULL UNIQUE,
  keyed_by          CHAR(64) NULL COMMENT 'version of matching.yml that the match keys of records come from',
  assessed_run      INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'units touched later than this wait for assessment',
  assessed_by       CHAR(64) NULL COMMENT 'version of policy.yml of all assessments in force',
  adjusted_run      INT UNSIGNED NOT NULL DEFAULT 0,
  adjusted_by       VARCHAR(64) NULL COMMENT 'of the definitions that entries depend on',
  current_revision  INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'the pointer that publishing moves'
);

CREATE TABLE IF NOT EXISTS source (
  source_id     SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL REFERENCES programme,
  source        VARCHAR(64) NOT NULL,
  UNIQUE (programme_id, source)
);

CREATE TABLE IF NOT EXISTS run (
  run_id        INT UNSIGNED NOT NULL PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL REFERENCES programme,
  job           VARCHAR(32) NOT NULL,
  as_of         DATE NOT NULL,
  round         SMALLINT UNSIGNED NOT NULL COMMENT 'how many runs of this job this business date has seen',
  state         ENUM('running', 'done', 'held', 'failed', 'stopped', 'abandoned') NOT NULL,
  started_at    TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  ended_at      TIMESTAMP(3) NULL,
  message       TEXT NULL,
  UNIQUE (programme_id, job, as_of, round)
);

-- One row. Who changes the list holds GET_LOCK('keyroll') and has raised the token; every
-- transaction of a run reads the token under a share lock first, so a holder that was taken for
-- dead can change nothing any more.
CREATE TABLE IF NOT EXISTS lease (
  only_one  TINYINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
  token     BIGINT UNSIGNED NOT NULL,
  holder    VARCHAR(200) NULL
);
INSERT IGNORE INTO lease VALUES (1, 0, NULL);

CREATE TABLE IF NOT EXISTS arrival (
  run_id       INT UNSIGNED NOT NULL REFERENCES run,
  file_name    VARCHAR(255) NOT NULL,
  size         BIGINT UNSIGNED NOT NULL,
  sha256       CHAR(64) CHARACTER SET ascii NULL,
  outcome      ENUM('new', 'known', 'unknown_source', 'unreadable') NOT NULL,
  delivery_id  INT UNSIGNED NULL,
  message      TEXT NULL,
  PRIMARY KEY (run_id, file_name)
);

CREATE TABLE IF NOT EXISTS delivery (
  delivery_id  INT UNSIGNED NOT NULL PRIMARY KEY,
  source_id    SMALLINT UNSIGNED NOT NULL REFERENCES source,
  file_name    VARCHAR(255) NOT NULL,
  sha256       CHAR(64) CHARACTER SET ascii NOT NULL,
  size         BIGINT UNSIGNED NOT NULL,
  as_of        DATE NOT NULL,
  run_id       INT UNSIGNED NOT NULL REFERENCES run,
  state        ENUM('received', 'ingested', 'resolved', 'refused', 'held') NOT NULL,
  message      TEXT NULL COMMENT 'why it was refused or is held',
  columns      TEXT NULL COMMENT 'JSON: sheet to field to column number and heading',
  read_rows    INT UNSIGNED NOT NULL DEFAULT 0,
  accepted     INT UNSIGNED NOT NULL DEFAULT 0,
  rejected     INT UNSIGNED NOT NULL DEFAULT 0,
  duplicate    INT UNSIGNED NOT NULL DEFAULT 0,
  added        INT UNSIGNED NOT NULL DEFAULT 0,
  changed      INT UNSIGNED NOT NULL DEFAULT 0,
  closed       INT UNSIGNED NOT NULL DEFAULT 0,
  unchanged    INT UNSIGNED NOT NULL DEFAULT 0,
  UNIQUE (source_id, sha256),
  CONSTRAINT every_row_is_accounted_for CHECK (read_rows = accepted + rejected + duplicate),
  CONSTRAINT every_accepted_row_is_one_of CHECK (accepted = added + changed + unchanged)
);

-- record_id = delivery_id * 2^25 + ordinal of the row in its delivery
CREATE TABLE IF NOT EXISTS record (
  record_id     BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  source_id     SMALLINT UNSIGNED NOT NULL,
  since_run     INT UNSIGNED NOT NULL,
  until_run     INT UNSIGNED NOT NULL DEFAULT 4294967295,
  key_hash      BIGINT NOT NULL,
  content_hash  BIGINT NOT NULL,
  record_key    VARCHAR(191) NOT NULL,
  sheet         VARCHAR(64) NOT NULL,
  row_no        INT UNSIGNED NOT NULL,
  identifier    VARCHAR(40) NULL COMMENT 'match key: scheme:value',
  full_name     VARCHAR(191) NULL COMMENT 'match key: name in comparable form',
  brief_name    VARCHAR(191) NULL COMMENT 'match key: the same without legal form',
  former_name   VARCHAR(191) NULL COMMENT 'match key: earlier name in comparable form',
  payload       TEXT NOT NULL COMMENT 'JSON: field to canonical value, in the order of the definition',
  raw           TEXT NULL COMMENT 'JSON: field to the text as sent, where it differs',
  KEY in_force (source_id, until_run, key_hash, content_hash)
);

-- Records that tell of a former name or of the end of a unit: few, so nobody reads all to find them.
CREATE TABLE IF NOT EXISTS noted (
  record_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS rejection (
  delivery_id  INT UNSIGNED NOT NULL,
  ordinal      INT UNSIGNED NOT NULL COMMENT 'of the row in its delivery',
  fault        SMALLINT UNSIGNED NOT NULL COMMENT 'counts the faults of one row',
  sheet        VARCHAR(64) NOT NULL,
  row_no       INT UNSIGNED NOT NULL,
  column_no    SMALLINT UNSIGNED NULL COMMENT '0 is column A',
  field        VARCHAR(64) NULL,
  heading      VARCHAR(191) NULL,
  rule         VARCHAR(32) NOT NULL,
  text         TEXT NULL COMMENT 'as the sender sees it',
  message      TEXT NOT NULL,
  PRIMARY KEY (delivery_id, ordinal, fault)
);

CREATE TABLE IF NOT EXISTS unit (
  unit_id      INT UNSIGNED NOT NULL PRIMARY KEY,
  programme_id SMALLINT UNSIGNED NOT NULL,
  identifier   VARCHAR(40) NULL,
  name         VARCHAR(191) NOT NULL COMMENT 'as the first registry writes it',
  full_name    VARCHAR(191) NULL,
  brief_name   VARCHAR(191) NULL,
  state        ENUM('active', 'merged', 'dissolved') NOT NULL DEFAULT 'active',
  merged_into  INT UNSIGNED NULL,
  ended_on     DATE NULL,
  since_run    INT UNSIGNED NOT NULL,
  touched_run  INT UNSIGNED NOT NULL COMMENT 'last run in which its records changed',
  KEY (identifier),
  KEY (brief_name),
  KEY (touched_run),
  KEY (state)
);

CREATE TABLE IF NOT EXISTS unit_event (
  unit_id   INT UNSIGNED NOT NULL,
  run_id    INT UNSIGNED NOT NULL,
  kind      ENUM('renamed', 'merged', 'dissolved', 'revived') NOT NULL,
  as_of     DATE NOT NULL,
  old_name  VARCHAR(191) NULL,
  other     INT UNSIGNED NULL,
  PRIMARY KEY (unit_id, run_id, kind)
);

-- Names that a unit had, in comparable form.
CREATE TABLE IF NOT EXISTS unit_alias (
  full_name  VARCHAR(191) NOT NULL,
  unit_id    INT UNSIGNED NOT NULL,
  since_run  INT UNSIGNED NOT NULL,
  PRIMARY KEY (full_name, unit_id)
);

CREATE TABLE IF NOT EXISTS link (
  record_id   BIGINT UNSIGNED NOT NULL,
  since_run   INT UNSIGNED NOT NULL,
  until_run   INT UNSIGNED NOT NULL DEFAULT 4294967295,
  unit_id     INT UNSIGNED NOT NULL,
  rule        VARCHAR(64) NOT NULL,
  PRIMARY KEY (record_id, since_run),
  KEY of_unit (unit_id, until_run)
);

-- Records in force that no rule could link to exactly one unit; tried again every night.
CREATE TABLE IF NOT EXISTS unlinked (
  record_id   BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  candidates  VARCHAR(200) NULL COMMENT 'unit ids that one rule gave, where it gave several'
);

CREATE TABLE IF NOT EXISTS assessment (
  unit_id     INT UNSIGNED NOT NULL,
  since_run   INT UNSIGNED NOT NULL,
  until_run   INT UNSIGNED NOT NULL DEFAULT 4294967295,
  as_of       DATE NOT NULL,
  policy      CHAR(64) CHARACTER SET ascii NOT NULL,
  score       DOUBLE NULL COMMENT 'null where facts are insufficient',
  enters      TINYINT UNSIGNED NOT NULL COMMENT 'rank of the highest tier that the score or a trigger lets it enter',
  stays       TINYINT UNSIGNED NOT NULL COMMENT 'rank of the highest tier it may stay in',
  triggers    VARCHAR(191) NULL,
  recheck_on  DATE NULL COMMENT 'next date on which time alone changes a fact',
  PRIMARY KEY (unit_id, since_run),
  KEY (until_run, recheck_on),
  KEY (since_run)
);

CREATE TABLE IF NOT EXISTS proposal (
  run_id        INT UNSIGNED NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  act           ENUM('add', 'drop', 'tier', 'department', 'details') NOT NULL,
  entry         TEXT NULL COMMENT 'JSON: the entry that would be in force; null for a drop',
  was           VARCHAR(400) NULL COMMENT 'in words, what changes',
  becomes       VARCHAR(400) NULL,
  reason        TEXT NOT NULL,
  legal_basis   VARCHAR(400) NOT NULL,
  effective_on  DATE NOT NULL,
  state         ENUM('proposed', 'held', 'accepted', 'superseded') NOT NULL,
  decided_by    VARCHAR(191) NULL,
  cause         TEXT NULL COMMENT 'what the person wrote',
  revision      INT UNSIGNED NULL,
  PRIMARY KEY (run_id, unit_id, act),
  KEY (state)
);

CREATE TABLE IF NOT EXISTS revision (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  revision      INT UNSIGNED NOT NULL,
  run_id        INT UNSIGNED NOT NULL,
  as_of         DATE NOT NULL,
  units         INT UNSIGNED NOT NULL,
  manifest      CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'SHA-256 of manifest.json',
  published_at  TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (programme_id, revision)
);

CREATE TABLE IF NOT EXISTS entry (
  programme_id    SMALLINT UNSIGNED NOT NULL,
  unit_id         INT UNSIGNED NOT NULL,
  since_revision  INT UNSIGNED NOT NULL,
  until_revision  INT UNSIGNED NOT NULL DEFAULT 4294967295,
  tier            VARCHAR(64) NOT NULL,
  entered_on      DATE NOT NULL,
  entry           TEXT NOT NULL COMMENT 'JSON: all that is published of it, reasons included',
  PRIMARY KEY (programme_id, unit_id, since_revision),
  KEY (programme_id, until_revision)
);

CREATE TABLE IF NOT EXISTS measure (
  measure_id    BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  measure       VARCHAR(64) NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  origin        VARCHAR(191) NOT NULL COMMENT 'revision or record key it comes from',
  opened_on     DATE NOT NULL,
  due_on        DATE NULL,
  closed_on     DATE NULL,
  since_run     INT UNSIGNED NOT NULL,
  UNIQUE (programme_id, measure, unit_id, origin)
);

CREATE TABLE IF NOT EXISTS audit (
  seq       BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  at        TIMESTAMP(3) NOT NULL,
  actor     VARCHAR(191) NOT NULL,
  act       VARCHAR(64) NOT NULL,
  subject   VARCHAR(191) NOT NULL,
  detail    TEXT NOT NULL,
  previous  CHAR(64) CHARACTER SET ascii NOT NULL,
  hash      CHAR(64) CHARACTER SET ascii NOT NULL UNIQUE
);
