package org.keyroll.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets programs act for persons over the API, each with a token of its own and for a time. A token
 * never carries more than its person may at the moment of its use.
 */
@Service
public class Tokens {
  /** How long a token that only reads can be good. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /** How long one that acts can be good. */
  public static final Duration LONGEST_ACTING = Duration.ofDays(92);

  private static final int ID_LENGTH = 8;
  private static final int SECRET_LENGTH = 32;

  /** Begins so that whoever searches files for secrets finds it. */
  private static final Pattern FORM =
      Pattern.compile("keyroll_([a-z0-9]{%d})_([a-z0-9]{%d})".formatted(ID_LENGTH, SECRET_LENGTH));

  private static final int LABEL = 100;

  private static final RowMapper<Token> TOKEN =
      (row, n) ->
          new Token(
              row.getString("token"),
              row.getString("person"),
              row.getString("made_by"),
              row.getString("label"),
              row.getBoolean("acts"),
              row.getTimestamp("since").toInstant(),
              row.getTimestamp("expires_at").toInstant(),
              row.getTimestamp("ended") == null ? null : row.getTimestamp("ended").toInstant());

  private final JdbcClient db;
  private final People people;
  private final Trail trail;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Tokens(JdbcClient db, People people, Trail trail, Clock clock) {
    this.db = db;
    this.people = people;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What is known of a token.
   *
   * @param madeBy its person, or an administrator
   * @param label what it is for, in the words of whoever made it
   * @param acts whether it does all that its person may, but make tokens and register persons; one
   *     that does not reads only
   * @param ended when it was revoked; null while it was not
   */
  public record Token(
      String id,
      String person,
      String madeBy,
      String label,
      boolean acts,
      Instant since,
      Instant expires,
      @Nullable Instant ended) {

    /** Whether it opens anything, as far as it depends on the token itself. */
    public boolean isGood(Instant now) {
      return ended == null && now.isBefore(expires);
    }
  }

  /** A token just made, with the secret that nobody can be told again. */
  public record Made(Token token, String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
      return token.toString();
    }
  }

  /** Whose program asks, with the roles that the person has at this moment. */
  public record Bearer(Person person, Token token) {}

