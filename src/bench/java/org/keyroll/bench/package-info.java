/** Makes data to try and to measure Keyroll with. All organisations and places are invented. */
@org.jspecify.annotations.NullMarked
package org.keyroll.bench;
