package org.keyroll.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Batches;
import org.keyroll.adjustment.Cause;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Decisions.Decision;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.ProposalId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what is proposed and who has said what of it. */
@Command(
    name = "proposals",
    description = "Shows the changes that are proposed and not published, and why.",
    mixinStandardHelpOptions = true)
final class ProposalsCommand extends HomeCommand {
  @Mixin private final Chosen chosen = new Chosen();

  ProposalsCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var proposals = session.get(Proposals.class);
    chosen.checkFilters(scope, proposals);
    var batches = session.get(Batches.class).ofOpen(scope);
    var open = proposals.open(scope, chosen.filter()).stream().filter(this::named).toList();
    var said =
        session.get(Decisions.class).ofOpen(scope).stream()
            .collect(Collectors.groupingBy(Decision::proposal));
    open.stream()
        .collect(
            Collectors.groupingBy(Proposal::id, java.util.LinkedHashMap::new, Collectors.toList()))
        .forEach((id, changes) -> print(id, changes, said, batches.get(id)));
    console.print(
        open.isEmpty()
            ? "No proposal is open."
            : "%,d units: %s; because of %s."
                .formatted(
                    open.stream().map(Proposal::unit).distinct().count(),
                    counts(open, proposal -> proposal.act().id()),
                    counts(open, proposal -> Cause.named(proposal.cause()))));
  }

  private static String counts(List<Proposal> open, Function<Proposal, String> by) {
    return open.stream()
        .collect(Collectors.groupingBy(by, java.util.TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> "%,d %s".formatted(e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private boolean named(Proposal proposal) {
    return chosen.ids.isEmpty()
        || chosen.ids.stream()
            .anyMatch(
                id ->
                    id.equalsIgnoreCase(proposal.id().toString())
                        || id.equalsIgnoreCase(proposal.id().unit().toString()));
  }

  private void print(
      ProposalId id,
      List<Proposal> changes,
      Map<ProposalId, List<Decision>> said,
      @Nullable String batch) {
    var first = changes.get(0);
    var entry = changes.stream().map(Proposal::entry).filter(e -> e != null).findFirst();
    console.print(
        "%s  %s  %s%s"
            .formatted(
                id,
                entry.map(e -> e.name()).orElse(""),
                standing(first),
                batch == null ? "" : ", in the batch \"%s\"".formatted(batch))
            .strip());
    for (var change : changes) {
      console.print("  %-10s %s → %s".formatted(change.act().id(), change.was(), change.becomes()));
      console.print("             %s %s".formatted(change.reason(), change.legalBasis()));
      var cause = change.cause();
      if (cause != null) {
        console.print("             because of " + cause.words());
      }
    }
    for (var decision : said.getOrDefault(id, List.of())) {
      console.print(
          "  %s by %s as of %s%s"
              .formatted(
                  decision.verdict().past(),
                  decision.person(),
                  decision.asOf(),
                  decision.cause() == null ? "" : ": " + decision.cause()));
    }
  }

  private static String standing(Proposal proposal) {
    return switch (proposal.state()) {
      case PROPOSED ->
          proposal.judged() != null
              ? "a question of judgement, %s".formatted(persons(proposal))
              : persons(proposal);
      case APPROVED -> "approved, goes out with the next revision";
      default -> proposal.state().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String persons(Proposal proposal) {
    return switch (proposal.needs()) {
      case 0 -> "goes out with the next revision";
      case 1 -> "waits for a person";
      default -> "takes %d persons".formatted(proposal.needs());
    };
  }
}
