/** The server: for now its health, later its pages and REST. */
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
      "audit"
    })
package org.keyroll.console;
