package org.keyroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;

/** Reads definitions that are not in force. */
final class Trial {
  private Trial() {}

  /**
   * The same programme by other definitions.
   *
   * @param policy a policy.yml beside the other definitions in force, the folder of the programme,
   *     or a folder of programmes
   */
  static Definitions read(Globals globals, Scope scope, Path policy) throws DefinitionErrors {
    var programme = scope.programme().id();
    if (Files.isRegularFile(policy)) {
      return DefinitionReader.withPolicy(globals.jobs, programme, policy);
    }
    if (Files.exists(policy.resolve("programme.yml"))) {
      var folder = policy.toAbsolutePath().normalize();
      if (!String.valueOf(folder.getFileName()).equals(programme)) {
        throw new Stop(
            Stop.USAGE, "%s is not a folder of programme %s.".formatted(policy, programme));
      }
      return DefinitionReader.read(Objects.requireNonNull(folder.getParent()), programme);
    }
    if (!Files.isDirectory(policy)) {
      throw new Stop(
          Stop.USAGE,
          "there is no %s; name a policy.yml or a folder of definitions.".formatted(policy));
    }
    return DefinitionReader.read(policy, programme);
  }
}
