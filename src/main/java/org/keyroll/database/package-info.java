/** Opens the MariaDB of a home, embedded or external, and shares it between commands. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package org.keyroll.database;
