-- What departments ask about units that are theirs, and what they are answered.
CREATE TABLE IF NOT EXISTS question (
  question_id   INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  programme_id  SMALLINT UNSIGNED NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  department    VARCHAR(64) NOT NULL,
  asked         TEXT NOT NULL,
  asked_by      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_on      DATE NOT NULL,
  answer        TEXT NULL,
  answered_by   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  answered_on   DATE NULL,
  KEY (programme_id, answered_on),
  KEY (unit_id),
  CONSTRAINT an_answer_has_a_person_and_a_day CHECK (
    (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_on IS NULL)),
  CONSTRAINT asked_by_a_person FOREIGN KEY (asked_by) REFERENCES person (person),
  CONSTRAINT question_answered_by_a_person FOREIGN KEY (answered_by) REFERENCES person (person)
);
