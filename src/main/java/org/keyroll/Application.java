package org.keyroll;

import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The rooms, wired together. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
public class Application {

  /** For stamps of when something was done; rules ask the as-of date of their run. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
