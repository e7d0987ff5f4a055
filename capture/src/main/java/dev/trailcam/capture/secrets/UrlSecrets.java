// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Secrets in URLs: the password of scheme://user:password@host, a token in the place of the user,
 * and the addresses of webhooks, whose path is the secret. Parameters are {@link NamedValues}.
 */
final class UrlSecrets implements TextRule {
  private static final String SIGN = "://";
  private static final int MIN_TOKEN = 20;

  /** A URL whose path is secret behind some segments, counted from the end of {@code start}. */
  private record Webhook(String start, int publicSegments) {}

  private static final List<Webhook> WEBHOOKS =
      List.of(
          new Webhook("hooks.slack.com/services/", 2),
          new Webhook("hooks.slack.com/workflows/", 2),
          new Webhook("hooks.slack.com/triggers/", 2),
          new Webhook("discord.com/api/webhooks/", 1),
          new Webhook("discordapp.com/api/webhooks/", 1),
          new Webhook("/incomingwebhook/", 0),
          new Webhook("hooks.zapier.com/hooks/catch/", 1),
          new Webhook("api.telegram.org/bot", 0));

  /** Text of which each of these URLs holds some, in lower case. */
  static List<String> triggers() {
    List<String> triggers = new ArrayList<>(List.of(SIGN));
    WEBHOOKS.forEach(webhook -> triggers.add(webhook.start));
    return triggers;
  }

  @Override
  public void hideIn(Text text) {
    int done = 0;
    int webhooksDone = 0;
    Authority authority = null;
    for (int i = 0; i < text.length(); i++) {
      if (i >= done && text.at(i) == ':' && text.hasAt(i, SIGN)) {
        if (authority == null || i >= authority.end) {
          authority = Authority.at(text, i + SIGN.length());
        }
        done = hideUser(text, i + SIGN.length(), authority);
      }
      if (i >= webhooksDone && "/hda".indexOf(Ascii.lower(text.at(i))) >= 0) {
        webhooksDone = hideWebhook(text, i);
      }
    }
  }

  /** The part of a text that a URL may take; looked up once for all URLs that start in it. */
  private record Authority(int end, int lastAt) {
    static Authority at(Text text, int start) {
      int lastAt = -1;
      int i = start;
      while (i < text.length() && !isOutside(text.at(i))) {
        lastAt = text.at(i) == '@' ? i : lastAt;
        i++;
      }
      return new Authority(i, lastAt);
    }
  }

  /** Hides the user information; returns where to look for the next URL. */
  private static int hideUser(Text text, int start, Authority word) {
    int slash = start;
    int at = -1;
    int colon = -1;
    while (slash < word.end && "/?#".indexOf(text.at(slash)) < 0) {
      int b = text.at(slash);
      at = b == '@' ? slash : at;
      colon = b == ':' && colon < 0 && !text.isMarked(slash) ? slash : colon;
      slash++;
    }
    // A password with a bare slash: what follows the colon is no port.
    if (at < 0 && colon > 0 && word.lastAt > slash && !isPort(text, colon + 1, slash)) {
      at = word.lastAt;
    }
    // No user: the name, the tag and the digest of a container image.
    if (at < 0 || text.hasAt(at, "@sha256:")) {
      return slash;
    }
    if (colon < 0 || colon > at) {
      if (isToken(text, start, at)) {
        text.hideUrlEncoded(start, at);
      }
    } else {
      hidePair(text, start, colon, at);
    }
    return at;
  }

  private static void hidePair(Text text, int start, int colon, int at) {
    String password = text.lowerCase(colon + 1, Math.min(at, colon + 1 + MIN_TOKEN));
    // GitHub's way to give a token as the user.
    if (password.isEmpty() || password.equals("x-oauth-basic")) {
      if (isToken(text, start, colon)) {
        text.hideUrlEncoded(start, colon);
      }
    } else if (!SecretValue.isPlaceholder(text, colon + 1, at)) {
      text.hideUrlEncoded(colon + 1, at);
    }
  }

  private static boolean isPort(Text text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Ascii.isDigit(text.at(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isToken(Text text, int start, int end) {
    return end - start >= MIN_TOKEN && SecretValue.isGenerated(text, start, end);
  }

  /** Hides the secret of a webhook that starts here; returns where to look for the next. */
  private static int hideWebhook(Text text, int i) {
    for (Webhook webhook : WEBHOOKS) {
      if (!text.hasAt(i, webhook.start)) {
        continue;
      }
      int start = i + webhook.start.length();
      for (int segment = 0; segment < webhook.publicSegments; segment++) {
        start = endOfSegment(text, start) + 1;
      }
      int end = start;
      boolean telegram = webhook.start.endsWith("bot");
      while (!isOutside(text.at(end))
          && text.at(end) != '?'
          && !(telegram && text.at(end) == '/')) {
        end++;
      }
      // The bot's number is public.
      int colon = text.find(':', start, end);
      start = telegram && colon < end ? colon + 1 : start;
      if (start < end && !SecretValue.isPlaceholder(text, start, end)) {
        text.hide(start, end);
      }
      return end;
    }
    return i;
  }

  private static int endOfSegment(Text text, int start) {
    int i = start;
    while (!isOutside(text.at(i)) && text.at(i) != '/') {
      i++;
    }
    return i;
  }

  /** What ends a URL in running text. */
  private static boolean isOutside(int b) {
    return (b >= 0 && b <= ' ') || Ascii.isQuote(b) || b == '<' || b == '>' || b == '\\';
  }

  /** What the %XX of a text stand for (RFC 3986, section 2.1); others stay. */
  static byte[] decoded(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      boolean escape =
          text[i] == '%'
              && i + 2 < text.length
              && Ascii.isHex(text[i + 1])
              && Ascii.isHex(text[i + 2]);
      if (escape) {
        out.write(Character.digit(text[i + 1], 16) << 4 | Character.digit(text[i + 2], 16));
        i += 2;
      } else {
        out.write(text[i]);
      }
    }
    return out.toByteArray();
  }
}
