-- Persons of departments, and what the console knows a person by beside their key.
ALTER TABLE person
  MODIFY COLUMN roles SET('administrator', 'editor', 'approver', 'auditor', 'department') NOT NULL,
  ADD COLUMN IF NOT EXISTS programme VARCHAR(64) NULL COMMENT 'of the department',
  ADD COLUMN IF NOT EXISTS department VARCHAR(64) NULL COMMENT 'null: belongs to none';

CREATE TABLE IF NOT EXISTS secret (
  person      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind        ENUM('password', 'code') NOT NULL COMMENT 'code: lets the person choose a password, once',
  iterations  INT UNSIGNED NOT NULL,
  salt        BINARY(16) NOT NULL,
  hash        BINARY(32) NOT NULL COMMENT 'PBKDF2 with HMAC-SHA-512',
  since       TIMESTAMP(3) NOT NULL,
  expires_at  TIMESTAMP(3) NULL,
  PRIMARY KEY (person, kind),
  CONSTRAINT secret_of_a_person FOREIGN KEY (person) REFERENCES person (person)
);

-- Lets a program act for a person over the API until it expires; never to decide or to register.
CREATE TABLE IF NOT EXISTS token (
  token       CHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  person      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label       VARCHAR(100) NOT NULL,
  hash        BINARY(32) NOT NULL COMMENT 'SHA-256 of 160 random bits',
  since       TIMESTAMP(3) NOT NULL,
  expires_at  TIMESTAMP(3) NOT NULL,
  ended       TIMESTAMP(3) NULL,
  KEY (person),
  CONSTRAINT token_of_a_person FOREIGN KEY (person) REFERENCES person (person)
);
