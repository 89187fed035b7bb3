package org.keyroll.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The merged areas of a sheet that have been found and not been told yet. */
final class Areas {

  private List<Area> found = new ArrayList<>();
  private int count;

  void add(@Nullable Area area) throws UnreadableFile {
    if (area != null) {
      if (++count > Area.MOST) {
        throw ZipPackage.tooLarge("a sheet has over a million merged cells");
      }
      found.add(area);
    }
  }

  List<Area> take() {
    if (found.isEmpty()) {
      return List.of();
    }
    var taken = found;
    found = new ArrayList<>();
    return taken;
  }
}
