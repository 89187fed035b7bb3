/** Keeps the append-only, hash-chained trail of what was done. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package org.keyroll.audit;
