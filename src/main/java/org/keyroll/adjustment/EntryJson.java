package org.keyroll.adjustment;

import tools.jackson.databind.json.JsonMapper;

/** Entries as they are kept. */
final class EntryJson {
  private static final JsonMapper JSON = new JsonMapper();

  private EntryJson() {}

  static String write(Entry entry) {
    return JSON.writeValueAsString(entry);
  }

  static Entry read(String json) {
    return JSON.readValue(json, Entry.class);
  }
}
