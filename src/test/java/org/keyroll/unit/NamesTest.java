package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names(List.of("有限公司", "股份有限公司", "公司"));

  @Test
  void comparesTheSameHoweverItWasTyped() {
    assertThat(names.full("青岚市（云桥）ＡＢＣ 精密儀器有限公司"))
        .isEqualTo(names.full("青岚市(云桥)abc精密仪器有限公司"))
        .isPresent();
  }

  @Test
  void dropsTheLongestLegalFormForTheShortName() {
    assertThat(names.brief("澜川市恒泽商贸股份有限公司")).contains("澜川市恒泽商贸");
    assertThat(names.brief("澜川市恒泽商贸")).contains("澜川市恒泽商贸");
  }

  @Test
  void findsNothingComparableInANameThatIsOnlyALegalForm() {
    assertThat(names.brief("股份有限公司")).isEmpty();
    assertThat(names.full("（）——")).isEmpty();
  }
}
