package org.keyroll.intake;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The files that were received. */
@Service
public class Deliveries {
  private static final RowMapper<Delivery> DELIVERY =
      (row, n) ->
          new Delivery(
              row.getLong("delivery_id"),
              row.getLong("number"),
              row.getString("source"),
              row.getString("file_name"),
              row.getString("sha256"),
              row.getLong("size"),
              row.getObject("as_of", LocalDate.class),
              covers(row.getObject("covers_from", LocalDate.class), row),
              Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getString("message"),
              row.getString("decided_by"),
              row.getString("cause"),
              row.getObject("corrects", Long.class),
              new Delivery.Counts(
                  row.getLong("read_rows"),
                  row.getLong("accepted"),
                  row.getLong("rejected"),
                  row.getLong("duplicate"),
                  row.getLong("added"),
                  row.getLong("changed"),
                  row.getLong("closed"),
                  row.getLong("unchanged")));
  private static final String SELECT =
      "SELECT d.*, s.source FROM delivery d JOIN source s USING (source_id) ";

  private final JdbcClient db;
  private final Originals originals;

  private static @Nullable Span covers(@Nullable LocalDate from, ResultSet row)
      throws SQLException {
    return from == null ? null : new Span(from, row.getObject("covers_to", LocalDate.class));
  }

  Deliveries(JdbcClient db, @Value("${keyroll.home}") Path home) {
    this.db = db;
    this.originals = new Originals(home);
  }

  /**
   * Takes up what waits to be read, then looks through an inbox, which stays as it is: new files of
   * known sources become deliveries, numbered in the order of precedence of their sources, then by
   * name.
   *
   * @throws InboxUnreadable when the folder is not there or cannot be listed
   */
  public List<Arrival> receive(Run run, Path inbox) {
    var found = new ArrayList<Found>();
    originals.sweep();
    var folder = new Inbox(inbox, run.definitions().programme().marker());
    for (var file : folder.files()) {
      var arriving = folder.arriving(file);
      found.add(arriving == null ? look(run.definitions(), file) : Found.arriving(file, arriving));
    }
    found.sort(
        Comparator.comparingInt((Found f) -> precedence(run.definitions(), f.source()))
            .thenComparing(f -> f.file().getFileName().toString()));
    takeUpWaiting(run);
    return found.stream().map(f -> enter(run, f)).toList();
  }

  /** Takes files for a source that is named, whatever they are called, after what waits. */
  public List<Arrival> receive(Run run, Source source, List<Path> files) {
    takeUpWaiting(run);
    return files.stream().map(file -> enter(run, keep(file, source))).toList();
  }

  /** A file that lies in an inbox, and the source that it is for; null: none, or not known yet. */
  public record Lying(String fileName, long size, @Nullable Source source, @Nullable String why) {}

  /**
   * What the next run would find in an inbox, by name. Nothing is taken in, and no file is read but
   * to see whether it is a workbook of ours.
   *
   * @throws InboxUnreadable when the folder is not there or cannot be listed
   */
  public List<Lying> lying(Scope scope, Path inbox) {
    var programme = scope.programme();
    var folder = new Inbox(inbox, programme.marker());
    var lying = new ArrayList<Lying>();
    for (var file : folder.files()) {
      var arriving = folder.arriving(file);
      var name = file.getFileName().toString();
      var source =
          arriving == null
              ? recognise(scope.definitions(), Marked.of(file, programme), name).source()
              : null;
      lying.add(new Lying(name, file.toFile().length(), source, arriving));
    }
    return lying;
  }

  /** What a person has released, and what a run was cut off from before it had read it. */
  private void takeUpWaiting(Run run) {
    db.sql(
            "UPDATE delivery JOIN source USING (source_id) SET run_id = ?"
                + " WHERE programme_id = ? AND state = 'received'")
        .params(run.id(), run.scope().programmeId())
        .update();
    db.sql(SELECT + "WHERE s.programme_id = ? AND d.state = 'released' ORDER BY delivery_id")
        .param(run.scope().programmeId())
        .query(DELIVERY)
        .list()
        .forEach(released -> again(run, released.id()));
  }

