-- Proposals that persons decide on together, under a name; they go out with one revision.
CREATE TABLE IF NOT EXISTS batch (
  batch_id      INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  name          VARCHAR(100) NOT NULL,
  made_by       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  made_on       DATE NOT NULL COMMENT 'business date',
  UNIQUE KEY (programme_id, name),
  CONSTRAINT gathered_by_a_person FOREIGN KEY (made_by) REFERENCES person (person)
);

ALTER TABLE proposal
  ADD COLUMN IF NOT EXISTS batch_id INT UNSIGNED NULL,
  ADD KEY IF NOT EXISTS of_batch (batch_id);
