package org.keyroll.matching;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * How long a part of matching takes: an event of flight recordings, which cost nothing when off.
 */
@Name(Stage.NAME)
@Label("Stage of matching")
@Category("Keyroll")
@StackTrace(false)
public final class Stage extends Event {
  /** By which a recording knows it. */
  public static final String NAME = "org.keyroll.Stage";

  @Label("Part")
  final String part;

  private Stage(String part) {
    this.part = part;
  }

  /** Starts the clock. */
  public static Stage of(String part) {
    var stage = new Stage(part);
    stage.begin();
    return stage;
  }

  /** Stops it and puts the part down. */
  public void done() {
    commit();
  }
}
