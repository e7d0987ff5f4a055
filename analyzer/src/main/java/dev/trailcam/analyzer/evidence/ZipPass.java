// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Goes by the central directory of a zip file, which is at its end; only what is wanted is read.
 */
final class ZipPass implements ArchivePass {
  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;

  private final ArchiveFile file;

  ZipPass(ArchiveFile file) {
    this.file = file;
  }

  @Override
  public void run(Visitor visitor) throws IOException {
    try (SeekableByteChannel channel = file.open();
        ZipFile zip =
            ZipFile.builder()
                .setSeekableByteChannel(channel)
                // One description of an entry is enough; two could contradict each other.
                .setIgnoreLocalFileHeader(true)
                .get()) {
      UnpackLimit limit = new UnpackLimit(channel.size());
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        try (ZipContent content = new ZipContent(zip, entry, limit)) {
          visitor.entry(new Entry(entry.getName(), kind(entry), entry.getSize()), content);
        }
      }
    }
  }

  private static ListedFile.Kind kind(ZipArchiveEntry entry) {
    if (entry.isUnixSymlink()) {
      return ListedFile.Kind.LINK;
    }
    if (entry.isDirectory()) {
      return ListedFile.Kind.DIRECTORY;
    }
    int type = entry.getUnixMode() & TYPE_MASK;
    return type == 0 || type == REGULAR ? ListedFile.Kind.FILE : ListedFile.Kind.OTHER;
  }

  private static final class ZipContent implements Content, AutoCloseable {
    private final ZipFile zip;
    private final ZipArchiveEntry entry;
    private final UnpackLimit limit;
    private InputStream stream = InputStream.nullInputStream();

    ZipContent(ZipFile zip, ZipArchiveEntry entry, UnpackLimit limit) {
      this.zip = zip;
      this.entry = entry;
      this.limit = limit;
    }

    @Override
    public InputStream open() throws IOException {
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw new IOException("is encrypted; unpack the archive with its password");
      }
      if (!zip.canReadEntryData(entry)) {
        throw new IOException(
            "is packed by a method that is not known ("
                + entry.getMethod()
                + "); unpack the archive");
      }
      stream = zip.getInputStream(entry);
      return limit.on(stream);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
