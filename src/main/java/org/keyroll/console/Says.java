package org.keyroll.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the description of the API says of a handler, beside what its signature says. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Says {
  /** What it does, in a sentence. */
  String value();

  /** Codes of success. */
  int[] with() default 200;

  /** Codes with which it turns requests away, beside those of every handler. */
  int[] or() default {};

  /** Media type of what it sends, where that is a file. */
  String file() default "";
}
