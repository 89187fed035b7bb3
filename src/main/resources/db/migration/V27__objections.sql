-- What units say against changes of the list that concern them, and what is answered.
CREATE TABLE IF NOT EXISTS objection (
  objection_id  INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  revision      INT UNSIGNED NOT NULL COMMENT 'whose change of the unit it is against',
  received_on   DATE NOT NULL,
  due_on        DATE NOT NULL COMMENT 'day by which it is to be answered',
  said          TEXT NOT NULL,
  filed_by      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state         ENUM('open', 'upheld', 'dismissed') NOT NULL DEFAULT 'open',
  decided_by    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  decided_on    DATE NULL,
  cause         TEXT NULL,
  KEY (programme_id, state),
  KEY (unit_id),
  CONSTRAINT nobody_answers_an_objection_they_filed CHECK (decided_by <> filed_by),
  CONSTRAINT an_answer_has_a_person_a_day_and_a_cause CHECK (
    (state = 'open') = (decided_by IS NULL)
    AND (decided_by IS NULL) = (decided_on IS NULL) AND (decided_by IS NULL) = (cause IS NULL)),
  CONSTRAINT filed_by_a_person FOREIGN KEY (filed_by) REFERENCES person (person),
  CONSTRAINT answered_by_a_person FOREIGN KEY (decided_by) REFERENCES person (person)
);
