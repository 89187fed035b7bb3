package org.keyroll.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.publication.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that nothing was changed: what was published, or the audit trail of a home. */
@Command(
    name = "verify",
    description = {
      "Checks what was published: all revisions of a programme, one of them, or the part of a"
          + " department. It needs nothing but the folder and the public key.",
      "With --audit it checks the audit trail of the home instead."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "Folder such as published/PROGRAMME, revision-0001 in it, or departments/ID in that.")
  private @Nullable Path folder;

  @Option(
      names = "--signed-by",
      paramLabel = "FILE",
      description =
          "The public key, as the authority gave it to you (default: key.pem beside the revisions,"
              + " which shows only that nothing was changed since it was put there).")
  private @Nullable Path key;

  @Option(names = "--audit", description = "Check the audit trail of the home.")
  private boolean audit;

  @Option(
      names = "--head",
      paramLabel = "N:HASH",
      description =
          "With --audit: the head that an earlier check printed and that was kept elsewhere; shows"
              + " that no line up to it was cut off or written anew.")
  private @Nullable String head;

  VerifyCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    globals.textOnly();
    if (audit) {
      if (folder != null || key != null) {
        throw new Stop(Stop.USAGE, "verify --audit checks a home; it takes no folder and no key.");
      }
      var known = head == null ? null : Trail.Head.parse(head);
      if (head != null && known == null) {
        throw new Stop(
            Stop.USAGE,
            "--head %s: write it as keyroll verify --audit printed it, such as 12:3f5e…."
                .formatted(head));
      }
      Session.inHome(globals, console, (session, scope) -> trail(session.get(Trail.class), known));
      return 0;
    }
    if (folder == null || head != null) {
      throw new Stop(
          Stop.USAGE,
          folder == null
              ? "name the folder to verify, or say --audit."
              : "--head goes with --audit.");
    }
    var finding = Verification.verify(folder, key);
    finding.problems().forEach(console::note);
    if (!finding.problems().isEmpty()) {
      throw new Stop(
          Stop.FAILED,
          (finding.what().isEmpty() ? "%s could not be checked." : "%s is not as it was published.")
              .formatted(folder));
    }
    console.print("%s, all as they were signed with %s.".formatted(finding.what(), finding.key()));
    return 0;
  }

  private void trail(Trail trail, Trail.@Nullable Head known) {
    var broken = trail.firstBroken();
    if (broken.isPresent()) {
      throw new Stop(
          Stop.FAILED,
          "Line %d of the audit trail does not follow the one before it: a line was changed, taken out or put in there."
              .formatted(broken.getAsLong()));
    }
    if (known != null && !trail.holds(known)) {
      throw new Stop(
          Stop.FAILED,
          "The audit trail does not hold line %d with the hash that you name: its end was cut off, or it was written anew."
              .formatted(known.seq()));
    }
    var last = trail.head();
    console.print(
        "The audit trail has %d lines, each of which follows the one before it."
            .formatted(last.seq()));
    console.print("head " + last);
  }
}
