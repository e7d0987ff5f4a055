// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes archives, also such as no sane tool would. */
final class ArchiveFixture {
  private static final int SYMLINK = 0120777;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipArchiveOutputStream zip;
  private final TarArchiveOutputStream tar;
  private final OutputStream packed;

  ArchiveFixture(ArchiveFormat format) throws IOException {
    packed =
        switch (format) {
          case ZIP, TAR -> bytes;
          case TAR_GZIP -> new GZIPOutputStream(bytes);
          case TAR_ZSTD -> new ZstdOutputStream(bytes);
        };
    zip = format == ArchiveFormat.ZIP ? new ZipArchiveOutputStream(packed) : null;
    tar = format == ArchiveFormat.ZIP ? null : new TarArchiveOutputStream(packed, "UTF-8");
    if (tar != null) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    }
  }

  static String suffix(ArchiveFormat format) {
    return switch (format) {
      case ZIP -> ".zip";
      case TAR -> ".tar";
      case TAR_GZIP -> ".tar.gz";
      case TAR_ZSTD -> ".tar.zst";
    };
  }

  ArchiveFixture file(String name, byte[] content) throws IOException {
    if (zip != null) {
      zip.putArchiveEntry(new ZipArchiveEntry(name));
      zip.write(content);
      zip.closeArchiveEntry();
    } else {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setModTime(0);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return this;
  }

  ArchiveFixture link(String name, String target) throws IOException {
    if (zip != null) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      entry.setUnixMode(SYMLINK);
      zip.putArchiveEntry(entry);
      zip.write(target.getBytes(UTF_8));
      zip.closeArchiveEntry();
      return this;
    }
    return special(name, TarConstants.LF_SYMLINK, target);
  }

  /** An entry of a tar file that is no regular one. */
  ArchiveFixture special(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setModTime(0);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  /** Every file below a directory, sorted, under another name for the directory. */
  ArchiveFixture tree(Path directory, String as) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString();
      file(as.isEmpty() ? name : as + "/" + name, Files.readAllBytes(file));
    }
    return this;
  }

  byte[] bytes() throws IOException {
    if (zip != null) {
      zip.finish();
    } else {
      tar.finish();
    }
    packed.close();
    return bytes.toByteArray();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
