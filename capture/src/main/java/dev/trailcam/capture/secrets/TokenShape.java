// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import static dev.trailcam.capture.secrets.TokenBytes.ALNUM;
import static dev.trailcam.capture.secrets.TokenBytes.BASE64;
import static dev.trailcam.capture.secrets.TokenBytes.BASE64URL;
import static dev.trailcam.capture.secrets.TokenBytes.DASHED;
import static dev.trailcam.capture.secrets.TokenBytes.DOTTED;
import static dev.trailcam.capture.secrets.TokenBytes.HEX;
import static dev.trailcam.capture.secrets.TokenBytes.PADDED;
import static dev.trailcam.capture.secrets.TokenBytes.UPPER;
import static dev.trailcam.capture.secrets.TokenBytes.WORD;

/**
 * Tokens known by their prefix, as their issuers document them. The least length is below the real
 * one: an argument may be cut, and prefixes are rare enough without it.
 */
enum TokenShape {
  GITHUB_PERSONAL("ghp_", WORD, 16),
  GITHUB_OAUTH("gho_", WORD, 16),
  GITHUB_USER("ghu_", WORD, 16),
  GITHUB_SERVER("ghs_", DOTTED, 16),
  GITHUB_REFRESH("ghr_", WORD, 16),
  GITHUB_FINE_GRAINED("github_pat_", WORD, 16),
  GITLAB_PERSONAL("glpat-", DOTTED, 16),
  GITLAB_DEPLOY("gldt-", DOTTED, 16),
  GITLAB_RUNNER("glrt-", DOTTED, 16),
  GITLAB_RUNNER_TYPED("glrtr-", DOTTED, 16),
  GITLAB_JOB("glcbt-", DOTTED, 16),
  GITLAB_TRIGGER("glptt-", DOTTED, 16),
  GITLAB_FEED("glft-", DOTTED, 16),
  GITLAB_MAIL("glimt-", DOTTED, 16),
  GITLAB_AGENT("glagent-", DOTTED, 16),
  GITLAB_OAUTH("gloas-", DOTTED, 16),
  GITLAB_SCIM("glsoat-", DOTTED, 16),
  AWS_USER("AKIA", UPPER, 16, 16),
  AWS_SESSION("ASIA", UPPER, 16, 16),
  AWS_BEARER("ABIA", UPPER, 16, 16),
  AWS_CONTEXT("ACCA", UPPER, 16, 16),
  ALIBABA("LTAI", ALNUM, 12, 28, true),
  SLACK_BOT("xoxb-", DASHED, 10),
  SLACK_APP("xoxa-", DASHED, 10),
  SLACK_USER("xoxp-", DASHED, 10),
  SLACK_REFRESH("xoxr-", DASHED, 10),
  SLACK_SESSION("xoxs-", DASHED, 10),
  SLACK_CONFIG("xoxe-", DASHED, 10),
  SLACK_CONFIG_ACCESS("xoxe.xox", DOTTED, 10),
  SLACK_COOKIE("xoxd-", BASE64, 10),
  SLACK_LEVEL("xapp-", DASHED, 10),
  NPM("npm_", ALNUM, 30),
  PYPI("pypi-", BASE64URL, 32, Integer.MAX_VALUE, true),
  OPENAI("sk-", BASE64URL, 20, Integer.MAX_VALUE, true),
  STRIPE("sk_live_", ALNUM, 10),
  STRIPE_TEST("sk_test_", ALNUM, 10),
  STRIPE_RESTRICTED("rk_live_", ALNUM, 10),
  STRIPE_RESTRICTED_TEST("rk_test_", ALNUM, 10),
  STRIPE_WEBHOOK("whsec_", BASE64, 16),
  GOOGLE_API("AIza", BASE64URL, 30, 40),
  GOOGLE_ACCESS("ya29.", DOTTED, 16),
  GOOGLE_CLIENT("GOCSPX-", BASE64URL, 16),
  HUGGING_FACE("hf_", ALNUM, 30),
  HUGGING_FACE_ORGANISATION("api_org_", ALNUM, 30),
  DIGITAL_OCEAN("dop_v1_", HEX, 32),
  DIGITAL_OCEAN_OAUTH("doo_v1_", HEX, 32),
  DIGITAL_OCEAN_REFRESH("dor_v1_", HEX, 32),
  SENDGRID("SG.", DOTTED, 40, 80, true),
  SENDINBLUE("xkeysib-", DASHED, 32),
  MAILGUN("key-", HEX, 32, 32),
  DOCKER("dckr_pat_", BASE64URL, 16),
  DOCKER_ORGANISATION("dckr_oat_", BASE64URL, 16),
  RUBYGEMS("rubygems_", HEX, 40),
  NEW_RELIC("NRAK-", ALNUM, 20),
  SHOPIFY("shpat_", HEX, 28),
  SHOPIFY_CUSTOM("shpca_", HEX, 28),
  SHOPIFY_PRIVATE("shppa_", HEX, 28),
  SHOPIFY_SHARED("shpss_", HEX, 28),
  SQUARE("sq0atp-", BASE64URL, 20),
  SQUARE_SECRET("sq0csp-", BASE64URL, 20),
  DATABRICKS("dapi", HEX, 32, 32),
  LINEAR("lin_api_", ALNUM, 30),
  POSTMAN("PMAK-", DASHED, 30),
  VAULT_SERVICE("hvs.", BASE64URL, 20),
  VAULT_BATCH("hvb.", BASE64URL, 20),
  VAULT_RECOVERY("hvr.", BASE64URL, 20),
  GRAFANA_SERVICE("glsa_", WORD, 20),
  GRAFANA_CLOUD("glc_", PADDED, 30),
  GRAFANA_LEGACY("eyJrIjoi", BASE64, 30),
  TAILSCALE("tskey-", DASHED, 16),
  FIGMA("figd_", BASE64URL, 20),
  SENTRY("sntrys_", BASE64, 30),
  SENTRY_USER("sntryu_", HEX, 40),
  NETLIFY("nfp_", ALNUM, 30),
  PULUMI("pul-", HEX, 40),
  NOTION("ntn_", ALNUM, 30),
  AGE("AGE-SECRET-KEY-1", UPPER, 30),
  CLOJARS("CLOJARS_", ALNUM, 40),
  FLY("fm2_", BASE64, 40),
  REPLICATE("r8_", ALNUM, 30),
  GROQ("gsk_", ALNUM, 40),
  XAI("xai-", ALNUM, 40),
  PERPLEXITY("pplx-", ALNUM, 30),
  SUPABASE("sbp_", HEX, 36),
  DOPPLER("dp.pt.", ALNUM, 30),
  DOPPLER_SERVICE("dp.st.", DOTTED, 30),
  ARTIFACTORY("AKCp", ALNUM, 60),
  HEROKU("HRKU-", BASE64URL, 30),
  ATLASSIAN("ATATT3", PADDED, 60),
  BITBUCKET("ATBB", ALNUM, 28, 40, true),
  BUILDKITE("bkua_", HEX, 36),
  CIRCLE_CI("CCIPAT_", WORD, 20),
  ONE_PASSWORD("ops_eyJ", BASE64, 40),
  SOURCEGRAPH("sgp_", WORD, 32),
  /** Its own first part stands before what is known. */
  TERRAFORM("atlasv1.", PADDED, 40) {
    @Override
    int startOf(Text text, int known) {
      int start = known - 1;
      if (text.at(start) != '.') {
        return known;
      }
      while (known - start <= TERRAFORM_ID && Ascii.isAlnum(text.at(start - 1))) {
        start--;
      }
      return start;
    }
  },
  CLOUDFLARE_ORIGIN("v1.0-", DASHED, 100),
  /** Header and payload at least; they start with {" each (RFC 7519). */
  JWT("eyJ", DOTTED, 24) {
    @Override
    boolean isAt(Text text, int start) {
      if (!super.isAt(text, start)) {
        return false;
      }
      int dot = start;
      while (dot - start < MAX_JWT_HEADER && BASE64URL.has(text.at(dot))) {
        dot++;
      }
      return text.at(dot) == '.';
    }
  };

