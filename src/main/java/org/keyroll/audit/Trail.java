package org.keyroll.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done, by whom: each line carries the hash of the one before. */
@Component
public class Trail {
  private static final String BEGINNING = "0".repeat(64);

  private final JdbcClient db;
  private final Clock clock;

  Trail(JdbcClient db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * Appends a line; it is committed or undone with the caller's transaction.
   *
   * @param act what was done, such as {@code publish}
   * @param subject to what, such as {@code revision 3}
   */
  public void append(String actor, String act, String subject, String detail) {
    // Writers queue up for the first line, so that two never chain to the same one. The last line
    // will not do: whoever has waited for it is given it, though another has come behind it.
    db.sql("SELECT seq FROM audit WHERE seq = 1 FOR UPDATE").query(Long.class).optional();
    var last =
        db.sql("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1 FOR UPDATE")
            .query(Head.class)
            .optional()
            .orElse(new Head(0, BEGINNING));
    long seq = last.seq() + 1;
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    db.sql("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            seq,
            java.sql.Timestamp.from(at),
            actor,
            act,
            subject,
            detail,
            last.hash(),
            hash(last.hash(), seq, at, actor, act, subject, detail))
        .update();
  }

  /** A line as it was written. */
  public record Entry(
      long seq, Instant at, String actor, String act, String subject, String detail, String hash) {}

  /**
   * Lines of the trail, the latest first.
   *
   * @param before number that all of them are below
   * @param actor whose lines; empty for everybody's
   * @param act what was done; empty for anything
   */
  public List<Entry> latest(long before, String actor, String act, int most) {
    return db.sql(
            "SELECT seq, at, actor, act, subject, detail, hash FROM audit WHERE seq < ?"
                + " AND (? = '' OR actor = ?) AND (? = '' OR act = ?) ORDER BY seq DESC LIMIT ?")
        .params(before, actor, actor, act, act, most)
        .query(
            (row, n) ->
                new Entry(
                    row.getLong("seq"),
                    row.getTimestamp("at").toInstant(),
                    row.getString("actor"),
                    row.getString("act"),
                    row.getString("subject"),
                    row.getString("detail"),
                    row.getString("hash")))
        .list();
  }

  /**
   * A line by which the trail up to it is known; kept elsewhere, it shows when the end of the trail
   * is cut off.
   *
   * @param hash SHA-256 in hexadecimal
   */
  public record Head(long seq, String hash) {

    /** Reads what {@link #toString} writes; null for anything else. */
    public static @Nullable Head parse(String text) {
      return text.matches("[0-9]{1,18}:[0-9a-f]{64}")
          ? new Head(
              Long.parseLong(text.substring(0, text.indexOf(':'))),
              text.substring(text.indexOf(':') + 1))
          : null;
    }

    @Override
    public String toString() {
      return seq + ":" + hash;
    }
  }

  /** The last line; number 0 before the first. */
  public Head head() {
    return db.sql("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        .query(Head.class)
        .optional()
        .orElse(new Head(0, BEGINNING));
  }

  /** Whether the trail has the line. */
  public boolean holds(Head head) {
    return head.equals(new Head(0, BEGINNING))
        || db.sql("SELECT seq, hash FROM audit WHERE seq = ?")
            .param(head.seq())
            .query(Head.class)
            .optional()
            .filter(head::equals)
            .isPresent();
  }

  /** The number of the first line that does not fit the chain; empty when all do. */
  public OptionalLong firstBroken() {
    var chain =
        new Object() {
          String previous = BEGINNING;
          long seq = 0;
          long broken = 0;
        };
    db.sql("SELECT seq, at, actor, act, subject, detail, previous, hash FROM audit ORDER BY seq")
        .query(
            row -> {
              var hash =
                  hash(
                      chain.previous,
                      chain.seq + 1,
                      row.getTimestamp(2).toInstant(),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6));
              if (chain.broken == 0
                  && (row.getLong(1) != chain.seq + 1
                      || !chain.previous.equals(row.getString(7))
                      || !hash.equals(row.getString(8)))) {
                chain.broken = chain.seq + 1;
              }
              chain.previous = row.getString(8);
              chain.seq = row.getLong(1);
            });
    return chain.broken == 0 ? OptionalLong.empty() : OptionalLong.of(chain.broken);
  }

  private static String hash(
      String previous,
      long seq,
      Instant at,
      String actor,
      String act,
      String subject,
      String detail) {
    // Lengths before texts, so that no two lines have the same canonical form.
    var canonical = new StringBuilder(previous).append(seq).append(at.toEpochMilli());
    for (var text : new String[] {actor, act, subject, detail}) {
      canonical.append('\n').append(text.length()).append(':').append(text);
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
