package org.keyroll.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the API did not do what it was asked, as RFC 9457 has it.
 *
 * @param title what kind of problem it is, in the language asked for
 * @param detail what is wrong, where, and what to do
 * @param instance the address asked
 * @param problems each of several things that are wrong
 * @param now how what was to be changed stands by now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    @Nullable List<String> problems,
    @Nullable Object now) {}
