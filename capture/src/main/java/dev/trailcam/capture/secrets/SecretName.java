// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the name of a flag, variable, property or header says about its value. */
enum SecretName {
  /** Nothing that makes the value a secret. */
  NONE,
  /** Chosen by people: may be short, a word, a number. */
  PASSWORD,
  /** A token or shared secret, made by a machine. */
  TOKEN,
  /** A key; often given as a path to it. */
  KEY,
  /** A secret, or a name and a secret with a colon between them. */
  CREDENTIALS;

  /** Names are short; a longer run of letters is data. */
  private static final int MAX_LENGTH = 128;

  private static final List<String> PASSWORD_ENDS =
      List.of("password", "passwd", "passphrase", "passcode", "pwd");
  private static final Set<String> PASSWORD_WORDS =
      Set.of(
          "pass",
          "psk",
          "storepass",
          "keypass",
          "srcstorepass",
          "deststorepass",
          "srckeypass",
          "destkeypass",
          "sshpass",
          "dbpass",
          "userpass",
          "rootpass",
          "adminpass",
          "ftppass");
  private static final List<String> TOKEN_ENDS = List.of("token", "secret");
  private static final Set<String> TOKEN_WORDS = Set.of("jwt");
  private static final Set<String> KEY_WORDS =
      Set.of(
          "apikey",
          "accesskey",
          "privatekey",
          "secretkey",
          "encryptionkey",
          "signingkey",
          "authkey",
          "accountkey",
          "masterkey",
          "sharedkey",
          "licensekey",
          "deploykey",
          "storagekey",
          "appkey",
          "hmackey",
          "subscriptionkey");
  private static final Set<String> CREDENTIAL_WORDS = Set.of("credential", "credentials", "creds");

  /** Short names that say it as a whole. */
  private static final Set<String> TOKEN_NAMES =
      Set.of(
          "_auth",
          "rediscli_auth",
          "gh_pat",
          "github_pat",
          "gitlab_pat",
          "azure_devops_ext_pat",
          "x-jfrog-art-api",
          "x-registry-auth");

  /** The working directories of a shell. */
  private static final Set<String> DIRECTORY_NAMES = Set.of("pwd", "oldpwd");

  /** Words that may follow in a flag: --secret-string, --secret-key-base. */
  private static final Set<String> FLAG_TAILS =
      Set.of(
          "value",
          "string",
          "text",
          "plain",
          "plaintext",
          "raw",
          "base64",
          "key",
          "base",
          "new",
          "old");

  /** Words that say that the value is about a secret and not one. */
  private static final Set<String> OTHER_TAILS =
      Set.of(
          "file",
          "files",
          "filename",
          "path",
          "paths",
          "dir",
          "directory",
          "stdin",
          "fd",
          "url",
          "uri",
          "endpoint",
          "host",
          "port",
          "name",
          "names",
          "type",
          "types",
          "ttl",
          "length",
          "len",
          "size",
          "limit",
          "limits",
          "max",
          "min",
          "count",
          "expiry",
          "expires",
          "expiration",
          "lifetime",
          "age",
          "policy",
          "prompt",
          "store",
          "provider",
          "helper",
          "command",
          "cmd",
          "program",
          "env",
          "var",
          "mode",
          "format",
          "version",
          "enabled",
          "disabled",
          "required",
          "ref",
          "arn",
          "id",
          "ids",
          "issuer",
          "audience",
          "scope",
          "scopes",
          "field",
          "header",
          "prefix",
          "suffix",
          "regex",
          "pattern",
          "alg",
          "algorithm",
          "bits",
          "manager",
          "management",
          "group",
          "generator",
          "rotation",
          "validation",
          "validator",
          "check",
          "bucket",
          "cache",
          "index",
          "position",
          "pos",
          "kind",
          "class",
          "owner",
          "label",
          "labels",
          "selector",
          "namespace",
          "region",
          "engine",
          "backend",
          "server",
          "service",
          "timeout",
          "interval",
          "retries",
          "hint",
          "complexity",
          "strength",
          "iterations",
          "auth",
          "authentication",
          "login",
          "through",
          "h",
          "c",
          "o",
          "py",
          "js",
          "search");

