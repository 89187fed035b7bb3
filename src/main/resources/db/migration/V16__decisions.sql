-- Who may act on the list. A registration ends and is never deleted, so that a name keeps its person.
CREATE TABLE IF NOT EXISTS person (
  person      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  roles       SET('administrator', 'editor', 'approver', 'auditor') NOT NULL,
  iterations  INT UNSIGNED NOT NULL,
  salt        BINARY(16) NOT NULL,
  hash        BINARY(32) NOT NULL COMMENT 'PBKDF2 with HMAC-SHA-512 of the key',
  since       TIMESTAMP(3) NOT NULL,
  ended       TIMESTAMP(3) NULL,
  CONSTRAINT keyroll_is_no_person CHECK (person <> 'keyroll')
);

-- proposed or held → approved → provisional → final, or rejected, or superseded by a later proposal.
ALTER TABLE proposal
  MODIFY COLUMN state ENUM('proposed', 'held', 'accepted', 'superseded',
    'approved', 'provisional', 'final', 'rejected') NOT NULL;
UPDATE proposal SET state = 'final' WHERE state = 'accepted';
ALTER TABLE proposal
  MODIFY COLUMN act ENUM('add', 'drop', 'tier', 'department', 'details', 'suspend', 'resume', 'keep')
    NOT NULL,
  MODIFY COLUMN state ENUM('proposed', 'held', 'superseded',
    'approved', 'provisional', 'final', 'rejected') NOT NULL,
  MODIFY COLUMN decided_by VARCHAR(191) NULL COMMENT 'envelope, or the persons',
  MODIFY COLUMN cause TEXT NULL COMMENT 'why it is held, or what the person wrote last',
  ADD COLUMN IF NOT EXISTS makers VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT ',keyroll,' COMMENT 'all who made or edited it, each between commas',
  ADD COLUMN IF NOT EXISTS needs TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'persons that must approve it',
  ADD COLUMN IF NOT EXISTS released TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'whether persons let it go out although its revision was held',
  ADD COLUMN IF NOT EXISTS decided_on DATE NULL,
  ADD COLUMN IF NOT EXISTS final_on DATE NULL,
  ADD KEY IF NOT EXISTS made_by (run_id, unit_id, act, makers);

-- What a person said of a proposal. Nobody decides on what they made: makers is the proposal's own,
-- by the foreign key, and cannot be changed while a decision refers to it.
CREATE TABLE IF NOT EXISTS decision (
  run_id      INT UNSIGNED NOT NULL,
  unit_id     INT UNSIGNED NOT NULL,
  act         ENUM('add', 'drop', 'tier', 'department', 'details', 'suspend', 'resume', 'keep')
    NOT NULL,
  makers      VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verdict     ENUM('approve', 'reject', 'release') NOT NULL,
  person      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause       TEXT NULL,
  as_of       DATE NOT NULL,
  decided_at  TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (run_id, unit_id, act, verdict, person),
  CONSTRAINT nobody_decides_on_what_they_made CHECK (LOCATE(CONCAT(',', person, ','), makers) = 0),
  CONSTRAINT decided_by_a_person FOREIGN KEY (person) REFERENCES person (person),
  CONSTRAINT decided_as_it_was_made FOREIGN KEY (run_id, unit_id, act, makers)
    REFERENCES proposal (run_id, unit_id, act, makers)
);
