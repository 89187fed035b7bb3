/** The only room that knows jobs and steps: the night, its lease and its recovery. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
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
package org.keyroll.run;
