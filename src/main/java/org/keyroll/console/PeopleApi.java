package org.keyroll.console;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.people.Department;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.people.Role;
import org.keyroll.people.SignIns;
import org.keyroll.people.Tokens;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may act, and the tokens with which programs act for them. */
@Api(tag = "people")
class PeopleApi {
  private final People people;
  private final SignIns signIns;
  private final Tokens tokens;
  private final Programmes programmes;
  private final Tags tags;

  PeopleApi(People people, SignIns signIns, Tokens tokens, Programmes programmes, Tags tags) {
    this.people = people;
    this.signIns = signIns;
    this.tokens = tokens;
    this.programmes = programmes;
    this.tags = tags;
  }

  /** Who asks, and with which token. */
  record Me(String name, List<Role> roles, @Nullable Department department, Tokens.Token token) {}

  /** A person; {@code ended} is null while they may act. */
  record PersonLine(
      String name,
      List<Role> roles,
      @Nullable Department department,
      Instant since,
      @Nullable Instant ended) {

    static PersonLine of(People.Registered person) {
      return new PersonLine(
          person.name(),
          sorted(person.roles()),
          person.department(),
          person.since(),
          person.ended());
    }
  }

  /** A person to be registered. */
  record PersonBody(
      @Nullable String name, @Nullable List<Role> roles, @Nullable Department department) {}

  /** What a person is from now on. */
  record RolesBody(@Nullable List<Role> roles, @Nullable Department department) {}

  /** A secret that is shown this once. */
  record Shown(String name, String secret) {}

  /**
   * A token to be made.
   *
   * @param person whose it is: oneself where it is left out, or a person of a department
   * @param acts whether it does what its person may, but make tokens and register persons;
   *     otherwise it reads
   * @param days how long it is good
   */
  record TokenBody(
      @Nullable String person,
      @Nullable String label,
      @Nullable Boolean acts,
      @Nullable Integer days) {}

  private static List<Role> sorted(Set<Role> roles) {
    return roles.stream().sorted().toList();
  }

  @Door
  @Says("Says who one is, and with which token.")
  @GetMapping("/api/v1/me")
  Me me(Person me, Caller caller) {
    var token = caller.token();
    if (token == null) {
      throw new NotFound();
    }
    return new Me(me.name(), sorted(me.roles()), me.department(), token);
  }

  @Door
  @Says("Lists one's own tokens; to an administrator, everybody's.")
  @GetMapping("/api/v1/tokens")
  Items<Tokens.Token> tokens(Person me) {
    return new Items<>(me.may(Right.REGISTER) ? tokens.all() : tokens.of(me), null);
  }

  @Door
  @Proven
  @Says(
      value =
          "Makes a token for oneself or, as an administrator, for a person of a department, and"
              + " shows it once.",
      with = 201)
  @PostMapping("/api/v1/tokens")
  ResponseEntity<Tokens.Made> make(Person me, @RequestBody TokenBody body) {
    var label = body.label();
    var days = body.days();
    if (label == null || days == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "A token takes label and days.");
    }
    try {
      var person = body.person() == null ? me.name() : body.person();
      return ResponseEntity.status(HttpStatus.CREATED)
          .body(tokens.make(me, person, label, Boolean.TRUE.equals(body.acts()), days));
    } catch (NotAllowed e) {
      throw new Refusal(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  @Door
  @Proven
  @Says(value = "Revokes a token, one's own or, as an administrator, anybody's.", with = 204)
  @DeleteMapping("/api/v1/tokens/{token}")
  ResponseEntity<Void> revoke(Person me, @PathVariable String token) {
    try {
      tokens.revoke(me, token);
    } catch (NotAllowed e) {
      throw new NotFound();
    }
    return ResponseEntity.noContent().build();
  }

  @Door(Right.READ)
  @Says("Lists the persons there have been, by name.")
  @GetMapping("/api/v1/people")
  Items<PersonLine> people(@RequestParam(defaultValue = "true") boolean ended) {
    return new Items<>(
        people.all().stream().filter(p -> ended || p.ended() == null).map(PersonLine::of).toList(),
        null);
  }

  @Door(Right.READ)
  @Says("Gives one person, with its tag.")
  @GetMapping("/api/v1/people/{person}")
  ResponseEntity<PersonLine> person(@PathVariable String person) {
    return tags.tagged(find(person));
  }

  private PersonLine find(String name) {
    return people.all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .map(PersonLine::of)
        .orElseThrow(NotFound::new);
  }

  @Door(Right.REGISTER)
  @Proven
  @Says(value = "Registers a person and shows their key once.", with = 201)
  @PostMapping("/api/v1/people")
  ResponseEntity<Shown> add(Person me, @RequestBody PersonBody body)
      throws NotAllowed, DefinitionErrors {
    var name = body.name();
    if (name == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "A person takes name and roles.");
    }
    var key = people.add(me, name, roles(body.roles()), department(body.department()));
    return ResponseEntity.status(HttpStatus.CREATED).body(new Shown(name, key));
  }

  @Door(Right.REGISTER)
  @Proven
  @Says(value = "Gives a person other roles.", or = 412)
  @PutMapping("/api/v1/people/{person}")
  ResponseEntity<PersonLine> assign(
      Person me,
      @PathVariable String person,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody RolesBody body)
      throws NotAllowed, DefinitionErrors {
    seen(person, seen);
    people.assign(me, person, roles(body.roles()), department(body.department()));
    return tags.tagged(find(person));
  }

  @Door(Right.REGISTER)
  @Proven
  @Says(value = "Ends a registration; what the person decided stays.", with = 204, or = 412)
  @DeleteMapping("/api/v1/people/{person}")
  ResponseEntity<Void> end(
      Person me,
      @PathVariable String person,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen)
      throws NotAllowed {
    seen(person, seen);
    people.end(me, person);
    return ResponseEntity.noContent().build();
  }

  private void seen(String person, @Nullable String seen) {
    var found = find(person);
    tags.match(
        seen,
        found,
        "%s %s."
            .formatted(
                person,
                found.ended() == null
                    ? "is " + String.join(" and ", found.roles().stream().map(Role::id).toList())
                    : "acts no more"));
  }

  @Door(Right.REGISTER)
  @Proven
  @Says(value = "Makes a new key for a person and shows it once; the old one is void.", with = 201)
  @PostMapping("/api/v1/people/{person}/key")
  ResponseEntity<Shown> renew(Person me, @PathVariable String person) throws NotAllowed {
    find(person);
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(new Shown(person, people.renew(me, person)));
  }

  @Door(Right.REGISTER)
  @Proven
  @Says(
      value = "Makes a code with which a person chooses a password, once and within a day.",
      with = 201)
  @PostMapping("/api/v1/people/{person}/code")
  ResponseEntity<Shown> code(Person me, @PathVariable String person) throws NotAllowed {
    find(person);
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(new Shown(person, signIns.code(me, person)));
  }

  private static List<Role> roles(@Nullable List<Role> roles) {
    if (roles == null || roles.isEmpty()) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "A person takes roles, one at least.");
    }
    return roles;
  }

  /** A department that its programme has. */
  private @Nullable Department department(@Nullable Department named) throws DefinitionErrors {
    if (named == null) {
      return null;
    }
    boolean known =
        programmes.ids().contains(named.programme())
            && programmes.of(named.programme()).definitions().departments().departments().stream()
                .anyMatch(d -> d.id().equals(named.id()));
    if (!known) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "There is no department %s.".formatted(named));
    }
    return named;
  }
}
