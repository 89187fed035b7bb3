package org.keyroll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keyroll.Application;
import org.keyroll.database.Database;
import org.keyroll.database.DatabaseUnavailable;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.identity.Units.Unit;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.run.Ledger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on the database of a home, for the length of one command. */
final class Session implements AutoCloseable {
  /** Of no use to a command, which would only pay for looking at them. */
  private static final String SERVER_ONLY =
      Stream.of(
              "thymeleaf.autoconfigure.Thymeleaf",
              "security.autoconfigure.Security",
              "security.autoconfigure.UserDetailsService",
              "security.autoconfigure.ReactiveUserDetailsService",
              "security.autoconfigure.rsocket.RSocketSecurity",
              "security.autoconfigure.web.reactive.ReactiveWebSecurity",
              "security.autoconfigure.web.servlet.SecurityFilter",
              "security.autoconfigure.web.servlet.ServletWebSecurity",
              "security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurity",
              "security.autoconfigure.actuate.web.servlet.ManagementWebSecurity")
          .map(name -> "org.springframework.boot." + name + "AutoConfiguration")
          .collect(Collectors.joining(","));

  private final Database database;
  private final ConfigurableApplicationContext context;

  /** What is done with a programme in a session. */
  @FunctionalInterface
  interface Act {
    void on(Session session, Scope scope) throws Exception;
  }

  private Session(Database database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  /** Does something with what a home holds already. */
  static void inHome(Globals globals, Console console, Act act) throws Exception {
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = open(globals, console, WebApplicationType.NONE)) {
      act.on(session, session.get(Ledger.class).scope(definitions));
    }
  }

  static Session open(Globals globals, Console console, WebApplicationType web)
      throws DatabaseUnavailable {
    var home = globals.home.toAbsolutePath().normalize();
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new Stop(
          Stop.FAILED,
          "The home %s cannot be made (%s); name a folder you may write to with --home."
              .formatted(home, e.getMessage()));
    }
    var url = globals.db == null || globals.db.isBlank() ? null : globals.db;
    var database = Database.open(home, url, console::note);
    // Interrupted from the terminal, the command leaves no server behind; what it had not
    // committed is undone, and the same command goes on later.
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "leave-database"));
    try {
      var application = new SpringApplication(Application.class);
      application.setWebApplicationType(web);
      // A command needs a part of the beans only.
      application.setLazyInitialization(web == WebApplicationType.NONE);
      application.setLogStartupInfo(false);
      if (web != WebApplicationType.NONE) {
        application.setAdditionalProfiles("server");
      }
      application.setRegisterShutdownHook(web != WebApplicationType.NONE);
      Map<String, String> settings = new HashMap<>();
      settings.put("keyroll.home", home.toString());
      settings.put("keyroll.jobs", globals.jobs.toAbsolutePath().normalize().toString());
      if (web == WebApplicationType.NONE) {
        settings.put("spring.autoconfigure.exclude", SERVER_ONLY);
      }
      settings.put("spring.datasource.url", database.url());
      settings.put("spring.datasource.username", database.user());
      settings.put("spring.datasource.password", database.password());
      // As arguments, which go before the environment: a KEYROLL_HOME or SPRING_DATASOURCE_URL that
      // lies about must not lead a part of the application to another home or database.
      return new Session(
          database,
          application.run(
              settings.entrySet().stream()
                  .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                  .toArray(String[]::new)));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The business date that a person names, or that of the last run. */
  LocalDate asOf(Globals globals, Scope scope) {
    return globals.asOf != null ? globals.asOf : get(Ledger.class).lastAsOf(scope);
  }

  /** Whoever holds the key that was given or is asked for. */
  Person person(Globals globals) throws NotAuthenticated {
    return get(People.class).authenticate(Credentials.find(globals.key));
  }

  /**
   * The one unit that a person names.
   *
   * @param text id, identifier or name
   */
  Unit unit(Scope scope, String text) {
    var found = get(Units.class).find(scope, text);
    if (found.isEmpty()) {
      throw new Stop(
          Stop.FAILED,
          "no unit has the id, identifier or name %s; see keyroll export units.".formatted(text));
    }
    if (found.size() > 1) {
      throw new Stop(
          Stop.FAILED,
          "several units are called %s; name one by its id: %s."
              .formatted(
                  text,
                  found.stream()
                      .map(u -> "%s %s %s".formatted(u.id(), u.name(), u.identifier()))
                      .collect(Collectors.joining(", "))));
    }
    return found.get(0);
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      database.close();
    }
  }
}
