-- What a run did in numbers, as they were when it ended.
CREATE TABLE IF NOT EXISTS run_number (
  run_id  INT UNSIGNED NOT NULL,
  what    VARCHAR(80) NOT NULL,
  number  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (run_id, what)
);
