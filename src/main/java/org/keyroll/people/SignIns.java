package org.keyroll.people;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells who signs in to the console: by their key, or by a password that they have chosen with a
 * code which is good once. Nobody has a password that somebody else knows.
 */
@Service
public class SignIns {
  /** How long a code is good. */
  public static final Duration CODE = Duration.ofHours(24);

  private static final int CODE_LENGTH = 20;

  private final JdbcClient db;
  private final People people;
  private final Trail trail;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  SignIns(JdbcClient db, People people, Trail trail, Clock clock) {
    this.db = db;
    this.people = people;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Makes a code with which a person can choose a password within a day; an earlier one is void.
   *
   * @param by an administrator
   * @return the code, which nobody can be told again
   */
  @Transactional(rollbackFor = Exception.class)
  public String code(Person by, String name) throws NotAllowed {
    people.require(by, Right.REGISTER);
    if (people.now(name).isEmpty()) {
      throw new NotAllowed("Nobody who may act is registered as %s.".formatted(name));
    }
    var code = new Key(name, Key.secret(random, CODE_LENGTH));
    keep(code, "code", Timestamp.from(clock.instant().plus(CODE)));
    trail.append(by.name(), "code", "person " + name, "to choose a password, for a day");
    return code.secret();
  }

  /**
   * Chooses a password with a code, which is void from then on.
   *
   * @throws NotAuthenticated when the code is not the person's, was used or has expired
   * @throws UnfitPassword when the password does not keep to the rules; the code stays good
   */
  @Transactional(rollbackFor = UnfitPassword.class, noRollbackFor = NotAuthenticated.class)
  public Person choose(String name, String code, String password)
      throws NotAuthenticated, UnfitPassword {
    var given = new Key(name, code.replaceAll("[\\s-]", "").toLowerCase(java.util.Locale.ROOT));
    var kept = kept(name, "code");
    boolean fits = kept.orElse(Key.Hash.NOBODY).fits(given);
    var person = people.now(name);
    if (!fits || kept.isEmpty() || person.isEmpty()) {
      refuse(name, person.isPresent(), "code");
      throw new NotAuthenticated("The code is not good, or not any more.");
    }
    Passwords.check(name, password);
    db.sql("DELETE FROM secret WHERE person = ? AND kind = 'code'").param(name).update();
    keep(new Key(name, password), "password", null);
    trail.append(name, "password", "person " + name, "chosen with a code");
    return person.get();
  }

  /**
   * Tells who signs in. A wrong secret is written into the trail, and a right one too.
   *
   * @param secret the person's key, whole or what is behind the colon, or their password
   * @param from whence, for the trail
   * @throws NotAuthenticated when it is nobody's
   */
  @Transactional(noRollbackFor = NotAuthenticated.class)
  public Person signIn(String name, String secret, String from) throws NotAuthenticated {
    var person = prove(name, secret);
    trail.append(name, "sign in", "console", "from " + from);
    return person;
  }

  /**
   * Lets a person prove once more that it is them.
   *
   * @throws NotAuthenticated when the secret is not theirs
   */
  @Transactional(noRollbackFor = NotAuthenticated.class)
  public Person prove(String name, String secret) throws NotAuthenticated {
    var whole = Key.parse(secret);
    var given = whole != null && whole.isMade() ? whole : new Key(name, secret);
    var kept = given.name().equals(name) ? kept(name, given.isMade() ? "key" : "password") : NONE;
    boolean fits = kept.orElse(Key.Hash.NOBODY).fits(given);
    var person = people.now(name);
    if (!fits || kept.isEmpty() || person.isEmpty()) {
      refuse(name, person.isPresent(), "secret");
      throw new NotAuthenticated("The name and the secret do not fit.");
    }
    return person.get();
  }

  private static final Optional<Key.Hash> NONE = Optional.empty();

  /** A name that nobody has may be a secret typed in the wrong place. */
  private void refuse(String name, boolean known, String what) {
    trail.append(People.KEYROLL, "refuse", known ? what + " of " + name : what, "does not fit");
  }

  private Optional<Key.Hash> kept(String name, String kind) {
    return kind.equals("key")
        ? people.kept(name)
        : db.sql(
                "SELECT iterations, salt, hash FROM secret WHERE person = ? AND kind = ?"
                    + " AND (expires_at IS NULL OR expires_at > ?)")
            .params(name, kind, Timestamp.from(clock.instant()))
            .query((row, n) -> Key.Hash.read(row))
            .optional();
  }

  private void keep(Key secret, String kind, @Nullable Timestamp expires) {
    var hash = secret.hash(random);
    db.sql(
            "REPLACE INTO secret (person, kind, iterations, salt, hash, since, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")
        .param(secret.name())
        .param(kind)
        .param(hash.iterations)
        .param(hash.salt)
        .param(hash.hash)
        .param(Timestamp.from(clock.instant()))
        .param(expires)
        .update();
  }
}
