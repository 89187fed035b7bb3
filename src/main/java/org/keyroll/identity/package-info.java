/** Works out which records speak of the same organisation and keeps unit ids stable. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "matching",
      "intake",
      "unit",
      "definition",
      "database",
      "people",
      "audit"
    })
package org.keyroll.identity;
