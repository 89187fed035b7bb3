/** Turns facts into assessments with reasons that add up to the score. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"identity", "intake", "unit", "definition", "audit"})
package org.keyroll.scoring;
