package org.keyroll.database;

/**
 * The database cannot be opened. The message is one sentence for a person: what is wrong, what to
 * do.
 */
public final class DatabaseUnavailable extends Exception {

  DatabaseUnavailable(String sentence) {
    super(sentence);
  }

  DatabaseUnavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
