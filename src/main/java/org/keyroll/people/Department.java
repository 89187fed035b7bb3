package org.keyroll.people;

/**
 * A department of a programme, to which a person can belong.
 *
 * @param programme id of the programme
 * @param id as in its {@code departments.yml}
 */
public record Department(String programme, String id) {
  @Override
  public String toString() {
    return programme + "/" + id;
  }
}
