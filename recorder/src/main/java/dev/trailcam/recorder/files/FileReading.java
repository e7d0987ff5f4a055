// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import dev.trailcam.recorder.libbpf.FileHandle;
import dev.trailcam.recorder.libbpf.FileOpener;
import dev.trailcam.recorder.libbpf.SystemCallException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Examines files by reading them, after making sure of what they are. Not thread-safe. */
final class FileReading implements Examination {
  private final Limits limits;
  private final FileOpener opener = new FileOpener();
  private final byte[] buffer = new byte[FileOpener.MAX_READ_BYTES];
  private final MessageDigest sha256;

  FileReading(Limits limits) {
    this(limits, sha256());
  }

  FileReading(Limits limits, MessageDigest sha256) {
    this.limits = limits;
    this.sha256 = sha256;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public FileFacts examine(FileRequest request) {
    long deadline = System.nanoTime() + limits.perFile().toNanos();
    try (FileHandle located = opener.locate(request.path())) {
      if (!FileIdentity.require(request.key(), located).isRegular()) {
        return FileFacts.missing(request, MissingFacts.NOT_REGULAR);
      }
      return read(request, located, deadline);
    } catch (FactsMissingException e) {
      return FileFacts.missing(request, e.why());
    } catch (SystemCallException e) {
      return FileFacts.missing(request, whyNotFound(e.errno()));
    } catch (IOException e) {
      return FileFacts.missing(request, MissingFacts.IO_ERROR);
    }
  }

  private FileFacts read(FileRequest request, FileHandle located, long deadline)
      throws FactsMissingException {
    try (FileHandle file = located.openForReading()) {
      FileFacts facts = read(request, new TimedFile(file, request.key().size(), deadline));
      FileIdentity.require(request.key(), located);
      return facts;
    } catch (FactsMissingException e) {
      throw e;
    } catch (SystemCallException e) {
      throw new FactsMissingException(whyNotRead(e.errno()), e.getMessage());
    } catch (IOException e) {
      throw new FactsMissingException(MissingFacts.IO_ERROR, e.getMessage());
    }
  }

  private FileFacts read(FileRequest request, ByteSource file) throws IOException {
    ElfFacts elf = new ElfFacts(null, null, null);
    MissingFacts why = null;
    try {
      elf = ElfReader.read(file);
    } catch (FactsMissingException e) {
      if (e.why() != MissingFacts.NOT_ELF && e.why() != MissingFacts.MALFORMED_ELF) {
        throw e;
      }
      why = e.why();
    }
    byte[] digest = null;
    try {
      digest = digest(file);
    } catch (FactsMissingException e) {
      if (e.why() != MissingFacts.TOO_LARGE && e.why() != MissingFacts.TOO_SLOW) {
        throw e;
      }
      why = why == null ? e.why() : why;
    }
    return new FileFacts(
        request.key(), request.path(), digest, elf.buildId(), elf.needed(), elf.interpreter(), why);
  }

  private byte[] digest(ByteSource file) throws IOException {
    if (file.size() > limits.hashBytes()) {
      throw new FactsMissingException(MissingFacts.TOO_LARGE, file.size() + " bytes");
    }
    sha256.reset();
    long at = 0;
    while (at < file.size()) {
      int read = file.read(buffer, (int) Math.min(buffer.length, file.size() - at), at);
      if (read == 0) {
        throw new FactsMissingException(MissingFacts.CHANGED, "shorter than it was");
      }
      sha256.update(buffer, 0, read);
      at += read;
    }
    return sha256.digest();
  }

  private static MissingFacts whyNotFound(int errno) {
    return switch (errno) {
      case SystemCallException.ENOENT, SystemCallException.ENOTDIR -> MissingFacts.GONE;
      case SystemCallException.ELOOP -> MissingFacts.ANOTHER_FILE; // links were resolved at exec
      case SystemCallException.EAGAIN -> MissingFacts.NOT_CACHED;
      case SystemCallException.EPERM, SystemCallException.EACCES -> MissingFacts.NOT_PERMITTED;
      case SystemCallException.ENAMETOOLONG -> MissingFacts.NO_PATH;
      default -> MissingFacts.IO_ERROR;
    };
  }

  private static MissingFacts whyNotRead(int errno) {
    return switch (errno) {
      case SystemCallException.EAGAIN -> MissingFacts.NOT_CACHED; // somebody has a lease on it
      case SystemCallException.EPERM, SystemCallException.EACCES -> MissingFacts.NOT_PERMITTED;
      default -> MissingFacts.IO_ERROR;
    };
  }
}