  /** A file of the inbox: kept for a source, or not to be taken in and why. */
  private record Found(
      Path file,
      long size,
      @Nullable String sha256,
      @Nullable Source source,
      Arrival.Outcome outcome,
      @Nullable String message) {

    static Found arriving(Path file, String why) {
      return new Found(file, file.toFile().length(), null, null, Arrival.Outcome.ARRIVING, why);
    }
  }

  private Found look(Definitions definitions, Path file) {
    var whose =
        recognise(
            definitions, Marked.of(file, definitions.programme()), file.getFileName().toString());
    return whose.source() != null
        ? keep(file, whose.source())
        : new Found(
            file, file.toFile().length(), null, null, Arrival.Outcome.UNKNOWN_SOURCE, whose.why());
  }

  /** The source of a file, or why none or not one alone takes it. */
  record Recognised(@Nullable Source source, @Nullable String why) {}

  /**
   * Whose file one of an inbox is.
   *
   * @param name what it is called there
   */
  static Recognised recognise(Definitions definitions, Marked marked, String name) {
    // A workbook of ours says whose it is, whatever it is called by now.
    var own = marked.source(definitions);
    if (own != null) {
      return new Recognised(own, null);
    }
    var matching = definitions.sources().values().stream().filter(s -> expects(s, name)).toList();
    if (matching.size() == 1) {
      return new Recognised(matching.get(0), null);
    }
    return new Recognised(
        null,
        matching.isEmpty()
            ? "no source expects a file of this name; rename it or add a pattern under files in"
                + " sources/*.yml"
            : "several sources expect a file of this name: "
                + String.join(", ", matching.stream().map(Source::id).toList())
                + "; rename it");
  }

  /** The delivery of a source with these bytes. */
  java.util.Optional<Delivery> withBytes(Scope scope, String source, String sha256) {
    return db.sql(SELECT + "WHERE d.source_id = ? AND d.sha256 = ?")
        .param(scope.sourceId(source))
        .param(sha256)
        .query(DELIVERY)
        .optional();
  }

