/** Keeps the measures that follow for a unit, each with its clock. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "adjustment",
      "intake",
      "unit",
      "definition",
      "database",
      "people",
      "audit"
    })
package org.keyroll.followup;
