package org.keyroll;

import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** The rooms, wired together. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
    excludeFilters = @Filter(type = FilterType.REGEX, pattern = "org\\.keyroll\\.console\\..*"))
public class Application {

  /** The rooms that only the server needs; a command does not even look at them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication
  @ComponentScan("org.keyroll.console")
  static class Server {}

  /** For stamps of when something was done; rules ask the as-of date of their run. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
