package org.keyroll.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keyroll.unit.PersonalData.Kind;

class PersonalDataTest {

  @ParameterizedTest
  @CsvSource({
    "11010519491231002X, IDENTITY_CARD",
    "身份证：11010519491231002x。, IDENTITY_CARD",
    "１１０１０５１９４９１２３１００２Ｘ, IDENTITY_CARD",
    "110105 19491231 002X, IDENTITY_CARD",
    "130503670401001, IDENTITY_CARD",
    "13912345678, MOBILE_NUMBER",
    "+86 139-1234-5678, MOBILE_NUMBER",
    "8613912345678, MOBILE_NUMBER",
    "zhang@QQ.com, EMAIL",
    "mail to jane.doe@agency.example, EMAIL"
  })
  void isSeen(String text, Kind kind) {
    assertThat(PersonalData.in(text)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91350100M000100Y43",
        "110105194912310021",
        "110105194913310026",
        "010-65123456",
        "12345678901",
        "2026-11-02 12:30",
        "press@agency.example",
        "AJ2026-001",
        "福州示范科技有限公司",
        "LEI 529900T8BM49AURSDO55"
      })
  void isNotSeenInWhatUnitsHave(String text) {
    assertThat(PersonalData.in(text)).isNull();
  }

  @Test
  void takesNoValidCreditCodeForAnIdentityCard() {
    var random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      // 19 + area ending in 19 or 20 gives codes whose 7th to 14th digits may be a birth date.
      var digits =
          String.format(
              "1211%02d19%02d%02d%02d%03d",
              random.nextInt(30),
              random.nextInt(100),
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(1000));
      var code = digits + CreditCode.checkCharacter(digits);
      assertThat(PersonalData.in(code)).as(code).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "身份证号",
        "居民身份证号码",
        "手机",
        "手 机 号 码",
        "联系人姓名",
        "法定代表人",
        "Passport No.",
        "Date of Birth",
        "Contact person",
        "FIRST NAME",
        "Mobile",
        "date_of_birth",
        "Prénom",
        "Geburtsdatum"
      })
  void headingsOfPersonsAreSeen(String heading) {
    assertThat(PersonalData.heading(heading)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "单位名称",
        "统一社会信用代码",
        "涉密人员数",
        "是否明确负责人",
        "民族企业",
        "Name of entity",
        "Number of mobile phone users",
        "Mobile network users",
        "Registered office",
        "负责部门",
        "手机产量",
        "Legal form",
        "持有护照人数"
      })
  void headingsOfUnitsAreNot(String heading) {
    assertThat(PersonalData.heading(heading)).isEmpty();
  }
}
