-- What made each change follow: found against what was known when the list was last adjusted.
ALTER TABLE proposal
  ADD COLUMN IF NOT EXISTS caused_by ENUM('data', 'policy', 'identity', 'time', 'expiry', 'judgement')
    NULL COMMENT 'null: proposed before causes were told' AFTER legal_basis,
  ADD COLUMN IF NOT EXISTS since_run INT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'last run after which nothing of the kind followed; 0: the list was not there yet' AFTER caused_by;

-- Definitions by their versions, so that a list can be worked out again as it was.
CREATE TABLE IF NOT EXISTS definition (
  version  CHAR(64) CHARACTER SET ascii NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the form',
  form     MEDIUMTEXT NOT NULL COMMENT 'JSON, canonical'
);

-- Which of them the list was adjusted by, from a run on until the next that has rows here.
CREATE TABLE IF NOT EXISTS definition_in_use (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  since_run     INT UNSIGNED NOT NULL,
  file          VARCHAR(100) NOT NULL,
  version       CHAR(64) CHARACTER SET ascii NOT NULL,
  PRIMARY KEY (programme_id, since_run, file)
);
