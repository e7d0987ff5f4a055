#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Says what the committed object was built from: compiler, sources, hashes. Deterministic.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
echo "compiler  $(${CLANG:-clang-14} --version | head -n 1)"
echo "strip     $(${STRIP:-llvm-strip-14} --version | grep -o 'LLVM version .*' | head -n 1)"
echo "libbpf    $(sed -n 's/^#define LIBBPF_M[A-Z]*_VERSION \([0-9]*\)/\1/p' /usr/include/bpf/libbpf_version.h | paste -sd.)"
sha256sum src/*.c src/*.h build/exec.bpf.o
