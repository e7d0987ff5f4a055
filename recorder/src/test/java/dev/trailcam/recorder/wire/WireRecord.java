// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.recorder.wire.WireLayout.Event;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes records as the kernel program does. */
public final class WireRecord {
  private final Map<Event, Long> numbers = new HashMap<>();
  private byte[] comm = {};
  private byte[] tty = {};
  private final List<Ancestor> ancestors = new ArrayList<>();
  private byte[] filename = {};
  private byte[] interp = {};
  private byte[] exe = {};
  private byte[] cwd = {};
  private byte[] cgroup = {};
  private byte[] env = {};
  private byte[] argv = {};

  private WireRecord() {}

  /** An execution of nothing in particular. */
  public static WireRecord exec(int cpu, long sequence, long bootNs) {
    return new WireRecord()
        .number("abi", 1)
        .number("kind", 1)
        .number("image", ExecEvent.image(cpu, sequence))
        .number("cpu", cpu)
        .number("boot_ns", bootNs)
        .number("start_ns", bootNs)
        .number("login_uid", 0xffffffffL)
        .number("session_id", 0xffffffffL);
  }

  /** A process that was alive when recording began. */
  public static WireRecord process(long image, long bootNs) {
    return exec(0, 0, bootNs).number("kind", 2).number("image", image);
  }

  /** Sets a field by its name in C. */
  public WireRecord number(String field, long value) {
    numbers.put(Event.valueOf(field.toUpperCase(Locale.ROOT)), value);
    return this;
  }

  public WireRecord comm(byte[] value) {
    comm = value;
    return this;
  }

  public WireRecord comm(String value) {
    return comm(value.getBytes(UTF_8));
  }

  public WireRecord tty(String value) {
    tty = value.getBytes(UTF_8);
    return this;
  }

  public WireRecord ancestor(int pid, long startNs, long image, String name) {
    ancestors.add(new Ancestor(pid, startNs, image, name));
    return this;
  }

  public WireRecord filename(byte[] value) {
    filename = value;
    return this;
  }

  public WireRecord interp(byte[] value) {
    interp = value;
    return this;
  }

  /** Leaf first. */
  public WireRecord exe(byte[]... components) {
    exe = closed(List.of(components));
    return this;
  }

  /** An absolute path. */
  public WireRecord exe(String path) {
    exe = walked(path);
    return this;
  }

  public WireRecord cwd(String path) {
    cwd = walked(path);
    return this;
  }

  public WireRecord cgroup(String path) {
    cgroup = walked(path);
    return this;
  }

  public WireRecord env(List<byte[]> names) {
    env = closed(names);
    return this;
  }

  /** Arguments, whole. */
  public WireRecord argv(List<byte[]> arguments) {
    argv = closed(arguments);
    return number("argc", arguments.size()).number("argv_bytes", argv.length);
  }

  public WireRecord argv(String... arguments) {
    return argv(Arrays.stream(arguments).map(a -> a.getBytes(UTF_8)).toList());
  }

  /** Arguments of which only so many bytes are kept. */
  public WireRecord argvCutTo(int bytes) {
    argv = Arrays.copyOf(argv, bytes);
    return number("flags", WireLayout.FLAG_ARGV_CUT);
  }

  public ByteBuffer encode() {
    number("ancestors", ancestors.size());
    number("filename_len", filename.length);
    number("interp_len", interp.length);
    number("exe_len", exe.length);
    number("cwd_len", cwd.length);
    number("cgroup_len", cgroup.length);
    number("env_len", env.length);
    number("argv_len", argv.length);
    byte[][] sections = {filename, interp, exe, cwd, cgroup, env, argv};
    int size = WireLayout.EVENT_BYTES + ancestors.size() * WireLayout.ANCESTOR_BYTES;
    for (byte[] section : sections) {
      size += section.length;
    }
    number("size", size);
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    numbers.forEach((field, value) -> put(out, field.offset, field.size, value));
    out.put(Event.COMM.offset, comm).put(Event.TTY.offset, tty);
    out.position(WireLayout.EVENT_BYTES);
    for (Ancestor ancestor : ancestors) {
      int at = out.position();
      out.putInt(ancestor.pid()).putInt(0).putLong(ancestor.startNs()).putLong(ancestor.image());
      out.put(ancestor.comm().getBytes(UTF_8)).position(at + WireLayout.ANCESTOR_BYTES);
    }
    for (byte[] section : sections) {
      out.put(section);
    }
    return out.flip();
  }

  private static void put(ByteBuffer out, int offset, int size, long value) {
    switch (size) {
      case 2 -> out.putShort(offset, (short) value);
      case 4 -> out.putInt(offset, (int) value);
      default -> out.putLong(offset, value);
    }
  }

  private static byte[] walked(String path) {
    if (path.equals("/")) {
      return new byte[] {'/', 0};
    }
    List<byte[]> components = new ArrayList<>();
    for (String component : path.substring(1).split("/", -1)) {
      components.add(0, component.getBytes(UTF_8));
    }
    return closed(components);
  }

  private static byte[] closed(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
      out.write(0);
    }
    return out.toByteArray();
  }
}
