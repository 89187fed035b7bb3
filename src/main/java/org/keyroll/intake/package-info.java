/** Takes in deliveries: rows become records or rejections, and nothing is lost between. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"table", "unit", "definition", "database", "people", "audit"})
package org.keyroll.intake;
