package org.keyroll.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler of the API that no token opens: the person proves with name and key or password that it
 * is them, so that whoever gets hold of a token can make no other one and register nobody.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Proven {}
