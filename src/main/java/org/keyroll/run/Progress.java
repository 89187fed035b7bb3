package org.keyroll.run;

/** Told how a run comes on; may be called from several threads. */
public interface Progress {
  /** A part of the night begins. */
  void begin(String part);

  /** So many rows or units of a thing are done. */
  void done(String thing, long count);

  /** Nobody watches. */
  Progress UNSEEN =
      new Progress() {
        @Override
        public void begin(String part) {}

        @Override
        public void done(String thing, long count) {}
      };
}
