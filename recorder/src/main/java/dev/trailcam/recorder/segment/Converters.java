// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** What Parquet hands its values to while it reads a record. */
final class Converters {
  private Converters() {}

  /** A group whose fields take care of themselves. */
  static final class Fields extends GroupConverter {
    private final List<Converter> fields;
    private final Runnable start;
    private final Runnable end;

    Fields(List<Converter> fields, Runnable start, Runnable end) {
      this.fields = List.copyOf(fields);
      this.start = start;
      this.end = end;
    }

    @Override
    public Converter getConverter(int field) {
      return fields.get(field);
    }

    @Override
    public void start() {
      start.run();
    }

    @Override
    public void end() {
      end.run();
    }
  }

  /** A list of three levels: list, repeated group, element. */
  static final class ListValue extends GroupConverter {
    private final Consumer<Object> set;
    private final Converter repeated;
    private List<Object> values;

    ListValue(Consumer<Object> set, Function<Consumer<Object>, Converter> element) {
      this.set = set;
      this.repeated =
          new Fields(List.of(element.apply(value -> values.add(value))), () -> {}, () -> {});
    }

    @Override
    public Converter getConverter(int field) {
      return repeated;
    }

    @Override
    public void start() {
      values = new ArrayList<>();
    }

    @Override
    public void end() {
      set.accept(values);
    }
  }

  static final class NumberValue extends PrimitiveConverter {
    private final Consumer<Object> set;

    NumberValue(Consumer<Object> set) {
      this.set = set;
    }

    @Override
    public void addBoolean(boolean value) {
      set.accept(value);
    }

    @Override
    public void addInt(int value) {
      set.accept(value);
    }

    @Override
    public void addLong(long value) {
      set.accept(value);
    }
  }

  /** Text or bytes; each word of a dictionary is decoded once. */
  static final class BinaryValue extends PrimitiveConverter {
    private final Consumer<Object> set;
    private final Function<Binary, Object> decode;
    private Object[] words;

    BinaryValue(Consumer<Object> set, Function<Binary, Object> decode) {
      this.set = set;
      this.decode = decode;
    }

    @Override
    public void addBinary(Binary value) {
      set.accept(decode.apply(value));
    }

    @Override
    public boolean hasDictionarySupport() {
      return true;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      words = new Object[dictionary.getMaxId() + 1];
      for (int id = 0; id < words.length; id++) {
        words[id] = decode.apply(dictionary.decodeToBinary(id));
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      set.accept(words[id]);
    }
  }
}
