package org.keyroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Source;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes. */
final class Globals {
  @Option(
      names = "--jobs",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      defaultValue = "jobs",
      description = "Folder of the programmes (default: ${DEFAULT-VALUE}).")
  Path jobs = Path.of("jobs");

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      defaultValue = "var",
      description = "Where all state is kept (default: ${DEFAULT-VALUE}).")
  Path home = Path.of("var");

  @Option(
      names = "--programme",
      scope = ScopeType.INHERIT,
      paramLabel = "ID",
      defaultValue = "${env:KEYROLL_PROGRAMME}",
      description =
          "The programme; also the environment variable KEYROLL_PROGRAMME (default: the only one).")
  @Nullable String programme;

  @Option(
      names = "--as-of",
      scope = ScopeType.INHERIT,
      paramLabel = "DATE",
      description = "Business date, such as 2026-11-02 (default: today in the programme's zone).")
  @Nullable LocalDate asOf;

  @Option(
      names = "--format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "text, json, csv or xlsx (default: text, and csv for export).")
  @Nullable Format format;

  @Option(
      names = "--db",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      defaultValue = "${env:KEYROLL_DB_URL}",
      description =
          "jdbc:mariadb://host/database?user=…&password=… of a server of yours; also the"
              + " environment variable KEYROLL_DB_URL (default: an embedded MariaDB under the"
              + " home).")
  @Nullable String db;

  @Option(
      names = "--key",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "${env:KEYROLL_KEY_FILE}",
      description =
          "File of mode 0600 with the key of whoever decides; also the environment variable"
              + " KEYROLL_KEY_FILE (default: the terminal asks).")
  @Nullable Path key;

  /** Forms of output. */
  enum Format {
    text,
    json,
    csv,
    xlsx
  }

  Definitions definitions() throws DefinitionErrors {
    if (programme == null) {
      var known = DefinitionReader.programmes(jobs);
      if (known.size() > 1) {
        throw new Stop(
            Stop.USAGE,
            "there are several programmes in %s; choose one with --programme or KEYROLL_PROGRAMME: %s."
                .formatted(jobs, String.join(", ", known)));
      }
    }
    return DefinitionReader.read(jobs, programme);
  }

  /** The source that a person names. */
  static Source source(Definitions definitions, String id) {
    var source = definitions.sources().get(id);
    if (source == null) {
      throw new Stop(
          Stop.USAGE,
          "there is no source %s; the sources are %s."
              .formatted(id, String.join(", ", definitions.sources().keySet())));
    }
    return source;
  }

  /** For commands whose answer is text for a person. */
  void textOnly() {
    if (format != null && format != Format.text) {
      throw new Stop(
          Stop.USAGE,
          "this command answers in text; keyroll export gives tables as " + format + ".");
    }
  }

  /** A workbook is no text that a terminal could show. */
  void fileForWorkbook(@Nullable Path file) {
    if (format == Format.xlsx && file == null) {
      throw new Stop(Stop.USAGE, "a workbook needs a file: -o FILE.");
    }
  }

  /** For commands that read: a home that nothing was ever kept in is a mistyped one. */
  void mustExist() {
    if ((db == null || db.isBlank()) && !Files.isDirectory(home.resolve("database"))) {
      throw new Stop(
          Stop.USAGE,
          "nothing is kept in %s yet; run keyroll nightly, or name the home with --home."
              .formatted(home));
    }
  }

  LocalDate asOf(Definitions definitions) {
    return asOf != null ? asOf : LocalDate.now(Clock.system(definitions.programme().timeZone()));
  }
}
