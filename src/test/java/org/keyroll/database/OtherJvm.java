package org.keyroll.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * A second JVM that has the database of a home open. It runs each line it is sent as SQL and
 * answers when it is done, so that a test knows where it stands; at the end of its input it leaves.
 */
final class OtherJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;
  private final String url;

  OtherJvm(Path home) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkeyroll.mariadb.base=" + System.getProperty("keyroll.mariadb.base"),
                "-cp",
                System.getProperty("java.class.path"),
                OtherJvm.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    url = expect("OPEN ");
  }

  String url() {
    return url;
  }

  void run(String sql) throws IOException {
    orders.println(sql);
    expect("DONE ");
  }

  void leave() throws IOException {
    orders.close();
    expect("LEFT ");
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  private String expect(String word) throws IOException {
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length());
      }
    }
    throw new IOException("the other JVM ended before it said " + word);
  }

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var database = Database.open(Path.of(args[0]), null, sentence -> {});
        var connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        var statement = connection.createStatement()) {
      System.out.println("OPEN " + database.url());
      for (var sql = in.readLine(); sql != null; sql = in.readLine()) {
        statement.execute(sql);
        System.out.println("DONE " + sql);
      }
    }
    System.out.println("LEFT ");
  }
}
