package org.keyroll.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.people.Department;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Role;
import org.keyroll.people.SignIns;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may act on the lists of a home. */
@Command(
    name = "people",
    description = "Lists who is registered in the home; registers others.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("UnusedMethod") // picocli calls them
final class PeopleCommands implements Callable<Integer> {
  private static final String DEPARTMENT =
      "Of a person with the role department: the department of the programme.";

  private final Globals globals;
  private final Console console;

  PeopleCommands(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  /** What is done with those who are registered. */
  @FunctionalInterface
  private interface Act {
    void on(People people) throws Exception;
  }

  /** The first person may be registered before anything else is kept in a home. */
  private int with(Act act) throws Exception {
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      act.on(session.get(People.class));
    }
    return 0;
  }

  @Override
  public Integer call() throws Exception {
    return with(
        people -> {
          var registered = people.all();
          if (registered.isEmpty()) {
            console.print(
                "Nobody is registered. Begin with keyroll people add NAME --role administrator.");
          }
          for (var person : registered) {
            console.print(
                "%-20s %-34s since %s%s"
                    .formatted(
                        person.name(),
                        words(person.roles())
                            + (person.department() == null ? "" : " " + person.department()),
                        person.since().toString().substring(0, 10),
                        person.ended() == null
                            ? ""
                            : ", ended " + person.ended().toString().substring(0, 10)));
          }
        });
  }

  private static String words(java.util.Collection<Role> roles) {
    return roles.stream().distinct().map(Role::id).collect(Collectors.joining(" and "));
  }

  @Command(
      name = "add",
      description =
          "Registers a person and shows their key once; takes an administrator's key, except for"
              + " the first person, who is an administrator.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "A short name, such as lin-wei.") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              split = ",",
              description =
                  "administrator, editor, approver or auditor, several with commas; or department.")
          List<Role> roles,
      @Option(names = "--department", paramLabel = "ID", description = DEPARTMENT)
          @Nullable String department)
      throws Exception {
    var belongs = department(department);
    return with(
        people -> {
          var by = people.all().isEmpty() ? null : administrator(people);
          show(name, people.add(by, name, roles, belongs));
        });
  }

  @Command(
      name = "assign",
      description = "Gives a person other roles; takes an administrator's key.",
      mixinStandardHelpOptions = true)
  int assign(
      @Parameters(paramLabel = "NAME", description = "Who is registered.") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              split = ",",
              description = "All roles that the person has from now on.")
          List<Role> roles,
      @Option(names = "--department", paramLabel = "ID", description = DEPARTMENT)
          @Nullable String department)
      throws Exception {
    var belongs = department(department);
    return with(
        people -> {
          people.assign(administrator(people), name, roles, belongs);
          console.print("%s is %s from now on.".formatted(name, words(roles)));
        });
  }

  /** The department named, which the programme must have. */
  private @Nullable Department department(@Nullable String id) throws DefinitionErrors {
    if (id == null) {
      return null;
    }
    var definitions = globals.definitions();
    var known = definitions.departments().departments().stream().map(d -> d.id()).toList();
    if (!known.contains(id)) {
      throw new Stop(
          Stop.USAGE,
          "there is no department %s; there are %s.".formatted(id, String.join(", ", known)));
    }
    return new Department(definitions.programme().id(), id);
  }

  @Command(
      name = "code",
      description =
          "Makes a code with which a person can choose a password for the console, once and within"
              + " a day. Takes an administrator's key.",
      mixinStandardHelpOptions = true)
  int code(@Parameters(paramLabel = "NAME", description = "Who is registered.") String name)
      throws Exception {
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var code = session.get(SignIns.class).code(session.person(globals), name);
      console.note(
          "The code of %s, good once and until this time tomorrow; it is not shown again. They"
                  .formatted(name)
              + " choose their password with it under /welcome of the console.");
      console.print(code);
    }
    return 0;
  }

  @Command(
      name = "renew",
      description =
          "Makes a new key for a person; the old one is void. Takes an administrator's key.",
      mixinStandardHelpOptions = true)
  int renew(@Parameters(paramLabel = "NAME", description = "Who is registered.") String name)
      throws Exception {
    return with(
        people -> {
          show(name, people.renew(administrator(people), name));
        });
  }

  @Command(
      name = "end",
      description =
          "Ends a registration; what the person decided stays. Takes an administrator's key.",
      mixinStandardHelpOptions = true)
  int end(@Parameters(paramLabel = "NAME", description = "Who is registered.") String name)
      throws Exception {
    return with(
        people -> {
          people.end(administrator(people), name);
          console.print("%s can no longer act.".formatted(name));
        });
  }

  private Person administrator(People people) throws Exception {
    return people.authenticate(Credentials.find(globals.key));
  }

  /** The key alone goes to the output, so that it can be put straight into a file. */
  private void show(String name, String key) {
    console.note(
        "The key of %s; it is not shown again. Keep it in a file of mode 0600.".formatted(name));
    console.print(key);
  }
}