  private static final Set<String> OTHER_HEADS =
      Set.of(
          "no",
          "without",
          "ask",
          "show",
          "hide",
          "print",
          "use",
          "skip",
          "disable",
          "enable",
          "allow",
          "require",
          "has",
          "is",
          "have",
          "max",
          "min",
          "num",
          "next",
          "starting",
          "page",
          "continuation",
          "public",
          "prompt",
          "read",
          "check",
          "stop",
          "bos",
          "eos",
          "pad",
          "unk",
          "disabled",
          "enabled",
          "cat",
          "set",
          "get");

  /** Text of which each name that means something holds some, in lower case. */
  static List<String> triggers() {
    List<String> triggers =
        new ArrayList<>(
            List.of("pass", "pwd", "psk", "token", "secret", "jwt", "credential", "creds"));
    triggers.addAll(TOKEN_NAMES);
    for (String key : KEY_WORDS) {
      String start = key.substring(0, key.length() - "key".length());
      for (String separator : List.of("", "_", "-", ".")) {
        triggers.add(start + separator + "key");
      }
    }
    return triggers;
  }

  /** The meaning of a flag's name, given without its dashes. */
  static SecretName ofFlag(String name) {
    return of(name, true);
  }

  /** The meaning of the name of a variable, property or header. */
  static SecretName ofVariable(String name) {
    return of(name, false);
  }

  /**
   * The meaning of a name.
   *
   * @param strict whether words behind the one that says secret must be known to be harmless
   */
  private static SecretName of(String name, boolean strict) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return NONE;
    }
    List<String> words = words(name);
    String whole = lower(name);
    if (TOKEN_NAMES.contains(whole)) {
      return TOKEN;
    }
    if (DIRECTORY_NAMES.contains(whole)) {
      return NONE;
    }
    for (int i = words.size() - 1; i >= 0; i--) {
      SecretName meaning = ofWords(words, i, strict);
      if (meaning != NONE) {
        return isAbout(words, i, strict) ? NONE : meaning;
      }
    }
    return NONE;
  }

  private static SecretName ofWords(List<String> words, int last, boolean strict) {
    String word = words.get(last);
    String pair = last == 0 ? word : words.get(last - 1) + word;
    if (PASSWORD_WORDS.contains(word) || endsInOneOf(word, PASSWORD_ENDS)) {
      return PASSWORD;
    }
    if (KEY_WORDS.contains(pair) || KEY_WORDS.stream().anyMatch(word::endsWith)) {
      return KEY;
    }
    if (TOKEN_WORDS.contains(word) || endsInOneOf(word, TOKEN_ENDS)) {
      return TOKEN;
    }
    // The one half of a Vault AppRole; as a flag it names a secret of AWS.
    if (!strict && pair.equals("secretid")) {
      return TOKEN;
    }
    return CREDENTIAL_WORDS.contains(word) ? CREDENTIALS : NONE;
  }

  private static boolean isAbout(List<String> words, int noun, boolean strict) {
    for (String tail : words.subList(noun + 1, words.size())) {
      boolean harmless = tail.isEmpty() || FLAG_TAILS.contains(tail);
      if (strict ? !harmless : OTHER_TAILS.contains(tail)) {
        return true;
      }
    }
    return words.subList(0, noun).stream().anyMatch(OTHER_HEADS::contains);
  }

  private static boolean endsInOneOf(String word, List<String> ends) {
    return ends.stream().anyMatch(word::endsWith);
  }

  /** The words of snake_case, kebab-case, dotted.names and camelCase, without trailing digits. */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean separator = c == '-' || c == '_' || c == '.';
      if (separator || isHump(name, i)) {
        add(words, word);
      }
      if (!separator) {
        word.append((char) Ascii.lower(c));
      }
    }
    add(words, word);
    return words;
  }

  private static boolean isHump(String name, int i) {
    if (i == 0 || !Ascii.isUpper(name.charAt(i))) {
      return false;
    }
    boolean acronymEnds =
        Ascii.isUpper(name.charAt(i - 1))
            && i + 1 < name.length()
            && Ascii.isLower(name.charAt(i + 1));
    return Ascii.isLower(name.charAt(i - 1)) || acronymEnds;
  }

  private static void add(List<String> words, StringBuilder word) {
    int end = word.length();
    while (end > 0 && Ascii.isDigit(word.charAt(end - 1))) {
      end--;
    }
    if (end > 0) {
      words.add(word.substring(0, end));
    }
    word.setLength(0);
  }

  private static String lower(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.chars().forEach(c -> out.append((char) Ascii.lower(c)));
    return out.toString();
  }
}
