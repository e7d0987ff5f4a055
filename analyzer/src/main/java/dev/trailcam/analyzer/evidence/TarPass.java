// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Goes through a tar file, packed or not, from the front. A tar that was cut off between two
 * entries looks like one that ends there, so the mark at its end is required.
 */
final class TarPass implements ArchivePass {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ArchiveFile file;
  private final ArchiveFormat format;

  TarPass(ArchiveFile file, ArchiveFormat format) {
    this.file = file;
    this.format = format;
  }

  @Override
  public void run(Visitor visitor) throws IOException {
    try (SeekableByteChannel channel = file.open();
        InputStream packed =
            new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
        InputStream unpacked = unpack(packed);
        TarStream blocks = new TarStream(new UnpackLimit(channel.size()).on(unpacked));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                blocks, TarStream.BLOCK_BYTES, TarStream.BLOCK_BYTES, UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar, blocks); entry != null; entry = next(tar, blocks)) {
        visitor.entry(described(entry), content(tar, entry));
        blocks.skipping(entry.getSize());
        if (!entry.isSparse()) {
          tar.transferTo(OutputStream.nullOutputStream());
        }
      }
      blocks.requireEnd();
    }
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar, TarStream blocks)
      throws IOException {
    blocks.beginHeader();
    TarArchiveEntry entry = tar.getNextEntry();
    blocks.endHeader();
    return entry;
  }

  private InputStream unpack(InputStream packed) throws IOException {
    return switch (format) {
      case TAR_GZIP -> new GZIPInputStream(packed, BUFFER_BYTES);
      case TAR_ZSTD -> new ZstdInputStreamNoFinalizer(packed);
      case TAR, ZIP -> packed;
    };
  }

  private static Entry described(TarArchiveEntry entry) {
    return new Entry(entry.getName(), kind(entry), entry.getSize());
  }

  private static ListedFile.Kind kind(TarArchiveEntry entry) {
    if (entry.isSymbolicLink() || entry.isLink()) {
      return ListedFile.Kind.LINK;
    }
    if (entry.isDirectory()) {
      return ListedFile.Kind.DIRECTORY;
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL,
          TarConstants.LF_OLDNORM,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          ListedFile.Kind.FILE;
      default -> ListedFile.Kind.OTHER;
    };
  }

  private static Content content(TarArchiveInputStream tar, TarArchiveEntry entry) {
    return () -> {
      if (entry.isSparse() || !tar.canReadEntryData(entry)) {
        throw new IOException("is a sparse file; unpack the archive");
      }
      return tar;
    };
  }
}
