/** The server: pages for persons and departments, an API for programs, and whether it is ready. */
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
package org.keyroll.console;
