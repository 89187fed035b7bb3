-- What a delivery says of itself, and what a person says of one that is held.
ALTER TABLE delivery MODIFY COLUMN state
  ENUM('received', 'ingested', 'resolved', 'refused', 'held', 'released') NOT NULL;
ALTER TABLE delivery
  ADD COLUMN IF NOT EXISTS covers_from DATE NULL COMMENT 'first day it is of, where it says so' AFTER as_of,
  ADD COLUMN IF NOT EXISTS covers_to DATE NULL COMMENT 'last day it is of' AFTER covers_from,
  ADD COLUMN IF NOT EXISTS sound INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'rows without a fault of their own',
  ADD COLUMN IF NOT EXISTS breached TEXT NULL COMMENT 'gates that hold it, one a line' AFTER message,
  ADD COLUMN IF NOT EXISTS passes TEXT NULL COMMENT 'gates that a person lets it pass, one a line' AFTER breached,
  ADD COLUMN IF NOT EXISTS decided_by VARCHAR(191) NULL COMMENT 'who released or refused it',
  ADD COLUMN IF NOT EXISTS cause TEXT NULL COMMENT 'what they wrote';

-- In how many of the sound rows of a delivery that was taken in each field was filled.
CREATE TABLE IF NOT EXISTS delivery_field (
  delivery_id  INT UNSIGNED NOT NULL,
  field        VARCHAR(64) NOT NULL,
  filled       INT UNSIGNED NOT NULL,
  PRIMARY KEY (delivery_id, field)
);
