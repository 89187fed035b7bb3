package org.keyroll.cli;

import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.intake.Templates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the workbook that a department fills in. */
@Command(
    name = "template",
    description = "Writes the workbook that the sender of a source fills in.",
    mixinStandardHelpOptions = true)
final class TemplateCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

  @Parameters(paramLabel = "SOURCE", description = "Id of the source.")
  private String id = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "File to write (default: named as the source, -template.xlsx behind it).")
  private @Nullable Path file;

  TemplateCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    var definitions = globals.definitions();
    var source = Globals.source(definitions, id);
    var to = file == null ? Path.of(id + "-template.xlsx") : file;
    try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
      Templates.write(definitions, source, out);
    }
    console.print("%s: the template is %s".formatted(source.title(), to));
    return 0;
  }
}
