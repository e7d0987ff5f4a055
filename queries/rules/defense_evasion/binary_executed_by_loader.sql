-- SPDX-License-Identifier: Apache-2.0
-- id: binary_executed_by_loader
-- version: 1
-- title: A program was executed through the dynamic loader
-- description: >-
--   The dynamic loader was executed itself and told to run a program, which needs no right to execute that program's
--   file and hides its name from whoever looks at the executed file alone.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005]
--   techniques: [T1218, T1574]
-- surface: 1
-- references:
--   - https://attack.mitre.org/techniques/T1218/
--   - https://attack.mitre.org/techniques/T1574/
--   - https://man7.org/linux/man-pages/man8/ld.so.8.html
--   - https://gtfobins.github.io/gtfobins/ld.so/
-- false_positives:
--   - A bundle that brings its own C library starts its programs through the loader it brings.
--   - A C library, a compiler or a distribution is built and its tests run programs with the library that was just built.
SELECT DISTINCT
  exec_id,
  'The dynamic loader ' || exe || ' was executed to run ' || loaded_program(argv)
    || CASE
      WHEN in_temporary_dir(loaded_program(argv)) THEN ', which lies where every user may write'
      WHEN NOT starts(loaded_program(argv), '/') AND in_temporary_dir(cwd || '/') THEN ', seen from ' || cwd
        || ', where every user may write'
      ELSE ''
    END
    || CASE
      WHEN has_arg(argv, '--preload') OR any_like(argv, '--preload=%') THEN ', and to load another library before it'
      WHEN has_arg(argv, '--audit') OR any_like(argv, '--audit=%') THEN ', and to let another library audit it'
      ELSE ''
    END
    || '.' AS reason,
  -- A loader from elsewhere mostly belongs to a bundle.
  CASE
    WHEN matches(exe, '^/(usr/)?lib[^/]*/') OR in_temporary_dir(exe) OR in_temporary_dir(loaded_program(argv)) THEN 'high'
    ELSE 'medium'
  END AS severity
FROM execs
WHERE runs_loader(exe)
  AND loaded_program(argv) <> ''
  -- The C library of glibc is a program that says its version, whatever it is told.
  AND basename(exe) <> 'libc.so.6'
  -- As ldd calls it: nothing runs then, glibc lists the libraries because of the variable, musl because of the name.
  AND NOT (
    CASE
      WHEN matches(basename(exe), '^(ld-musl-|libc\.)') THEN ends(arg(argv, 1), 'ldd')
      ELSE has_arg(env_names, 'LD_TRACE_LOADED_OBJECTS')
    END)
