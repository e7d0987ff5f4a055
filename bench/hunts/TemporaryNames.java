// SPDX-License-Identifier: Apache-2.0
import java.util.SplittableRandom;

/** Makes the names of one run those of another: letters become other letters, digits other digits. */
final class TemporaryNames {
  static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static final String DIGITS = "0123456789";

  private TemporaryNames() {}

  /** What stands for {@link #LETTERS} and {@link #DIGITS} in a run. */
  static String letters(SplittableRandom random) {
    return shuffled(LETTERS, random) + shuffled(DIGITS, random);
  }

  /** SQL for a text with marked names, in a run whose letters are in this column. */
  static String renamed(String text, String letters) {
    return "CASE WHEN contains("
        + text
        + ", chr(1)) THEN array_to_string(list_transform(string_split("
        + text
        + ", chr(1)), lambda p, i: CASE WHEN i % 2 = 0 THEN translate(p, '"
        + LETTERS
        + DIGITS
        + "', "
        + letters
        + ") ELSE p END), '') ELSE "
        + text
        + " END";
  }

  private static String shuffled(String text, SplittableRandom random) {
    char[] all = text.toCharArray();
    for (int i = all.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      char swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    return new String(all);
  }
}
