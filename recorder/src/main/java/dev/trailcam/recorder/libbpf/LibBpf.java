// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.libbpf;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int32_t;

/**
 * The functions of {@code libbpf.so.1} that the recorder calls, under their C names; the only place
 * that names them. See {@code bpf/libbpf.h} and {@code bpf/bpf.h}.
 *
 * <p>Functions that return a pointer return NULL and set errno on failure; functions that return an
 * int return a negative errno (libbpf 1.0 and later).
 *
 * <p>Public because jnr-ffi implements it from outside; nobody else is to use it.
 */
public interface LibBpf {
  /** Silences libbpf's own printing when given NULL. */
  Pointer libbpf_set_print(Pointer callback);

  int libbpf_num_possible_cpus();

  Pointer bpf_object__open_mem(@In Pointer bytes, @size_t long size, @In Pointer options);

  int bpf_object__load(@In Pointer object);

  void bpf_object__close(@In Pointer object);

  Pointer bpf_object__find_map_by_name(@In Pointer object, @In String name);

  Pointer bpf_object__find_program_by_name(@In Pointer object, @In String name);

  int bpf_map__fd(@In Pointer map);

  int bpf_map__set_max_entries(@In Pointer map, @u_int32_t long entries);

  /** The memory behind a global-data map, writable until the object is loaded. */
  Pointer bpf_map__initial_value(@In Pointer map, @Out Pointer size);

  int bpf_program__set_autoload(@In Pointer program, boolean autoload);

  /** Where the kernel's verifier writes while the program is loaded. */
  int bpf_program__set_log_buf(@In Pointer program, @In Pointer buffer, @size_t long size);

  Pointer bpf_program__attach(@In Pointer program);

  Pointer bpf_program__attach_iter(@In Pointer program, @In Pointer options);

  int bpf_link__fd(@In Pointer link);

  int bpf_link__destroy(@In Pointer link);

  int bpf_iter_create(int link);

  int bpf_map_update_elem(int map, @In Pointer key, @In Pointer value, long flags);
}
