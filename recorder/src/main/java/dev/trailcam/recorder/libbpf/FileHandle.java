// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

/** A file descriptor of a {@link FileOpener}. */
public final class FileHandle implements AutoCloseable {
  private final FileOpener opener;
  private final int fd;

  FileHandle(FileOpener opener, int fd) {
    this.opener = opener;
    this.fd = fd;
  }

  /** Its number, as under {@code /proc/self/fdinfo}. */
  public int number() {
    return fd;
  }

  /** What the kernel knows of the file without asking anybody. */
  public FileStatus status() throws SystemCallException {
    return opener.status(fd);
  }

  /**
   * Opens the very file that was located. Only for what is known to be a regular file of a file
   * system of this machine: opening anything else may wait or do something.
   *
   * @throws SystemCallException EAGAIN when it would have to wait
   */
  public FileHandle openForReading() throws SystemCallException {
    return opener.openForReading(fd);
  }

  /**
   * Reads from a place in the file.
   *
   * @param into takes the bytes, from its start
   * @param length at most the array's; at most {@link FileOpener#MAX_READ_BYTES} are read at once
   * @param at bytes from the start of the file
   * @return how many bytes were read, 0 at the end of the file
   */
  public int read(byte[] into, int length, long at) throws SystemCallException {
    return opener.read(fd, into, length, at);
  }

  @Override
  public void close() {
    Native.libc().close(fd);
  }
}
