-- What persons say against the rules, for a while; and their judgements where the rules ask for one.
-- Rows are not edited: an edit is another row with one maker more, and the old one is superseded.
CREATE TABLE IF NOT EXISTS unit_override (
  override_id   INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  kind          ENUM('list', 'exclude', 'keep', 'judgement', 'rules') NOT NULL
    COMMENT 'rules: ends the one in force before its time',
  tier          VARCHAR(64) NULL COMMENT 'where it is listed; null: not on the list',
  zone          TINYINT UNSIGNED NULL COMMENT 'of a judgement: rank of the tier that was asked about',
  ground        VARCHAR(64) NULL COMMENT 'id in programme.yml; null of a judgement',
  cause         TEXT NOT NULL,
  starts_on     DATE NOT NULL,
  ends_on       DATE NOT NULL COMMENT 'last day',
  makers        VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  needs         TINYINT UNSIGNED NOT NULL COMMENT 'persons beside the makers that must approve it',
  state         ENUM('proposed', 'approved', 'rejected', 'withdrawn', 'superseded', 'ended', 'expired')
    NOT NULL,
  decided_by    VARCHAR(400) NULL,
  decided_on    DATE NULL,
  was           VARCHAR(64) NULL COMMENT 'tier of the unit when it was approved; null: not on the list',
  seen          TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'whether the list is as it should be since it has ended',
  KEY (programme_id, state),
  KEY (unit_id),
  KEY made_by (override_id, makers),
  CONSTRAINT an_override_ends CHECK (ends_on >= starts_on),
  CONSTRAINT only_a_judgement_needs_no_ground CHECK (ground IS NOT NULL OR kind = 'judgement')
);

CREATE TABLE IF NOT EXISTS override_decision (
  override_id  INT UNSIGNED NOT NULL,
  makers       VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verdict      ENUM('approve', 'reject') NOT NULL,
  person       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cause        TEXT NULL,
  as_of        DATE NOT NULL,
  decided_at   TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (override_id, verdict, person),
  CONSTRAINT nobody_decides_on_an_override_they_made
    CHECK (LOCATE(CONCAT(',', person, ','), makers) = 0),
  CONSTRAINT override_decided_by_a_person FOREIGN KEY (person) REFERENCES person (person),
  CONSTRAINT override_decided_as_it_was_made FOREIGN KEY (override_id, makers)
    REFERENCES unit_override (override_id, makers)
);

ALTER TABLE proposal
  ADD COLUMN IF NOT EXISTS judged TINYINT UNSIGNED NULL
    COMMENT 'rank of the tier on which a person decides; null where the rules do';
