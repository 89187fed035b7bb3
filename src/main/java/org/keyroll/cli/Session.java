package org.keyroll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.keyroll.Application;
import org.keyroll.database.Database;
import org.keyroll.database.DatabaseUnavailable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on the database of a home, for the length of one command. */
final class Session implements AutoCloseable {
  private final Database database;
  private final ConfigurableApplicationContext context;

  private Session(Database database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
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
      Map<String, Object> settings = new HashMap<>();
      settings.put("keyroll.home", home.toString());
      settings.put("spring.datasource.url", database.url());
      settings.put("spring.datasource.username", database.user());
      settings.put("spring.datasource.password", database.password());
      application.setDefaultProperties(settings);
      return new Session(database, application.run());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
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
