/** Keeps what follows for a unit: measures with their clocks, receipts of letters, questions. */
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
