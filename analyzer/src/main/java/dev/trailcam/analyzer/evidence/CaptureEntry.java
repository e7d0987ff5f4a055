// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Manifest;
import dev.trailcam.capture.Sha256;
import java.io.IOException;
import java.util.List;

/**
 * A capture that was found by its manifest. Nothing else of it was opened; {@link CaptureSet#open}
 * does that.
 */
public final class CaptureEntry {
  /** What is larger is no manifest. */
  static final long MAX_MANIFEST_BYTES = 256L << 20;

  private final CapturePlace place;
  private final String manifestHash;
  private final List<ListedFile> files;
  private Manifest manifest;

  /**
   * An entry.
   *
   * @param manifest null when it is known already and so was not parsed
   */
  CaptureEntry(CapturePlace place, String manifestHash, List<ListedFile> files, Manifest manifest) {
    this.place = place;
    this.manifestHash = manifestHash;
    this.files = List.copyOf(files);
    this.manifest = manifest;
  }

  /** Its directory, as the user would name it. */
  public String path() {
    return place.shown();
  }

  /** SHA-256 of all bytes of its manifest, 64 lower-case hexadecimal digits. */
  public String manifestHash() {
    return manifestHash;
  }

  /** What is directly in its directory, the manifest included, sorted by name. */
  public List<ListedFile> files() {
    return files;
  }

  /**
   * A hash of what the directory lists: names, kinds, sizes and times. As long as it and the
   * manifest's hash stay the same, nobody has touched the capture in a way that shows without
   * reading it.
   */
  public String listing() {
    return listing(files);
  }

  static String listing(List<ListedFile> files) {
    StringBuilder text = new StringBuilder();
    for (ListedFile file : files) {
      // A name holds no slash, so it cannot be taken for what follows.
      text.append(file.name())
          .append('/')
          .append(file.kind())
          .append('/')
          .append(file.bytes())
          .append('/')
          .append(file.changed())
          .append('\n');
    }
    return Sha256.of(text.toString());
  }

  /**
   * What its manifest says. Read again if it was known when the entry was found.
   *
   * @throws IOException if it cannot be read, or has changed since it was found; the message does
   *     not name it
   */
  public synchronized Manifest manifest() throws IOException {
    if (manifest == null) {
      manifest = place.manifest(manifestHash);
    }
    return manifest;
  }

  /** Reads a manifest; the message of what is thrown does not name it. */
  static Manifest parse(byte[] bytes) throws IOException {
    String name = CaptureLayout.MANIFEST;
    try {
      return Manifest.parse(name, bytes);
    } catch (IOException e) {
      throw new IOException(e.getMessage().substring(name.length() + 2), e);
    }
  }

  CapturePlace place() {
    return place;
  }

  @Override
  public String toString() {
    return path() + " " + manifestHash;
  }
}
