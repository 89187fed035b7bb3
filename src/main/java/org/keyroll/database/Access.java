package org.keyroll.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How to log in. */
record Access(String url, String user, String password) {

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Without the password, so that no log ever shows it. */
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
