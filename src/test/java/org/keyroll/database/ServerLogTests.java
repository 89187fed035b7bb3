package org.keyroll.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTests {

  @TempDir Path directory;

  @Test
  void namesTheLibraryThatIsMissing() throws Exception {
    assertThat(
            explain(
                "mariadbd: error while loading shared libraries: libcrypt.so.1: cannot open shared"
                    + " object file"))
        .hasMessageContaining("libcrypt.so.1 is missing");
  }

  @Test
  void namesTheFullDisk() throws Exception {
    assertThat(explain("[ERROR] mariadbd: Error writing file (Errcode: 28 \"No space left\")"))
        .hasMessageContaining("is full");
  }

  @Test
  void namesTheOtherServerOnTheSameData() throws Exception {
    assertThat(explain("[ERROR] InnoDB: Unable to lock ./ibdata1 error: 11"))
        .hasMessageContaining("another server");
  }

  @Test
  void quotesTheLastErrorsOfThisStartAndNoEarlierOne() throws Exception {
    assertThat(explain("[Note] one\n[ERROR] unknown variable 'x'\n[Note] two"))
        .hasMessageContaining("unknown variable 'x'")
        .hasMessageNotContaining("earlier")
        .hasMessageNotContaining("[Note]");
  }

  private DatabaseUnavailable explain(String text) throws Exception {
    var file = Files.writeString(directory.resolve("mariadbd.log"), "[ERROR] earlier\n");
    var log = ServerLog.now(file);
    Files.writeString(file, text, StandardOpenOption.APPEND);
    return log.explain("The database server did not start");
  }
}
