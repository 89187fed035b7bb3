/** Reads the definitions of a programme under {@code jobs/} strictly into records. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"unit"})
package org.keyroll.definition;