  /**
   * Makes a token for oneself or, as an administrator, for a person of a department. Nobody makes
   * one for another who has a hand in the list: what was done with it would bear their name.
   *
   * @param by who has proved with key or password who they are
   * @param name whose token it is
   * @throws NotAllowed when it is for another, or the label or the time will not do
   */
  @Transactional(rollbackFor = Exception.class)
  public Made make(Person by, String name, String label, boolean acts, int days) throws NotAllowed {
    if (people.now(by).isEmpty()) {
      throw new NotAllowed("%s is not registered any more.".formatted(by));
    }
    if (!name.equals(by.name())) {
      people.require(by, Right.REGISTER);
      if (people.now(name).filter(p -> p.department() != null).isEmpty()) {
        throw new NotAllowed(
            "%s is no person of a department; all others make their tokens themselves."
                .formatted(name));
      }
    }
    var words = label.strip();
    if (words.isEmpty()
        || words.length() > LABEL
        || words.codePoints().anyMatch(Character::isISOControl)) {
      throw new NotAllowed(
          "Say in 1 to %d characters what the token is for, such as \"upload of incidents\"."
              .formatted(LABEL));
    }
    long most = (acts ? LONGEST_ACTING : LONGEST).toDays();
    if (days < 1 || days > most) {
      throw new NotAllowed(
          "A token that %s is good for 1 to %d days."
              .formatted(acts ? "acts" : "only reads", most));
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var token =
        new Token(
            Key.secret(random, ID_LENGTH),
            name,
            by.name(),
            words,
            acts,
            now,
            now.plus(Duration.ofDays(days)),
            null);
    var secret = Key.secret(random, SECRET_LENGTH);
    db.sql(
            "INSERT INTO token (token, person, made_by, label, acts, hash, since, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(token.id(), name, by.name(), words, acts, hash(secret))
        .param(Timestamp.from(now))
        .param(Timestamp.from(token.expires()))
        .update();
    trail.append(
        by.name(),
        "token",
        "token " + token.id(),
        "%s, %s until %s%s"
            .formatted(
                words,
                acts ? "acts" : "reads",
                token.expires(),
                name.equals(by.name()) ? "" : ", of " + name));
    return new Made(token, "keyroll_%s_%s".formatted(token.id(), secret));
  }

  /** All tokens there have been, by person and time. */
  public List<Token> all() {
    return db.sql("SELECT * FROM token ORDER BY person, since, token").query(TOKEN).list();
  }

  /** Those of a person, by time. */
  public List<Token> of(Person person) {
    return all().stream().filter(t -> t.person().equals(person.name())).toList();
  }

  /**
   * Revokes a token, one's own or, as an administrator, anybody's.
   *
   * @throws NotAllowed when it is another person's, or there is none
   */
  @Transactional(rollbackFor = Exception.class)
  public void revoke(Person by, String id) throws NotAllowed {
    boolean administrator = people.now(by).filter(p -> p.may(Right.REGISTER)).isPresent();
    var found =
        all().stream()
            .filter(t -> t.id().equals(id))
            .filter(t -> administrator || t.person().equals(by.name()))
            .findFirst()
            .orElseThrow(
                () -> new NotAllowed("No token %s is yours; see keyroll tokens.".formatted(id)));
    int revoked =
        db.sql("UPDATE token SET ended = ? WHERE token = ? AND ended IS NULL")
            .param(Timestamp.from(clock.instant()))
            .param(id)
            .update();
    if (revoked == 1) {
      trail.append(by.name(), "revoke", "token " + id, "of " + found.person());
    }
  }

  /** The id in a text of the form of a token, right or wrong; empty for any other. */
  public static String idIn(String text) {
    var form = FORM.matcher(text);
    return form.matches() ? form.group(1) : "";
  }

  /**
   * Tells whose token a program sends. A wrong one is written into the trail.
   *
   * @throws NotAuthenticated when there is no such token
   * @throws NotAllowed when there was: it has expired, was revoked, its person acts no more, or has
   *     a hand in the list by now while somebody else made it
   */
  @Transactional(noRollbackFor = {NotAuthenticated.class, NotAllowed.class})
  public Bearer authenticate(String text) throws NotAuthenticated, NotAllowed {
    var form = FORM.matcher(text);
    var kept =
        form.matches()
            ? db.sql("SELECT hash FROM token WHERE token = ?")
                .param(form.group(1))
                .query((row, n) -> row.getBytes(1))
                .optional()
                .orElse(null)
            : null;
    if (kept == null || !MessageDigest.isEqual(kept, hash(form.group(2)))) {
      // What is no token may be a secret sent to the wrong place.
      trail.append(
          People.KEYROLL,
          "refuse",
          kept == null ? "token" : "token " + form.group(1),
          "does not fit");
      throw new NotAuthenticated("The token is not one of this home; see keyroll tokens.");
    }
    var token =
        db.sql("SELECT * FROM token WHERE token = ?").param(form.group(1)).query(TOKEN).single();
    if (token.ended() != null) {
      throw new NotAllowed("The token was revoked on %s.".formatted(token.ended()));
    }
    if (!clock.instant().isBefore(token.expires())) {
      throw new NotAllowed("The token expired on %s; make another one.".formatted(token.expires()));
    }
    var person = people.now(token.person());
    if (person.isEmpty()) {
      throw new NotAllowed("The person of the token is not registered any more.");
    }
    if (!token.madeBy().equals(token.person()) && person.get().department() == null) {
      throw new NotAllowed(
          "The token was made by %s, and %s belongs to no department any more; they make one"
                  .formatted(token.madeBy(), token.person())
              + " themselves.");
    }
    return new Bearer(person.get(), token);
  }

  /** The secret has 160 random bits, so that no salt and no rounds are needed. */
  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
