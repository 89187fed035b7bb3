package org.keyroll.people;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers persons and tells by their keys who they are. A registration ends, it is not deleted.
 */
@Service
public class People {
  private static final String SELECT =
      "SELECT person, roles, programme, department, since, ended FROM person";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,39}");

  /** Stands for the rules themselves. */
  static final String KEYROLL = "keyroll";

  private static final RowMapper<Registered> REGISTERED =
      (row, n) ->
          new Registered(
              row.getString("person"),
              Arrays.stream(row.getString("roles").split(",", -1))
                  .map(r -> Role.valueOf(r.toUpperCase(java.util.Locale.ROOT)))
                  .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))),
              row.getString("department") == null
                  ? null
                  : new Department(row.getString("programme"), row.getString("department")),
              row.getTimestamp("since").toInstant(),
              row.getTimestamp("ended") == null ? null : row.getTimestamp("ended").toInstant());

  private final JdbcClient db;
  private final Trail trail;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  People(JdbcClient db, Trail trail, Clock clock) {
    this.db = db;
    this.trail = trail;
    this.clock = clock;
  }

  /** A person as registered; {@code ended} is null while they may act. */
  public record Registered(
      String name,
      Set<Role> roles,
      @Nullable Department department,
      Instant since,
      @Nullable Instant ended) {

    Person person() {
      return new Person(name, roles, department);
    }
  }

  /** All persons there have been, by name. */
  public List<Registered> all() {
    return db.sql(SELECT + " ORDER BY person").query(REGISTERED).list();
  }

  /**
   * Registers a person.
   *
   * @param by an administrator; null for the first person of a home, who is one
   * @param department of a person whose role is {@link Role#DEPARTMENT}; null for all others
   * @return the key, which nobody can be told again
   */
  @Transactional(rollbackFor = Exception.class)
  public String add(
      @Nullable Person by, String name, Collection<Role> roles, @Nullable Department department)
      throws NotAllowed {
    belongs(roles, department);
    var registered = lock();
    if (by != null) {
      require(by, registered, Right.REGISTER);
    } else if (!registered.isEmpty()) {
      throw new NotAllowed("Persons are registered here already; an administrator adds others.");
    } else if (!roles.contains(Role.ADMINISTRATOR)) {
      throw new NotAllowed(
          "The first person of a home is an administrator, who registers the others:"
              + " add --role administrator.");
    }
    if (!NAME.matcher(name).matches() || name.equals(KEYROLL)) {
      throw new NotAllowed(
          "\"%s\" cannot be the name of a person: it is 2 to 40 lower-case letters, digits and"
                  .formatted(name)
              + " hyphens, begins with a letter, and is not keyroll.");
    }
    if (registered.stream().anyMatch(r -> r.name().equals(name))) {
      throw new NotAllowed(
          "%s is registered, or was; take another name, or give them a new key with keyroll people"
                  .formatted(name)
              + " renew.");
    }
    var key = Key.make(name, random);
    var hash = key.hash(random);
    db.sql(
            "INSERT INTO person (person, roles, programme, department, iterations, salt, hash, since)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .param(name)
        .param(roles(roles))
        .param(department == null ? null : department.programme())
        .param(department == null ? null : department.id())
        .param(hash.iterations)
        .param(hash.salt)
        .param(hash.hash)
        .param(now())
        .update();
    trail.append(
        by == null ? name : by.name(), "register", "person " + name, words(roles, department));
    return key.text();
  }

  /** Whoever belongs to a department sees what is for it and has no hand in the list. */
  private static void belongs(Collection<Role> roles, @Nullable Department department)
      throws NotAllowed {
    boolean belongs = roles.contains(Role.DEPARTMENT);
    if (belongs && roles.stream().distinct().count() > 1) {
      throw new NotAllowed("A person of a department has no other role.");
    }
    if (belongs != (department != null)) {
      throw new NotAllowed(
          belongs
              ? "Say which department the person belongs to: --department ID."
              : "Only a person with the role department belongs to one.");
    }
  }

  private static String words(Collection<Role> roles, @Nullable Department department) {
    return roles(roles) + (department == null ? "" : " " + department);
  }

  /** Gives a person a new key, from which moment the old one is void; also after it has ended. */
  @Transactional(rollbackFor = Exception.class)
  public String renew(Person by, String name) throws NotAllowed {
    var registered = lock();
    require(by, registered, Right.REGISTER);
    known(registered, name);
    var key = Key.make(name, random);
    var hash = key.hash(random);
    db.sql(
            "UPDATE person SET iterations = ?, salt = ?, hash = ?, ended = NULL"
                + " WHERE person = ?")
        .params(hash.iterations, hash.salt, hash.hash, name)
        .update();
    trail.append(by.name(), "renew", "person " + name, "a new key");
    return key.text();
  }

  /** Gives a person other roles. */
  @Transactional(rollbackFor = Exception.class)
  public void assign(
      Person by, String name, Collection<Role> roles, @Nullable Department department)
      throws NotAllowed {
    belongs(roles, department);
    var registered = lock();
    require(by, registered, Right.REGISTER);
    known(registered, name);
    if (!roles.contains(Role.ADMINISTRATOR)) {
      keepAnAdministrator(registered, name);
    }
    db.sql("UPDATE person SET roles = ?, programme = ?, department = ? WHERE person = ?")
        .param(roles(roles))
        .param(department == null ? null : department.programme())
        .param(department == null ? null : department.id())
        .param(name)
        .update();
    trail.append(by.name(), "assign", "person " + name, words(roles, department));
  }

  /** Ends a registration; what the person decided stays. */
  @Transactional(rollbackFor = Exception.class)
  public void end(Person by, String name) throws NotAllowed {
    var registered = lock();
    require(by, registered, Right.REGISTER);
    known(registered, name);
    keepAnAdministrator(registered, name);
    db.sql("UPDATE person SET ended = ? WHERE person = ? AND ended IS NULL")
        .params(now(), name)
        .update();
    trail.append(by.name(), "end", "person " + name, "no longer acts");
  }

  private static void keepAnAdministrator(List<Registered> registered, String leaving)
      throws NotAllowed {
    if (registered.stream()
        .noneMatch(
            r ->
                r.ended() == null
                    && r.roles().contains(Role.ADMINISTRATOR)
                    && !r.name().equals(leaving))) {
      throw new NotAllowed(
          "%s is the last administrator; register another one first.".formatted(leaving));
    }
  }

  /**
   * Tells who has this key. A wrong one is written into the trail.
   *
   * @throws NotAuthenticated when nobody has
   */
  @Transactional(noRollbackFor = NotAuthenticated.class)
  public Person authenticate(String text) throws NotAuthenticated {
    var key = Key.parse(text);
    var name = key == null ? "" : key.name();
    var kept = kept(name);
    boolean fits = kept.orElse(Key.Hash.NOBODY).fits(key == null ? new Key("", "") : key);
    if (!fits || kept.isEmpty()) {
      // A name that nobody has may be a secret typed in the wrong place.
      trail.append(KEYROLL, "refuse", kept.isEmpty() ? "key" : "key of " + name, "does not fit");
      throw new NotAuthenticated();
    }
    return now(name).orElseThrow();
  }

  /** What is kept of the key of a person who may act. */
  Optional<Key.Hash> kept(String name) {
    return db.sql("SELECT iterations, salt, hash FROM person WHERE person = ? AND ended IS NULL")
        .param(name)
        .query((row, n) -> Key.Hash.read(row))
        .optional();
  }

  /** The person with the roles they have at this moment; empty once the registration has ended. */
  public Optional<Person> now(Person person) {
    return now(person.name());
  }

  Optional<Person> now(String name) {
    return db.sql(SELECT + " WHERE person = ? AND ended IS NULL")
        .param(name)
        .query(REGISTERED)
        .optional()
        .map(Registered::person);
  }

  /**
   * Call first in whatever a right is needed for: asks the registration as it is at this moment, so
   * that a role taken away does not count any more.
   *
   * @throws NotAllowed when none of the roles carries the right, or the registration has ended
   */
  public void require(Person person, Right right) throws NotAllowed {
    require(person, all(), right);
  }

  private static void require(Person person, List<Registered> registered, Right right)
      throws NotAllowed {
    var now = find(registered, person.name()).filter(r -> r.ended() == null);
    if (now.isEmpty()) {
      throw new NotAllowed("The registration of %s has ended.".formatted(person.name()));
    }
    var roles = now.get().roles();
    if (roles.stream().noneMatch(right::of)) {
      throw new NotAllowed(
          "%s is %s; to %s takes an %s."
              .formatted(
                  person.name(),
                  String.join(" and ", roles.stream().map(Role::id).toList()),
                  right.words(),
                  right.roles()));
    }
  }

  private static Registered known(List<Registered> registered, String name) throws NotAllowed {
    return find(registered, name)
        .orElseThrow(
            () ->
                new NotAllowed("Nobody is registered as %s; see keyroll people.".formatted(name)));
  }

  private static Optional<Registered> find(List<Registered> registered, String name) {
    return registered.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** Makes those who change registrations queue up. */
  private List<Registered> lock() {
    return db.sql(SELECT + " ORDER BY person FOR UPDATE").query(REGISTERED).list();
  }

  private static String roles(Collection<Role> roles) {
    return roles.stream().distinct().sorted().map(Role::id).collect(Collectors.joining(","));
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
