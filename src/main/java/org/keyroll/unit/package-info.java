/** Knows what identifies an organisation: unit ids, identifiers with check digits, names. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package org.keyroll.unit;