  private static final int TERRAFORM_ID = 14;
  private static final int MAX_JWT_HEADER = 512;

  private final String prefix;
  private final TokenBytes bytes;
  private final int min;
  private final int max;
  private final boolean mixed;

  TokenShape(String prefix, TokenBytes bytes, int min) {
    this(prefix, bytes, min, Integer.MAX_VALUE);
  }

  TokenShape(String prefix, TokenBytes bytes, int min, int max) {
    this(prefix, bytes, min, max, false);
  }

  TokenShape(String prefix, TokenBytes bytes, int min, int max, boolean mixed) {
    this.prefix = prefix;
    this.bytes = bytes;
    this.min = min;
    this.max = max;
    this.mixed = mixed;
  }

  String prefix() {
    return prefix;
  }

  TokenBytes bytes() {
    return bytes;
  }

  /** The least bytes behind the prefix. */
  int min() {
    return min;
  }

  /** The most bytes behind the prefix. */
  int max() {
    return max;
  }

  /** Whether both letters and digits must be there, because words of people start alike. */
  boolean mixed() {
    return mixed;
  }

  /** Where the token starts whose known letters start here. */
  int startOf(Text text, int known) {
    return known;
  }

  boolean isAt(Text text, int start) {
    for (int i = 0; i < prefix.length(); i++) {
      if (text.at(start + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
