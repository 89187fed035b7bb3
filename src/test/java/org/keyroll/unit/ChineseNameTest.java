package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented organisations; some are named after the pattern of well-known abbreviations. */
class ChineseNameTest {
  private final Names names = new Names(List.of());

  @ParameterizedTest
  @CsvSource({
    "北方重工, 北方重型工业集团有限公司",
    "辽宁北方重工, 辽宁省北方重型工业集团有限公司",
    "北方重工集团, 北方重型工业集团有限公司",
    "恒泽商贸, 澜川市恒泽商贸股份有限公司",
    "恒泽, 澜川市恒泽商贸股份有限公司",
    "澜川恒泽, 澜川市恒泽商贸股份有限公司",
    "沪云帆汽车, 上海云帆汽车集团有限公司",
    "中石化, 中国石油化工集团有限公司",
    "云帆科技沈阳分公司, 云帆科技有限公司沈阳分公司",
    "雲帆科技, 云帆科技有限公司",
    "云帆科技北京, 云帆科技（北京）有限公司",
    "北京云帆科技, 云帆科技（北京）有限公司",
  })
  void findsTheRegisteredNameOfAShortOne(String brief, String registered) {
    assertThat(names.isShortOf(Names.words(brief), Names.words(registered))).isTrue();
    assertThat(names.marks(names.full(registered).orElseThrow()))
        .anyMatch(names.full(brief).orElseThrow()::contains);
  }

  @ParameterizedTest
  @CsvSource({
    "北方重工, 北方重庆工程有限公司",
    "上云汽车, 上海云帆汽车集团有限公司",
    "北方重工, 南方重型工业集团有限公司",
    "北方重汽, 北方重型工业集团有限公司",
    "云帆科技, 云帆科技有限公司沈阳分公司",
    "云帆科技沈阳分公司, 云帆科技有限公司",
    "云帆科技沈阳分公司, 云帆科技有限公司大连分公司",
    "上海云帆科技, 北京云帆科技有限公司",
    "云帆建设, 云帆科技有限公司",
    "科技有限公司, 云帆科技有限公司",
    "沈阳, 沈阳云帆科技有限公司",
    "有限公司, 云帆科技有限公司",
  })
  void keepsLookAlikesApart(String brief, String registered) {
    assertThat(names.isShortOf(Names.words(brief), Names.words(registered))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"有限公司", "沈阳市有限公司", "北京公司", "科技有限公司", "集团", "辽宁省沈阳市", "GmbH"})
  void saysNothingByPlaceOrLegalFormAlone(String name) {
    assertThat(
            new Names(List.of("GmbH"))
                .full(name)
                .filter(n -> !new Names(List.of("GmbH")).saysNothing(n)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"云帆科技有限公司", "中国石油化工集团", "沈阳市公安局", "Alder Works GmbH", "沈阳电力公司"})
  void saysWhoItIs(String name) {
    var full = names.full(name).orElseThrow();
    assertThat(names.saysNothing(full)).isFalse();
  }
}
