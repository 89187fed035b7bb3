package org.keyroll.matching;

import org.keyroll.unit.Names;

/** What a word sounds like, roughly: for finding candidates, never for deciding. */
final class Sounds {
  // One letter for each group of consonants that are taken for one another; vowels are 0.
  private static final String GROUPS = "01230120022455012623010202";

  private Sounds() {}

  /** First letter and up to five groups of consonants; of Chinese words, after their reading. */
  static String of(String text) {
    var letters = text.chars().anyMatch(Character::isIdeographic) ? Names.reading(text) : text;
    var sound = new StringBuilder(6);
    char last = '0';
    for (int i = 0; i < letters.length() && sound.length() < 6; i++) {
      char c = letters.charAt(i);
      if (c < 'a' || c > 'z') {
        if (Character.isDigit(c)) {
          sound.append(c);
        }
        continue;
      }
      char group = GROUPS.charAt(c - 'a');
      if (sound.length() == 0) {
        sound.append(c);
      } else if (group != '0' && group != last) {
        sound.append(group);
      }
      last = group;
    }
    return sound.toString();
  }
}
