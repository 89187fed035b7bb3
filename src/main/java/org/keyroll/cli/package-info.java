/** The command line. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "run",
      "publication",
      "followup",
      "adjustment",
      "scoring",
      "identity",
      "intake",
      "table",
      "database",
      "unit",
      "definition",
      "people",
      "audit"
    })
package org.keyroll.cli;
