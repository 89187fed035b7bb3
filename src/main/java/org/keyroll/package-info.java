/** Keyroll keeps a key-unit list: one room a package, each importing only from rooms below it. */
@org.jspecify.annotations.NullMarked
package org.keyroll;
