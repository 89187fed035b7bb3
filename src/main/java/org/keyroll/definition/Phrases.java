package org.keyroll.definition;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of one room in the language of a programme; never in that of the machine. */
public final class Phrases {
  private final ResourceBundle bundle;

  /**
   * @param base name of the property files, such as {@code org.keyroll.intake.faults}
   */
  public Phrases(String base, Programme programme) {
    this(base, Locale.forLanguageTag(programme.language()));
  }

  private Phrases(String base, Locale language) {
    this.bundle =
        ResourceBundle.getBundle(
            base,
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The same sentences in English. */
  public static Phrases english(String base) {
    return new Phrases(base, Locale.ROOT);
  }

  /** A sentence with its values put in, as they are: no grouping, no local digits. */
  public String say(String key, Object... values) {
    var texts = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      texts[i] = String.valueOf(values[i]);
    }
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(texts);
  }
}
