package org.keyroll.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keyroll.intake.KnownRows.Meaning;

class KnownRowsTest {
  @Test
  void saysOfEveryRowWhatAPlainMapWouldSay() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      int keys = 1 + random.nextInt(20_000);
      var known = new KnownRows();
      Map<Long, Long> inForce = new HashMap<>();
      for (int i = 0; i < keys / 2; i++) {
        long key = random.nextInt(keys);
        long content = random.nextInt(3);
        known.inForce(key, content);
        inForce.put(key, content);
      }
      Map<Long, Long> delivered = new HashMap<>();
      Set<Long> kept = new HashSet<>();
      for (int i = 0; i < keys; i++) {
        long key = random.nextInt(keys);
        if (random.nextInt(20) == 0) {
          known.keep(key);
          kept.add(key);
          continue;
        }
        long content = random.nextInt(3);
        assertThat(known.delivered(key, content, i))
            .isEqualTo(plain(inForce, delivered, key, content));
        delivered.putIfAbsent(key, content);
      }
      Set<Long> gone = new HashSet<>();
      known.gone(gone::add);
      Set<Long> wanted = new HashSet<>(inForce.keySet());
      wanted.removeAll(delivered.keySet());
      wanted.removeAll(kept);
      assertThat(gone).isEqualTo(wanted);
      kept.retainAll(inForce.keySet());
      kept.addAll(delivered.keySet());
      assertThat(known.inForceAfterwards(true)).isEqualTo(kept.size());
    }
  }

  private static Meaning plain(
      Map<Long, Long> inForce, Map<Long, Long> delivered, long key, long content) {
    var before = delivered.get(key);
    if (before != null) {
      return before == content ? Meaning.REPEATED : Meaning.CONTRADICTED;
    }
    var known = inForce.get(key);
    if (known == null) {
      return Meaning.ADDED;
    }
    return known == content ? Meaning.UNCHANGED : Meaning.CHANGED;
  }
}
