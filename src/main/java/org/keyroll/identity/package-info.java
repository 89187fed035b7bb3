/** Works out which records speak of the same organisation and keeps unit ids stable. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"intake", "unit", "definition", "audit"})
package org.keyroll.identity;
