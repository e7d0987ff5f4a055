// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcam.recorder.wire.WireLayout.Field;
import dev.trailcam.recorder.wire.WireLayout.Structure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes records as the kernel program does. */
public final class WireRecord {
  private final Structure structure;
  private final Map<String, Long> numbers = new HashMap<>();
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

  private WireRecord(Structure structure, int kind) {
    this.structure = structure;
    number("abi", WireLayout.ABI).number("kind", kind);
  }

  /** An execution of nothing in particular. */
  public static WireRecord exec(int cpu, long sequence, long bootNs) {
    return new WireRecord(WireLayout.Event.LAYOUT, 1)
        .number("image", RingRecord.image(cpu, sequence))
        .number("cpu", cpu)
        .number("boot_ns", bootNs)
        .number("start_ns", bootNs)
        .number("login_uid", 0xffffffffL)
        .number("session_id", 0xffffffffL);
  }

  /** A process that was alive when recording began. */
  public static WireRecord process(long image, long bootNs) {
    return exec(RingRecord.imageCpu(image), 0, bootNs).number("kind", 2).number("image", image);
  }

  /** The end of a process with this program image. */
  public static WireRecord exit(long image, long bootNs) {
    return new WireRecord(WireLayout.Exit.LAYOUT, 3)
        .number("image", image)
        .number("boot_ns", bootNs);
  }

  /** An execution that failed with ENOENT. */
  public static WireRecord failed(long image, long bootNs) {
    return new WireRecord(WireLayout.Failed.LAYOUT, 4)
        .number("image", image)
        .number("boot_ns", bootNs)
        .number("error", 2);
  }

  /** A socket of AF_PACKET that was opened. */
  public static WireRecord socket(long image, long bootNs) {
    return new WireRecord(WireLayout.Socket.LAYOUT, 5)
        .number("image", image)
        .number("boot_ns", bootNs)
        .number("action", 1)
        .number("family", 17)
        .number("type", 3);
  }

  /** Sets a field by its name in C. */
  public WireRecord number(String field, long value) {
    numbers.put(field, value);
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
    return structure == WireLayout.Event.LAYOUT
        ? number("argc", arguments.size()).number("argv_bytes", argv.length)
        : this;
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
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put("filename_len", filename);
    sections.put("interp_len", interp);
    sections.put("exe_len", exe);
    sections.put("cwd_len", cwd);
    sections.put("cgroup_len", cgroup);
    sections.put("env_len", env);
    sections.put("argv_len", argv);
    sections.keySet().removeIf(length -> field(length) == null);
    int ancestorBytes = WireLayout.Ancestor.LAYOUT.bytes();
    int size = structure.bytes() + ancestors.size() * ancestorBytes;
    for (Map.Entry<String, byte[]> section : sections.entrySet()) {
      number(section.getKey(), section.getValue().length);
      size += section.getValue().length;
    }
    if (!ancestors.isEmpty()) {
      number("ancestors", ancestors.size());
    }
    number("size", size);
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    numbers.forEach((name, value) -> put(out, field(name), value));
    out.put(field("comm").offset(), comm);
    if (tty.length > 0) {
      out.put(field("tty").offset(), tty);
    }
    out.position(structure.bytes());
    for (Ancestor ancestor : ancestors) {
      int at = out.position();
      out.putInt(ancestor.pid()).putInt(0).putLong(ancestor.startNs()).putLong(ancestor.image());
      out.put(ancestor.comm().getBytes(UTF_8)).position(at + ancestorBytes);
    }
    sections.values().forEach(out::put);
    return out.flip();
  }

  /** Of the header or of what follows it; null when there is none of that name. */
  private Field field(String name) {
    return Stream.concat(WireLayout.Header.LAYOUT.fields().stream(), structure.fields().stream())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static void put(ByteBuffer out, Field field, long value) {
    switch (field.size()) {
      case 2 -> out.putShort(field.offset(), (short) value);
      case 4 -> out.putInt(field.offset(), (int) value);
      default -> out.putLong(field.offset(), value);
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
