/** The server: for now whether it is ready to hand out what was published. */
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
