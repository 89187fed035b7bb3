package org.keyroll.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Fictional organisations of twelve countries, with registration numbers and LEIs that are valid.
 */
final class CriticalOrganisations {
  /** Sectors in the order in which organisations take turns. */
  static final List<String> SECTORS = List.of("energy", "transport", "health", "water", "digital");

  /** Country, region, legal form, another way to write it, then a word for each sector. */
  private static final String COUNTRIES =
      """
      FI|FI1B|Oy|OY|Energia|Satamat|Terveyspalvelut|Vesi|Datakeskus
      SE|SE11|Aktiebolag|AKTIEBOLAG|Kraftnät|Hamnar|Sjukhus|Vatten|Molntjänster
      FR|FRK2|S.A.S.|SAS|Énergie|Ferroviaire|Hôpitaux|Eaux|Numérique
      BE|BE21|NV/SA|nv/sa|Energienet|Vervoer|Ziekenhuis|Watermaatschappij|Datacentrum
      DE|DE21|GmbH|Gmbh|Stadtwerke|Güterbahn|Klinikum|Wasserverband|Rechenzentrum
      GR|EL30|Ανώνυμη Εταιρεία|ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ|Ενέργεια|Λιμένες|Υγεία|Ύδρευση|Δίκτυα
      BG|BG41|ЕАД|еад|Енергия|Железници|Болници|Води|Мрежи
      PL|PL91|Sp. z o.o.|sp. z o. o.|Energetyka|Kolej|Szpital|Wodociągi|Chmura
      NL|NL32|B.V.|BV|Netbeheer|Luchthaven|Ziekenhuizen|Drinkwater|Glasvezel
      CZ|CZ01|s.r.o.|s. r. o.|Teplárna|Dráhy|Nemocnice|Vodárny|Datové centrum
      PT|PT17|Lda.|LDA|Eletricidade|Aeroportos|Saúde|Águas|Computação
      DK|DK01|ApS|APS|Forsyning|Færger|Apotek|Spildevand|Fibernet
      """;

  private static final Map<String, String> PLACES =
      Map.ofEntries(
          Map.entry("FI", "Kuurajärvi Hiidenvaara Tuulisalmi Kettuniemi Ristikoski Haapalampi"),
          Map.entry("SE", "Granvik Åskälven Nordhällby Östermåla Vargön Sillträsk"),
          Map.entry("FR", "Valbrune Saint-Élouan Montclairet Pont-l'Évrier Rochefière Aigrelune"),
          Map.entry("BE", "Zandermonde Hoogbeke Valmeuse Lindelo Sint-Arnout Grandpré"),
          Map.entry("DE", "Königsaue Brünnlingen Mühlenfurt Großwalden Elbgrün Süderkoog"),
          Map.entry("GR", "Αγριόνερο Καλλιβρύση Μαυρόλιμνη Πετρόκαμπος Θαλασσινό Δροσούπολη"),
          Map.entry("BG", "Белоград Синеморци Каменополе Яворец Дунавино Ловчица"),
          Map.entry("PL", "Jodłowiec Żabiniec Świerkowo Łęgowice Dębostrów Źródłów"),
          Map.entry("NL", "Waterlant Oosterveen Zeemonde Kievitshoek Duinbergen Grasdrecht"),
          Map.entry("CZ", "Třešňová Hvězdov Mlýnice Dubořany Křišťálov Šípkov"),
          Map.entry("PT", "Serra-Alvão Ribeirão Fonte-Santa Açoreira Montalção Várzea-Fria"),
          Map.entry("DK", "Højvang Sønderå Birkelund Ærøskov Nørrestrand Tågeby"));

  private CriticalOrganisations() {}

  /** By key, such as {@code fi3}: what an organisation is. */
  static Map<String, Map<String, String>> all() {
    var all = new LinkedHashMap<String, Map<String, String>>();
    for (var line : COUNTRIES.lines().toList()) {
      var part = line.split("\\|", -1);
      var places = PLACES.getOrDefault(part[0], "").split(" ", -1);
      for (int i = 0; i < 11; i++) {
        int sector = (i + part[0].charAt(0)) % SECTORS.size();
        var stem = places[i % places.length] + " " + part[4 + sector];
        var unit = new LinkedHashMap<String, String>();
        unit.put("country", part[0]);
        unit.put("region", part[1]);
        unit.put("stem", stem);
        unit.put("name", stem + " " + part[2]);
        unit.put("other_name", stem + " " + part[3]);
        unit.put("sector", SECTORS.get(sector));
        var key = part[0].toLowerCase(java.util.Locale.ROOT) + i;
        unit.put("number", number(part[0], key));
        unit.put("lei", lei(key));
        all.put(key, unit);
      }
    }
    return all;
  }

