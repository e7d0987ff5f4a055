// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A directory that is named by an address. Configured by {@code core-site.xml} and {@code
 * hdfs-site.xml} in the directory that {@code HADOOP_CONF_DIR} names, if it is set.
 */
public final class RemoteDirectory {
  private static final List<String> CONFIGURATION = List.of("core-site.xml", "hdfs-site.xml");

  private final FileSystem system;
  private final Path path;

  private RemoteDirectory(FileSystem system, Path path) {
    this.system = system;
    this.path = path;
  }

  /**
   * Opens the file system of an address; whether there is anything there is not looked at.
   *
   * @param confDir directory of the configuration, or null
   * @throws IOException if there is no such file system or it cannot be reached
   */
  public static RemoteDirectory at(String address, String confDir) throws IOException {
    try {
      Path path = new Path(URI.create(address.replace(" ", "%20")));
      Configuration configuration = new Configuration();
      if (confDir != null) {
        CONFIGURATION.forEach(
            name -> configuration.addResource(new Path("file://" + confDir, name)));
      }
      return new RemoteDirectory(path.getFileSystem(configuration), path);
    } catch (IllegalArgumentException e) {
      throw new IOException("is no address: " + e.getMessage(), e);
    } catch (UnsupportedFileSystemException | RuntimeException e) {
      // Of a class that is configured and not there, Hadoop makes a RuntimeException.
      throw new IOException(
          e.getMessage() + "; put the jars of that file system beside those of the analyzer", e);
    }
  }

  /** A directory in this one. */
  public RemoteDirectory directory(String name) {
    return new RemoteDirectory(system, child(name));
  }

  /**
   * What is directly in it, sorted by name.
   *
   * @throws IOException if it cannot be listed; a {@link java.io.FileNotFoundException} if it does
   *     not exist
   */
  public List<RemoteFile> list() throws IOException {
    List<RemoteFile> files = new ArrayList<>();
    RemoteIterator<FileStatus> statuses = system.listStatusIterator(path);
    while (statuses.hasNext()) {
      files.add(file(statuses.next()));
    }
    files.sort(Comparator.comparing(RemoteFile::name));
    return files;
  }

  /**
   * What it is itself, since an address may be that of a file.
   *
   * @throws java.io.FileNotFoundException if it does not exist
   */
  public RemoteFile self() throws IOException {
    return file(system.getFileStatus(path));
  }

  /** The directory that this is in; itself if it is the root. */
  public RemoteDirectory parent() {
    return path.isRoot() ? this : new RemoteDirectory(system, path.getParent());
  }

  /** Opens a file in it for reading. */
  public InputStream open(String name) throws IOException {
    return system.open(child(name));
  }

  /**
   * Opens a file in it for reading from any place.
   *
   * @param bytes its size, as it was listed; where it ends before that, reading fails
   */
  public SeekableByteChannel open(String name, long bytes) throws IOException {
    return new RemoteChannel(system.open(child(name)), bytes);
  }

  private Path child(String name) {
    // By its parts: a name with a colon would be read as an address.
    return new Path(path, new Path(null, null, name));
  }

  private static RemoteFile file(FileStatus status) {
    return new RemoteFile(
        status.getPath().getName(), kind(status), status.getLen(), status.getModificationTime());
  }

  private static RemoteFile.Kind kind(FileStatus status) {
    if (status.isSymlink()) {
      return RemoteFile.Kind.LINK;
    }
    return status.isDirectory() ? RemoteFile.Kind.DIRECTORY : RemoteFile.Kind.FILE;
  }
}
