package org.keyroll.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "programme",
        "source",
        "matching",
        "policy",
        "cases",
        "departments",
        "publication",
        "followup",
        "letters"
      })
  void fitTheirOwnSchemaAndDescribeEveryKey(String name) throws IOException {
    var text = Files.readString(Path.of("jobs/schema", name + ".json"));
    var schema = JsonMapper.shared().readTree(text);
    var dialect =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(dialect.validate(schema)).isEmpty();
    assertDescribed(schema, name);
  }

  @Test
  void theReferenceOfPoliciesNamesEveryKeyAndEveryWord() throws IOException {
    var reference = Files.readString(Path.of("docs/policy.md"));
    var schema = JsonMapper.shared().readTree(Files.readString(Path.of("jobs/schema/policy.json")));
    var words = new TreeSet<String>();
    collect(schema, words);

    assertThat(words).contains("criteria", "percentile-rank", "half_life");
    assertThat(words)
        .allSatisfy(
            word ->
                assertThat(reference)
                    .containsPattern("[`{ \\[]" + Pattern.quote(word) + "[`:,}\\]]"));
  }

  private static void collect(JsonNode schema, Set<String> words) {
    words.addAll(schema.path("properties").propertyNames());
    schema.path("enum").forEach(word -> words.add(word.asString()));
    schema.forEach(child -> collect(child, words));
  }

  private static void assertDescribed(JsonNode schema, String place) {
    for (var key : schema.path("properties").propertyNames()) {
      var property = schema.get("properties").get(key);
      assertThat(property.has("description")).as(place + "/" + key).isTrue();
    }
    if (schema.has("properties") && schema.has("description")) {
      assertThat(schema.get("additionalProperties").asString()).as(place).isEqualTo("false");
    }
    for (var key : schema.propertyNames()) {
      if (!key.equals("allOf")) {
        assertDescribed(schema.get(key), place + "/" + key);
      }
    }
  }
}
