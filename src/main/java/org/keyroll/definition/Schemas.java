package org.keyroll.definition;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keyroll.definition.DefinitionErrors.Fault;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schemas of the definition files, from the class path. */
final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(SchemaRegistryConfig.builder().cacheRefs(true).build()));
  private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

  private Schemas() {}

  /** Adds a fault for everything in which the document departs from the schema. */
  static boolean check(Document document, String schema, List<Fault> faults) {
    var before = faults.size();
    var compiled = COMPILED.computeIfAbsent(schema, Schemas::compile);
    for (Error error : compiled.validate(document.json())) {
      // One of several shapes: the checks of the file say better which one is meant.
      if (!error.getEvaluationPath().contains("oneOf")) {
        faults.add(new SchemaFault(document, compiled.getSchemaNode(), error).fault());
      }
    }
    return faults.size() == before;
  }

  private static Schema compile(String name) {
    try (var in = Schemas.class.getResourceAsStream("schema/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("the schema " + name + " is missing from the program");
      }
      return REGISTRY.getSchema(JsonMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