  private Found keep(Path file, Source source) {
    try {
      return new Found(
          file, Files.size(file), originals.keep(file), source, Arrival.Outcome.NEW, null);
    } catch (Originals.StillArriving e) {
      return Found.arriving(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Found(
          file,
          0,
          null,
          null,
          Arrival.Outcome.UNREADABLE,
          "the file cannot be read (" + e.getMessage() + "); send it again");
    }
  }

  private static boolean expects(Source source, String name) {
    return source.files().stream()
        .anyMatch(
            pattern ->
                FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name)));
  }

  private static int precedence(Definitions definitions, @Nullable Source source) {
    if (source == null) {
      return Integer.MAX_VALUE;
    }
    // What corrects a source comes right after it.
    int registry = definitions.matching().registries().indexOf(source.recordsOf());
    int place =
        registry >= 0
            ? registry
            : 1000 + List.copyOf(definitions.sources().keySet()).indexOf(source.recordsOf());
    return switch (source.supplies()) {
      case SNAPSHOT, ADDITIONS -> 3 * place;
      case CORRECTIONS -> 3 * place + 1;
      case DELETIONS -> 3 * place + 2;
    };
  }

  private Arrival enter(Run run, Found found) {
    var name = found.file().getFileName().toString();
    var outcome = found.outcome();
    Long delivery = null;
    String message = found.message();
    if (found.sha256() != null && found.source() != null) {
      int source = run.scope().sourceId(found.source().id());
      var earlier = withBytes(run.scope(), found.source().id(), found.sha256());
      if (earlier.isEmpty()) {
        delivery = add(run, source, name, found.sha256(), found.size());
      } else {
        delivery = earlier.get().id();
        if (waits(earlier.get())) {
          // It could not be taken in; perhaps the definitions have been put right since.
          delivery = again(run, delivery);
        } else if (!mine(run, delivery) || !name.equals(earlier.get().fileName())) {
          outcome = Arrival.Outcome.KNOWN;
          message =
              alreadyKnown(run.definitions(), run.asOf(), found.source(), name, earlier.get());
        }
      }
    }
    db.sql(
            "REPLACE INTO arrival (run_id, file_name, size, sha256, outcome, delivery_id, message)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")
        .param(run.id())
        .param(name)
        .param(found.size())
        .param(found.sha256())
        .param(outcome.name().toLowerCase(Locale.ROOT))
        .param(delivery)
        .param(message)
        .update();
    return new Arrival(name, found.size(), outcome, message);
  }

  /** Whether it has not been taken in, and perhaps is the next time. */
  static boolean waits(Delivery delivery) {
    return delivery.state() == Delivery.State.HELD
        || delivery.state() == Delivery.State.REFUSED && delivery.decidedBy() == null;
  }

  private boolean mine(Run run, long delivery) {
    return db.sql("SELECT run_id FROM delivery WHERE delivery_id = ?")
            .param(delivery)
            .query(Long.class)
            .single()
        == run.id();
  }

  private long add(Run run, int source, String name, String sha256, long size) {
    long delivery = next();
    db.sql(
            "INSERT INTO delivery (delivery_id, number, source_id, file_name, sha256, size, as_of,"
                + " run_id, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'received')")
        .params(delivery, delivery, source, name, sha256, size, run.asOf(), run.id())
        .update();
    return delivery;
  }

  /** At another place, for it is taken in after those that were taken in meanwhile. */
  private long again(Run run, long refused) {
    long delivery = next();
    db.sql(
            "UPDATE delivery SET delivery_id = ?, state = 'received', message = NULL,"
                + " breached = NULL, refusal = NULL, run_id = ? WHERE delivery_id = ?")
        .params(delivery, run.id(), refused)
        .update();
    db.sql("DELETE FROM rejection WHERE delivery_id = ?").param(refused).update();
    db.sql("UPDATE delivery SET corrects = ? WHERE corrects = ?")
        .params(delivery, refused)
        .update();
    return delivery;
  }

  private long next() {
    return db.sql("SELECT COALESCE(MAX(delivery_id), 0) + 1 FROM delivery")
        .query(Long.class)
        .single();
  }

  /** Why the same bytes have no effect when they come again under a name. */
  static String alreadyKnown(
      Definitions definitions, LocalDate asOf, Source source, String name, Delivery earlier) {
    var otherName = otherName(name, earlier.fileName());
    if (earlier.state() == Delivery.State.REFUSED) {
      return "was refused before%s by %s (%s); the same bytes again have no effect"
          .formatted(otherName, earlier.decidedBy(), earlier.cause());
    }
    return "has been taken in before%s; the same bytes again have no effect%s"
        .formatted(otherName, otherPeriod(definitions, asOf, source, name, earlier.covers()));
  }

  static String otherName(String name, String earlier) {
    return name.equals(earlier) ? "" : " as " + earlier;
  }

  /** What is to be said where a name tells another period than the bytes under it are of. */
  static String otherPeriod(
      Definitions definitions, LocalDate asOf, Source source, String name, @Nullable Span covers) {
    var says = Constants.coveredByName(source, name, asOf, Fault.phrases(definitions.programme()));
    return says == null || says.equals(covers)
        ? ""
        : ". Its name says %s, its bytes are those of %s: of %s nothing is reported; ask for another file"
            .formatted(says, covers, says);
  }

  /** What a run found in its inbox. */
  public List<Arrival> arrivals(long run) {
    return db.sql(
            "SELECT * FROM arrival WHERE run_id = ? ORDER BY delivery_id IS NULL, delivery_id, file_name")
        .param(run)
        .query(
            (row, n) ->
                new Arrival(
                    row.getString("file_name"),
                    row.getLong("size"),
                    Arrival.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getString("message")))
        .list();
  }

  /**
   * A file that was found in an inbox and not taken, in some nights.
   *
   * @param first business date of the first of them
   */
  public record Untaken(
      String fileName, Arrival.Outcome outcome, long nights, LocalDate first, LocalDate last) {}

  /** Files that runs after one run and up to another found and did not take, by name. */
  public List<Untaken> untaken(Scope scope, long afterRun, long toRun) {
    return db.sql(
            "SELECT a.file_name, a.outcome, COUNT(*) AS nights, MIN(r.as_of) AS first,"
                + " MAX(r.as_of) AS last FROM arrival a JOIN run r USING (run_id)"
                + " WHERE r.programme_id = ? AND r.run_id > ? AND r.run_id <= ?"
                + " AND a.outcome <> 'new' GROUP BY a.file_name, a.outcome"
                + " ORDER BY a.file_name, a.outcome")
        .params(scope.programmeId(), afterRun, toRun)
        .query(
            (row, n) ->
                new Untaken(
                    row.getString("file_name"),
                    Arrival.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                    row.getLong("nights"),
                    row.getObject("first", LocalDate.class),
                    row.getObject("last", LocalDate.class)))
        .list();
  }

  /** Deliveries whose rows have not been read yet, in the order in which they are taken in. */
  public List<Delivery> received(Scope scope) {
    return db.sql(SELECT + "WHERE s.programme_id = ? AND d.state = 'received' ORDER BY delivery_id")
        .param(scope.programmeId())
        .query(DELIVERY)
        .list();
  }

  /** Deliveries that a run received, in order. */
  public List<Delivery> of(long run) {
    return db.sql(SELECT + "WHERE d.run_id = ? ORDER BY delivery_id")
        .param(run)
        .query(DELIVERY)
        .list();
  }

  /** All deliveries of a programme, in the order in which they are taken in. */
  public List<Delivery> all(Scope scope) {
    return db.sql(SELECT + "WHERE s.programme_id = ? ORDER BY delivery_id")
        .param(scope.programmeId())
        .query(DELIVERY)
        .list();
  }

  /**
   * Deliveries of a programme, the latest first.
   *
   * @param before number that the numbers of all of them are below
   * @param source whose; null for any
   * @param state null for any
   */
  public List<Delivery> latest(
      Scope scope, long before, @Nullable String source, Delivery.@Nullable State state, int most) {
    return db.sql(
            SELECT
                + "WHERE s.programme_id = ? AND d.number < ? AND (? IS NULL OR s.source = ?)"
                + " AND (? IS NULL OR d.state = ?) ORDER BY d.number DESC LIMIT ?")
        .param(scope.programmeId())
        .param(before)
        .param(source)
        .param(source)
        .param(state == null ? null : state.name())
        .param(state == null ? null : state.name().toLowerCase(Locale.ROOT))
        .param(most)
        .query(DELIVERY)
        .list();
  }

  /** The delivery of a programme with this number. */
  public java.util.Optional<Delivery> find(Scope scope, long number) {
    return db.sql(SELECT + "WHERE s.programme_id = ? AND d.number = ?")
        .params(scope.programmeId(), number)
        .query(DELIVERY)
        .optional();
  }

  /** The last delivery of a source that was taken in. */
  public java.util.Optional<Delivery> last(Scope scope, String source) {
    return db.sql(
            SELECT
                + "WHERE s.source_id = ? AND d.state IN ('ingested', 'resolved')"
                + " ORDER BY delivery_id DESC LIMIT 1")
        .param(scope.sourceId(source))
        .query(DELIVERY)
        .optional();
  }

  /** The last delivery of a source that was taken in as a whole, and not to mend another. */
  java.util.Optional<Delivery> lastWhole(Scope scope, String source) {
    return all(scope).stream()
        .filter(d -> d.source().equals(source) && d.isTaken() && mended(d).isEmpty())
        .reduce((earlier, later) -> later);
  }

  /** The delivery that another one mends: its answer come back, and it had been taken in. */
  java.util.Optional<Delivery> mended(Delivery delivery) {
    return java.util.Optional.ofNullable(delivery.corrects())
        .map(this::get)
        .filter(Delivery::isTaken);
  }

  /** The delivery at the beginning of a chain of mended ones. */
  private Delivery root(Delivery delivery) {
    var root = delivery;
    for (var before = mended(root); before.isPresent(); before = mended(root)) {
      root = before.get();
    }
    return root;
  }

  /** What the file was called when it was sent first, before it came back mended. */
  String nameOf(Delivery delivery) {
    return root(delivery).fileName();
  }

  /** A delivery of the same source that has been taken in since and does not mend this one. */
  java.util.Optional<Delivery> supersedes(Scope scope, Delivery delivery) {
    long root = root(delivery).id();
    return all(scope).stream()
        .filter(d -> d.source().equals(delivery.source()) && d.isTaken())
        .filter(d -> d.id() > root && root(d).id() != root)
        .findFirst();
  }

  /** The delivery that a workbook of ours is the answer to, if this home has it. */
  java.util.Optional<Delivery> answered(Scope scope, Marked marked) {
    var mark = marked.answer();
    return mark == null || !scope.definitions().sources().containsKey(mark.source())
        ? java.util.Optional.empty()
        : withBytes(scope, mark.source(), mark.sha256());
  }

  /** Notes whose answer a delivery is. */
  void corrects(Delivery delivery, Delivery answered) {
    db.sql("UPDATE delivery SET corrects = ? WHERE delivery_id = ?")
        .params(answered.id(), delivery.id())
        .update();
  }

  /** One delivery. */
  public Delivery get(long id) {
    return db.sql(SELECT + "WHERE d.delivery_id = ?").param(id).query(DELIVERY).single();
  }

  /** Deliveries of runs after one run and up to another, in order. */
  public List<Delivery> between(Scope scope, long afterRun, long toRun) {
    return db.sql(
            SELECT
                + "WHERE s.programme_id = ? AND d.run_id > ? AND d.run_id <= ?"
                + " ORDER BY delivery_id")
        .params(scope.programmeId(), afterRun, toRun)
        .query(DELIVERY)
        .list();
  }

  /** The last delivery of a programme with this number, SHA-256 or file name. */
  public java.util.Optional<Delivery> find(Scope scope, String text) {
    return db.sql(
            SELECT
                + "WHERE s.programme_id = ? AND (d.sha256 = ? OR d.file_name = ?"
                + " OR CAST(d.number AS CHAR) = ?) ORDER BY delivery_id DESC LIMIT 1")
        .params(scope.programmeId(), text, text, text)
        .query(DELIVERY)
        .optional();
  }

  /** The last delivery of a programme with the bytes of a file. */
  public java.util.Optional<Delivery> find(Scope scope, Path file) throws IOException {
    return find(scope, Originals.sha256(file));
  }

  /** Why a file was refused when it was read; empty where it was not, or a person refused it. */
  public java.util.Optional<Refusal> refusal(Delivery delivery) {
    return db.sql("SELECT refusal FROM delivery WHERE delivery_id = ? AND refusal IS NOT NULL")
        .param(delivery.id())
        .query(String.class)
        .optional()
        .map(text -> new JsonMapper().readValue(text, Refusal.class));
  }

  /** The gates that hold a delivery. */
  public List<String> breached(Delivery delivery) {
    return gates(delivery, "breached");
  }

  /** The gates that hold a delivery, and those that a person let it pass. */
  public List<String> gates(Delivery delivery) {
    return gates(delivery, "NULLIF(CONCAT_WS('\n', passes, breached), '')").stream()
        .distinct()
        .toList();
  }

  private List<String> gates(Delivery delivery, String which) {
    return db.sql("SELECT " + which + " FROM delivery WHERE delivery_id = ?")
        .param(delivery.id())
        .query((row, n) -> java.util.Optional.ofNullable(row.getString(1)))
        .single()
        .map(gates -> List.of(gates.split("\n", -1)))
        .orElse(List.of());
  }

  /** The bytes as they were received; read-only. */
  public Path original(Delivery delivery) {
    return originals.of(delivery.sha256());
  }
}
