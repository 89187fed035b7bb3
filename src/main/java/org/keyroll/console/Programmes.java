package org.keyroll.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.keyroll.run.Ledger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The programmes that are served. Definitions are read again when a file of them has changed. */
@Component
class Programmes {
  private final Path jobs;
  private final Ledger ledger;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String stamp, Scope scope) {}

  Programmes(@Value("${keyroll.jobs}") Path jobs, Ledger ledger) {
    this.jobs = jobs;
    this.ledger = ledger;
  }

  /** Their ids, in order. */
  List<String> ids() throws DefinitionErrors {
    return DefinitionReader.programmes(jobs);
  }

  /**
   * A programme as it is defined at this moment.
   *
   * @throws NotFound when there is none of this id
   * @throws DefinitionErrors when its definitions have faults
   */
  Scope of(String id) throws DefinitionErrors {
    if (!ids().contains(id)) {
      throw new NotFound();
    }
    var stamp = stamp(jobs.resolve(id));
    var last = known.get(id);
    if (last == null || !last.stamp().equals(stamp)) {
      last = new Known(stamp, ledger.scope(DefinitionReader.read(jobs, id)));
      known.put(id, last);
    }
    return last.scope();
  }

  /** What {@code keyroll check} remarks on a programme. */
  List<DefinitionErrors.Fault> remarks(String id) throws DefinitionErrors {
    return DefinitionReader.remarks(jobs, id).remarks();
  }

  /** Policies that lie in the folder {@code policies} of a programme, by name. */
  List<String> otherPolicies(String id) {
    var folder = policies(id);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .filter(name -> name.matches("[^.].*\\.yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder policies of a programme cannot be listed", e);
    }
  }

  /**
   * A programme under a policy of that folder.
   *
   * @throws NotFound when there is none of this name
   */
  Definitions withPolicy(String id, String file) throws DefinitionErrors {
    if (!otherPolicies(id).contains(file)) {
      throw new NotFound();
    }
    return withPolicy(id, policies(id).resolve(file));
  }

  private Path policies(String id) {
    return jobs.resolve(id).resolve("policies");
  }

  /** A programme under another policy. */
  Definitions withPolicy(String id, Path policy) throws DefinitionErrors {
    return DefinitionReader.withPolicy(jobs, id, policy);
  }

  private static String stamp(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(f -> f + " " + f.toFile().length() + " " + f.toFile().lastModified())
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of a programme cannot be listed", e);
    }
  }
}
