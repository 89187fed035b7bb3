/** Keeps the list itself: proposals, decisions and numbered revisions. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "scoring",
      "identity",
      "unit",
      "definition",
      "database",
      "people",
      "audit"
    })
package org.keyroll.adjustment;
