package org.keyroll.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.keyroll.people.Right;

/**
 * The rights of which a handler takes one; none: whoever has signed in. A handler without this, and
 * without {@link Open}, is closed to everybody.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Door {
  Right[] value() default {};
}