  /** A registration number as its country writes it; found by the country's own arithmetic. */
  static String number(String country, String key) {
    var random = new Random(20261109L ^ key.hashCode());
    while (true) {
      var found =
          switch (country) {
            case "FI" -> dashed(weighted(digits(random, 7), 11, 7, 9, 10, 5, 8, 4, 2), 7);
            case "SE" -> dashed(luhn("55" + (2 + random.nextInt(8)) + digits(random, 6)), 6);
            case "FR" -> luhn(digits(random, 8));
            case "BE" -> belgian("0" + (4 + random.nextInt(4)) + digits(random, 6));
            case "DE" -> "HRB " + (10_000 + random.nextInt(290_000));
            case "GR" -> "0" + digits(random, 11);
            case "BG" -> bulgarian("1" + digits(random, 7));
            case "PL" -> "0000" + (1 + random.nextInt(9)) + digits(random, 5);
            case "NL" -> "0" + (1 + random.nextInt(9)) + digits(random, 6);
            case "CZ" -> czech((1 + random.nextInt(9)) + digits(random, 6));
            case "PT" -> weighted("5" + digits(random, 7), 11, 9, 8, 7, 6, 5, 4, 3, 2);
            default ->
                weighted((1 + random.nextInt(9)) + digits(random, 6), 11, 2, 7, 6, 5, 4, 3, 2);
          };
      if (!found.isEmpty()) {
        return found;
      }
    }
  }

  static String digits(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(10));
    }
    return text.toString();
  }

  /** With the digit that makes the weighted sum a multiple; empty where that would be ten. */
  private static String weighted(String body, int modulus, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (body.charAt(i) - '0');
    }
    int check = (modulus - sum % modulus) % modulus;
    return check > 9 ? "" : body + check;
  }

  private static String luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = (body.charAt(body.length() - 1 - i) - '0') * (2 - i % 2);
      sum += digit / 10 + digit % 10;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String belgian(String body) {
    var check = 97 - Long.parseLong(body) % 97;
    var all = body + (check < 10 ? "0" : "") + check;
    return all.substring(0, 4) + "." + all.substring(4, 7) + "." + all.substring(7);
  }

  private static String bulgarian(String body) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (i + 1) * (body.charAt(i) - '0');
    }
    return sum % 11 == 10 ? "" : body + sum % 11;
  }

  private static String czech(String body) {
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      sum += (8 - i) * (body.charAt(i) - '0');
    }
    int rest = sum % 11;
    return body + (rest == 0 ? 1 : rest == 1 ? 0 : 11 - rest);
  }

  /** In a prefix that no issuer has. */
  private static String lei(String key) {
    var random = new Random(17442L ^ key.hashCode());
    var alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    var body = new StringBuilder("XX9900");
    while (body.length() < 18) {
      body.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    var number = new StringBuilder();
    for (var c : (body + "00").toCharArray()) {
      number.append(Character.digit(c, 36));
    }
    int check =
        98
            - new java.math.BigInteger(number.toString())
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    return body + (check < 10 ? "0" : "") + check;
  }

  /** As it is compared: the country, then the number without signs. */
  static String canonical(String country, String number) {
    return number.isEmpty() ? "" : country + "-" + number.replaceAll("[ .-]", "");
  }

  private static String dashed(String number, int at) {
    return number.isEmpty() ? "" : number.substring(0, at) + "-" + number.substring(at);
  }

  /** All values of a key, in order. */
  static List<String> keys(Map<String, Map<String, String>> units, String sector) {
    var keys = new ArrayList<String>();
    units.forEach(
        (key, unit) -> {
          if (sector.equals(unit.get("sector"))) {
            keys.add(key);
          }
        });
    return keys;
  }
}
