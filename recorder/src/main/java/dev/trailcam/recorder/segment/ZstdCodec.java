// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for Parquet's pages. Parquet's own codec factory does the same through Hadoop's
 * configuration and codecs, which take a quarter of a second to load.
 */
final class ZstdCodec implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    requireZstd(codec);
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    requireZstd(codec);
    return new Decompressor();
  }

  @Override
  public void release() {
    // Nothing is pooled.
  }

  static void load() throws IOException {
    try {
      Zstd.defaultCompressionLevel();
    } catch (LinkageError e) {
      throw new IOException("zstd's native library cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static void requireZstd(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("segments are compressed with zstd, not " + codec);
    }
  }

  private static byte[] bytesOf(BytesInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(out);
    return out.toByteArray();
  }

  private static final class Compressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(bytesOf(bytes), LEVEL));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }

  private static final class Decompressor implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      try {
        byte[] plain = Zstd.decompress(bytesOf(bytes), size);
        if (plain.length != size) {
          throw new IOException("a page of " + plain.length + " bytes claims " + size);
        }
        return BytesInput.from(plain);
      } catch (ZstdException e) {
        throw new IOException("a page is no zstd: " + e.getMessage(), e);
      }
    }

    @Override
    public void decompress(ByteBuffer in, int inBytes, ByteBuffer out, int outBytes)
        throws IOException {
      byte[] packed = new byte[inBytes];
      in.get(packed);
      out.put(bytesOf(decompress(BytesInput.from(packed), outBytes)));
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }
}
