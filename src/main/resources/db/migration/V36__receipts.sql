-- That a department says it has taken what a revision has for it.
CREATE TABLE IF NOT EXISTS receipt (
  programme_id  SMALLINT UNSIGNED NOT NULL,
  revision      INT UNSIGNED NOT NULL,
  department    VARCHAR(64) NOT NULL,
  person        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  confirmed_at  DATETIME(6) NOT NULL,
  PRIMARY KEY (programme_id, revision, department),
  CONSTRAINT confirmed_by_a_person FOREIGN KEY (person) REFERENCES person (person)
);
