/** Publishes revisions: files, manifest and the check of a published folder. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "adjustment",
      "followup",
      "scoring",
      "intake",
      "table",
      "unit",
      "definition",
      "people",
      "audit"
    })
package org.keyroll.publication;
