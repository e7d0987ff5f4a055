// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Masks secrets in arguments. For one thread; whoever records has one instance per recording.
 *
 * <p>A secret becomes {@code [secret:0123456789ab]}: the first 48 bits of HMAC-SHA-256 (RFC 2104)
 * over its bytes, in URLs over what they stand for without their %XX. The same secret has the same
 * mark wherever it stands, under the same key. Among n different secrets any two have the same mark
 * with a probability of about n&sup2; / 2^49: 2 in 10^9 for a thousand, 2 in 10^3 for a million.
 *
 * <p>Who has the key can try words until a mark comes out, and so find short passwords; a recording
 * makes its key with {@link #randomKey()} and stores it nowhere. Who can start programs can see
 * equal marks for their own guess only while the recording runs. A mark that stood in an argument
 * stays, so a mark alone does not prove that there was a secret.
 *
 * <p>Only values are replaced; flags, names, users and hosts stay, and so does every other byte,
 * valid UTF-8 or not. What was masked once is not changed by masking it again. Time is linear in
 * the length of the arguments.
 */
public final class SecretMask {
  /** Length of the keys that {@link #randomKey} makes. */
  public static final int KEY_BYTES = 32;

  private static final int SCRATCH_BYTES = 64 << 10;

  private static final int MAX_REPEATS = 8;

  /** Programs whose arguments a shell reads. */
  private static final Set<String> SCRIPT_READERS =
      Set.of("ssh", "su", "eval", "watch", "xargs", "parallel", "rsh");

  private static final List<TextRule> TEXT_RULES =
      List.of(new NamedValues(), new UrlSecrets(), new TokenShapes(), new PrivateKeyBlocks());
  private static final List<CommandRule> COMMAND_RULES =
      List.of(
          new FlagValues(),
          new ProgramOptions(),
          new ConfigurationValues(),
          new SplitPrivateKeys());
  private static final Triggers TRIGGERS = new Triggers(allTriggers());

  private final Marks marks;
  private final byte[] scratch = new byte[SCRATCH_BYTES];

  private SecretMask(Marks marks) {
    this.marks = marks;
  }

  /**
   * A mask that makes marks with this key.
   *
   * @param key for HMAC-SHA-256, not empty; {@link #randomKey()} makes one
   */
  public static SecretMask withKey(byte[] key) {
    return new SecretMask(new Marks(key.clone()));
  }

  /**
   * A mask whose marks are all {@code [secret:000000000000]}: for showing what was recorded without
   * one. Who sees them learns nothing, and the same arguments look the same in every run.
   */
  public static SecretMask withoutKey() {
    return new SecretMask(new Marks());
  }

  /** A new key of 32 bytes, as long as the hash (RFC 2104, section 3). */
  public static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * Whether arguments may hold a secret. When false, {@link #mask(List)} changes nothing.
   *
   * @param argv arguments, each closed by a NUL, the last one possibly cut; its position stays
   */
  public boolean suspicious(ByteBuffer argv) {
    int length = argv.remaining();
    byte[] bytes = length <= scratch.length ? scratch : new byte[length];
    argv.get(argv.position(), bytes, 0, length);
    return TRIGGERS.in(bytes, 0, length);
  }

  /**
   * Masks the secrets in the arguments of one execution.
   *
   * @param argv arguments without their NULs; neither the list nor the arrays are changed
   * @return the same list when nothing was masked, else a new one, which shares unchanged arguments
   */
  public Masked mask(List<byte[]> argv) {
    Masked masked = maskOnce(argv);
    int count = masked.count();
    // Marks are shorter than secrets and hold no blanks or quotes, so that what stands around them
    // may read otherwise than before.
    for (int i = 0; i < MAX_REPEATS && masked.count() > 0; i++) {
      masked = maskOnce(masked.argv());
      count += masked.count();
    }
    return new Masked(masked.argv(), count);
  }

  private Masked maskOnce(List<byte[]> argv) {
    boolean[] triggered = new boolean[argv.size()];
    boolean any = false;
    for (int i = 0; i < triggered.length; i++) {
      triggered[i] = isTriggered(argv.get(i));
      any |= triggered[i];
    }
    // Every rule needs a trigger, so what suspicious() lets pass holds no secret to any of them.
    if (!any) {
      return new Masked(argv, 0);
    }
    boolean allScripts = SCRIPT_READERS.contains(baseName(argv.get(0)));
    List<Word> words = new ArrayList<>(argv.size());
    for (int i = 0; i < triggered.length; i++) {
      Text text = new Text(argv.get(i), allScripts || isScript(argv, i));
      words.add(new Word(text, 0, text.length()));
      if (triggered[i]) {
        hideIn(text);
      }
    }
    COMMAND_RULES.forEach(rule -> rule.hideIn(words));
    return masked(argv, words);
  }

  /**
   * Masks the secrets in a text: a URL, a variable's assignment, a command line.
   *
   * @return the same array when nothing was masked
   */
  public byte[] mask(byte[] text) {
    return mask(List.of(text)).argv().get(0);
  }

  /**
   * Masks the secrets in a text: a URL, a variable's assignment, a command line.
   *
   * @return the same string when nothing was masked
   */
  public String mask(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] masked = mask(bytes);
    return masked == bytes ? text : new String(masked, UTF_8);
  }

  private static void hideIn(Text text) {
    TEXT_RULES.forEach(rule -> rule.hideIn(text));
    for (List<Word> command : ShellWords.commands(text)) {
      COMMAND_RULES.forEach(rule -> rule.hideIn(command));
    }
  }

  private Masked masked(List<byte[]> argv, List<Word> words) {
    List<byte[]> out = new ArrayList<>(argv);
    int count = 0;
    for (int i = 0; i < out.size(); i++) {
      Text text = words.get(i).text();
      int secrets = text.secrets();
      if (secrets > 0) {
        out.set(i, text.masked(marks));
        count += secrets;
      }
    }
    return new Masked(count == 0 ? argv : out, count);
  }

  private static boolean isTriggered(byte[] text) {
    return TRIGGERS.in(text, 0, text.length);
  }

  /** Whether a shell will read an argument: it stands behind -c, -lc and the like. */
  private static boolean isScript(List<byte[]> argv, int i) {
    if (i == 0) {
      return argv.size() == 1;
    }
    byte[] flag = argv.get(i - 1);
    boolean letters = flag.length >= 2 && flag.length <= 6 && flag[0] == '-';
    for (int k = 1; letters && k < flag.length; k++) {
      letters = Ascii.isLower(flag[k]);
    }
    return letters && flag[flag.length - 1] == 'c';
  }

  private static String baseName(byte[] path) {
    int start = path.length;
    while (start > 0 && path.length - start < 16 && path[start - 1] != '/') {
      start--;
    }
    return new String(path, start, path.length - start, UTF_8);
  }

  private static List<String> allTriggers() {
    List<String> all = new ArrayList<>(NamedValues.triggers());
    all.addAll(UrlSecrets.triggers());
    all.addAll(TokenShapes.triggers());
    all.addAll(ProgramOptions.triggers());
    all.add("private key");
    // A key in words of its own.
    all.add("key-----");
    return all;
  }
}
