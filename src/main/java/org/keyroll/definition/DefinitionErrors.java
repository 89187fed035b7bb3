package org.keyroll.definition;

import java.util.List;
import java.util.stream.Collectors;

/** The definitions are missing, unreadable or wrong; carries every fault that was found. */
public final class DefinitionErrors extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Fault> faults;

  /**
   * One fault.
   *
   * @param file path as the person knows it
   * @param line 1-based; 0 where the file as a whole is meant
   * @param message what is wrong and what would be right
   */
  public record Fault(String file, int line, String message) {
    @Override
    public String toString() {
      return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
  }

  public DefinitionErrors(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** The faults, in order of file and line. */
  public List<Fault> faults() {
    return faults;
  }
}
