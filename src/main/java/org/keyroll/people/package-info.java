/** Knows who may act on the list: persons, their keys and roles. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"audit"})
package org.keyroll.people;
