package org.keyroll.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** What there is, for programs that ask. */
@Api(tag = "description")
class DescriptionApi {
  static final String PATH = "/api/v1/openapi.json";

  @Open
  @Says("This description.")
  @GetMapping(PATH)
  ResponseEntity<byte[]> description() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DescriptionApi.class.getResourceAsStream("openapi.json"))) {
      return ResponseEntity.ok()
          .contentType(new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8))
          .body(in.readAllBytes());
    }
  }
}
