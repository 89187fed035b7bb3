package org.keyroll.adjustment;

import java.util.List;

/** Nothing was decided, because some of it cannot be; each problem is a sentence. */
public final class Undecidable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public Undecidable(List<String> problems) {
    super(String.join(" ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
