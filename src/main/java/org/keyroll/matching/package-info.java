/**
 * Weighs the evidence that two records speak of the same unit. Pure: knows no database, no
 * framework and no column by name.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"unit", "definition"})
package org.keyroll.matching;
