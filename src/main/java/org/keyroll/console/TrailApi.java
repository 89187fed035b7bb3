package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import org.keyroll.audit.Trail;
import org.keyroll.people.Right;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who has done what. */
@Api(tag = "trail")
class TrailApi {
  private final Trail trail;

  TrailApi(Trail trail) {
    this.trail = trail;
  }

  @Door(Right.READ)
  @Says("Lists the lines of the trail, the latest first.")
  @GetMapping("/api/v1/trail")
  ResponseEntity<Items<Trail.Entry>> trail(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String act,
      @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    return Items.of(
        request, trail.latest(before, actor, act, most), limit, "before", Trail.Entry::seq);
  }

  @Door(Right.READ)
  @Says("Gives the head of the trail; kept elsewhere, it shows when the end is cut off.")
  @GetMapping("/api/v1/trail/head")
  Trail.Head head() {
    return trail.head();
  }
}
