-- Deliveries and measures as they stood at any moment, so that a revision can be made again. A table that
-- has its history already is left alone: a killed migration begins again.
SET @deliveries = (SELECT IF(table_type = 'SYSTEM VERSIONED', 'DO 0', 'ALTER TABLE delivery ADD SYSTEM VERSIONING')
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'delivery');

EXECUTE IMMEDIATE @deliveries;

SET @measures = (SELECT IF(table_type = 'SYSTEM VERSIONED', 'DO 0', 'ALTER TABLE measure ADD SYSTEM VERSIONING')
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'measure');

EXECUTE IMMEDIATE @measures;

ALTER TABLE revision ADD COLUMN IF NOT EXISTS known_at TIMESTAMP(6) NULL
  COMMENT 'UTC; its files tell what was known then; null: made before this was kept';

-- The definitions that a revision was made by, all of them.
CREATE TABLE IF NOT EXISTS revision_definition (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  revision      INT UNSIGNED NOT NULL,
  file          VARCHAR(191) NOT NULL,
  version       CHAR(64) CHARACTER SET ascii NOT NULL,
  PRIMARY KEY (programme_id, revision, file)
);

ALTER TABLE definition MODIFY COLUMN form LONGTEXT NOT NULL COMMENT 'JSON, canonical';
