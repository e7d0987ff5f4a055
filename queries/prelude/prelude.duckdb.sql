-- SPDX-License-Identifier: Apache-2.0
--
-- The words rules are written in, for DuckDB 2. The second half is for the views alone.
--
-- Two promises hold for every word. A predicate says true or false, never NULL: what is not known does not match, so
-- NOT of it is true. Everything else says NULL when what it needs is not known. Patterns p are LIKE patterns with '\'
-- as escape, r are regular expressions that may match anywhere (write ^ and $ for the whole), l are lists of text,
-- i counts from 1.

-- Arguments ---------------------------------------------------------------------------------------------------------

-- Number of elements; 0 for NULL. The column argc has the true number where argv was cut.
CREATE OR REPLACE MACRO argc(l) AS coalesce(len(l), 0);

-- The i-th element, i from 1 (the program's own name); NULL beyond the end and for NULL.
CREATE OR REPLACE MACRO arg(l, i) AS list_extract(l, i);

-- Whether an element equals s; false for NULL.
CREATE OR REPLACE MACRO has_arg(l, s) AS coalesce(list_contains(l, s), false);

-- Whether an element equals one of the list ss; false for NULL.
CREATE OR REPLACE MACRO has_any_arg(l, ss) AS coalesce(list_has_any(l, ss), false);

-- All elements with a space between; NULL for NULL.
CREATE OR REPLACE MACRO cmdline(l) AS array_to_string(l, ' ');

-- Whether an element is LIKE p; false for NULL.
CREATE OR REPLACE MACRO any_like(l, p) AS
  coalesce(len(list_filter(l, lambda x: x LIKE p ESCAPE '\')) > 0, false);

-- The same, upper and lower case alike.
CREATE OR REPLACE MACRO any_ilike(l, p) AS
  coalesce(len(list_filter(l, lambda x: x ILIKE p ESCAPE '\')) > 0, false);

-- Whether r matches in an element; false for NULL.
CREATE OR REPLACE MACRO any_matches(l, r) AS
  coalesce(len(list_filter(l, lambda x: regexp_matches(x, r))) > 0, false);

-- The elements as rows of one column: EXISTS (SELECT 1 FROM explode(l) AS t(x) WHERE …). No row for NULL.
CREATE OR REPLACE MACRO explode(l) AS TABLE SELECT unnest(l) AS col;

-- Text --------------------------------------------------------------------------------------------------------------

-- Whether r matches in s; false for NULL.
CREATE OR REPLACE MACRO matches(s, r) AS coalesce(regexp_matches(s, r), false);

-- What follows the last slash, the whole text when there is none; NULL for NULL, '' when a slash ends it.
CREATE OR REPLACE MACRO basename(s) AS split_part(s, '/', -1);

-- Whether s begins with, ends with, holds t; false for NULL.
CREATE OR REPLACE MACRO starts(s, t) AS coalesce(starts_with(s, t), false);
CREATE OR REPLACE MACRO ends(s, t) AS coalesce(ends_with(s, t), false);
CREATE OR REPLACE MACRO has_substr(s, t) AS coalesce(contains(s, t), false);

-- SHA-256 of the text's UTF-8 bytes, 64 lower-case hexadecimal digits; NULL for NULL.
CREATE OR REPLACE MACRO sha256_hex(s) AS sha256(s);

-- Time --------------------------------------------------------------------------------------------------------------

-- Microseconds since 1970-01-01T00:00:00Z; NULL for NULL.
CREATE OR REPLACE MACRO epoch_micros(t) AS epoch_us(t);

-- Start of the interval of so many seconds that t lies in, counted from 1970; NULL for NULL.
CREATE OR REPLACE MACRO bucket(t, secs) AS
  make_timestamptz(epoch_us(t) - epoch_us(t) % (secs * 1000000));

-- Family ------------------------------------------------------------------------------------------------------------

-- The programs of the column ancestors, parent first; NULL for NULL.
CREATE OR REPLACE MACRO ancestor_exes(l) AS list_transform(l, lambda a: a.exe);

-- Whether the program of an ancestor is LIKE p; false for NULL.
CREATE OR REPLACE MACRO has_ancestor(l, p) AS
  coalesce(len(list_filter(l, lambda a: a.exe LIKE p ESCAPE '\')) > 0, false);

-- For the views -----------------------------------------------------------------------------------------------------
-- Below, j is an argument list as one text: NUL, which no argument can hold, between the arguments. One regular
-- expression then reads a whole command line, which is many times cheaper than walking a list, and RE2 is linear.

CREATE OR REPLACE MACRO joined(l) AS array_to_string(l, chr(0));

-- Name of the file that runs; the kernel marks a deleted one. One function and no CASE: DuckDB then computes it once
-- for each distinct path.
CREATE OR REPLACE MACRO file_name(exe) AS regexp_extract(exe, '([^/]*?)(?: \(deleted\))?$', 1);

-- Whether a path names an open file or the own image: its last component says nothing.
CREATE OR REPLACE MACRO is_nameless(path) AS
  regexp_matches(path, '^(?:/proc/[^/]+(?:/task/[^/]+)?/(?:fd/[0-9]+|exe)|/dev/fd/[0-9]+)$');

-- Whether a name is a dynamic loader's: ld-linux-x86-64.so.2, ld-musl-x86_64.so.1, ld-2.31.so, ld.so, ld64.so.2; where
-- musl is the libc, the libc itself.
CREATE OR REPLACE MACRO is_loader(name) AS
  coalesce(
    regexp_matches(
      name, '^(?:ld(?:-linux.*|-musl-.*|-[0-9].*|64)?\.so(?:\.[0-9]+)*|libc(?:\.musl-.*)?\.so(?:\.[0-9]+)?)$'),
    false);

-- The grammar of the command line of a program that runs what an argument names; NULL for other programs. Version,
-- build and platform do not count: python3.11 is python, perl5.36-x86_64-linux-gnu is perl, bash-static is bash.
CREATE OR REPLACE MACRO grammar_of(name) AS
  MAP {
      'sh': 'shell', 'bash': 'shell', 'dash': 'shell', 'ash': 'shell', 'zsh': 'shell', 'ksh': 'shell', 'mksh':
        'shell', 'lksh': 'shell', 'pdksh': 'shell', 'oksh': 'shell', 'yash': 'shell', 'posh': 'shell', 'rbash':
        'shell', 'rzsh': 'shell', 'rksh': 'shell', 'hush': 'shell',
      'python': 'python', 'pypy': 'python',
      'perl': 'perl', 'suidperl': 'perl',
      'ruby': 'ruby', 'jruby': 'ruby', 'truffleruby': 'ruby', 'mruby': 'ruby',
      'node': 'node', 'nodejs': 'node',
      'php': 'php', 'php-cgi': 'php',
      'lua': 'lua', 'luajit': 'lua',
      'tclsh': 'plain', 'wish': 'plain', 'expect': 'plain', 'Rscript': 'plain', 'guile': 'plain', 'fish':
        'plain', 'csh': 'plain', 'tcsh': 'plain', 'pwsh': 'plain',
      'busybox': 'multicall', 'toybox': 'multicall', 'coreutils': 'multicall'
    }[regexp_extract(
      name,
      '^([A-Za-z]+(?:-cgi)?)(?:[-._]?(?:[0-9].*|static.*|dbg|x86_64.*|amd64.*|i[3-6]86.*|arm.*|aarch64.*))?$',
      1)];

-- Each of the expressions below skips options, lazily, and stops at the first that says that no file will run (a
-- command or code in an argument, a list of libraries), or else takes what is to run. '' when there is nothing.

-- A dynamic loader's command line from its target on.
CREATE OR REPLACE MACRO loader_target(j) AS
  regexp_extract(
    j,
    '(?s)^[^\x00]*(?:\x00(?:--(?:library-path|preload|argv0|audit|inhibit-rpath|glibc-hwcaps-prepend|glibc-hwcaps-mask)\x00[^\x00]*|--[^\x00]+))*?'
    || '\x00(?:--(?:list|verify|list-tunables|list-diagnostics|help|version)(?:\x00|$)|(?:--\x00)?([^\x00-].*))',
    1);

-- A multicall binary's command line from its applet on. The binary goes by argv[0], unless that is its own name.
CREATE OR REPLACE MACRO applet(j) AS
  CASE
    WHEN regexp_matches(j, '^[^\x00]*\x00--coreutils-prog(?:-shebang)?=')
      THEN regexp_extract(j, '(?s)^[^\x00]*\x00--coreutils-prog(?:-shebang)?=(.*)', 1)
    WHEN regexp_matches(j, '^(?:[^\x00]*/)?-?(?:busybox|toybox|coreutils)[^\x00/]*(?:\x00|$)')
      THEN regexp_extract(j, '(?s)^[^\x00]*\x00([^\x00-].*)', 1)
    ELSE j
  END;

-- What a Python runs: the module of -m, or the script. -c is code; -W and -X take a value.
CREATE OR REPLACE MACRO python_module(j) AS
  regexp_extract(
    j,
    '^[^\x00]*(?:\x00(?:-[^\x00cmWX-]*[WX](?:[^\x00]+|\x00[^\x00]*)|-[^\x00cmWX-]+|--check-hash-based-pycs\x00[^\x00]*|--[^\x00]+))*?'
    || '\x00-[^\x00cmWX-]*m\x00?([^\x00]+)',
    1);
CREATE OR REPLACE MACRO python_script(j) AS
  regexp_extract(
    j,
    '^[^\x00]*(?:\x00(?:-[^\x00cmWX-]*[WX](?:[^\x00]+|\x00[^\x00]*)|-[^\x00cmWX-]+|--check-hash-based-pycs\x00[^\x00]*|--[^\x00]+))*?'
    || '\x00(?:--\x00)?([^\x00-][^\x00]*)',
    1);

-- What another interpreter runs, by the grammar of its command line.
CREATE OR REPLACE MACRO script_of(grammar, j) AS
  CASE grammar
    -- -c is a command, -s reads standard input; -o and -O take the next argument.
    WHEN 'shell' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:[-+][^\x00csoO-]*[oO][^\x00csoO]*\x00[^\x00]*|[-+][^\x00csoO-]+|--(?:rcfile|init-file)\x00[^\x00]*|--[^\x00]+))*?'
        || '\x00(?:--?\x00)?([^\x00+-][^\x00]*)',
        1)
    WHEN 'python' THEN python_script(j)
    -- -e and -E are code; -I takes a value; after the letters i M m F x C D V the rest of the argument is theirs.
    WHEN 'perl' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[^\x00eEIiMmFxCDV-]*(?:[iMmFxCDV][^\x00]*|dt?:[^\x00]*|I(?:[^\x00]+|\x00[^\x00]*))|-[^\x00eEIiMmFxCDV-]+))*?'
        || '\x00(?:--\x00)?([^\x00-][^\x00]*)',
        1)
    -- -e is code; -I, -r, -C, -E and -X take a value; after i F K W T x the rest of the argument is theirs.
    WHEN 'ruby' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[^\x00eIrCEXiFKWTx-]*(?:[iFKWTx][^\x00]*|[IrCEX](?:[^\x00]+|\x00[^\x00]*))|-[^\x00eIrCEXiFKWTx-]+|--(?:encoding|external-encoding|internal-encoding)\x00[^\x00]*|--[^\x00]+))*?'
        || '\x00(?:--\x00)?([^\x00-][^\x00]*)',
        1)
    -- -e and -p are code, in short and long.
    WHEN 'node' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[rC]\x00[^\x00]*|-[^\x00eprC-][^\x00ep]*|--(?:require|import|loader|experimental-loader|conditions|env-file|title|icu-data-dir|input-type|openssl-config|redirect-warnings|unhandled-rejections|max-old-space-size|max-http-header-size|stack-trace-limit)\x00[^\x00]*|--[^\x00]+))*?'
        || '\x00(?:--(?:eval|print)(?:[=\x00]|$)|(?:--\x00)?([^\x00-][^\x00]*))',
        1)
    -- -r, -R, -B and -E are code; -f and -F name the script; -c, -d, -z, -t and -S take a value.
    WHEN 'php' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[^\x00rRBEfFcdztS-]*[cdztS](?:[^\x00]+|\x00[^\x00]*)|-[^\x00rRBEfFcdztS-]+|--(?:php-ini|define)\x00[^\x00]*|--[^\x00]+))*?'
        || '\x00(?:--(?:run|process-begin|process-code|process-end)(?:[=\x00]|$)|(?:-[^\x00rRBEfFcdztS-]*[fF]\x00?|--(?:file|process-file)[=\x00]|--\x00)?([^\x00-][^\x00]*))',
        1)
    -- -e and -l take a value, and a script may follow.
    WHEN 'lua' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[el](?:[^\x00]+|\x00[^\x00]*)|-[^\x00el-][^\x00]*))*?\x00(?:--\x00)?([^\x00-][^\x00]*)',
        1)
    -- Options take no separate value, -c and -e are code.
    WHEN 'plain' THEN
      regexp_extract(
        j, '^[^\x00]*(?:\x00(?:-[^\x00ce-][^\x00]*|--[^\x00]+))*?\x00(?:--\x00)?([^\x00-][^\x00]*)', 1)
  END;

-- The program that env was told to run by a #! line: /usr/bin/env python3, env -S python3 -u.
CREATE OR REPLACE MACRO env_target(j) AS
  regexp_extract(j, '^[^\x00]*\x00(?:-v?S[ \x00]?|--split-string[=\x00])?([^\x00 =-][^\x00 =]*)', 1);

-- The elements without NULL, '' and duplicates, order kept.
CREATE OR REPLACE MACRO distinct_names(l) AS
  list_filter(l, lambda x, i: x <> '' AND list_position(l, x) = i);

CREATE OR REPLACE MACRO script_name(path) AS CASE WHEN NOT is_nameless(path) THEN basename(path) END;

-- list_transform over one element, below, is DuckDB's way to name a value that is used more than once.
CREATE OR REPLACE MACRO names_interpreted(grammar, j) AS
  CASE
    WHEN grammar IS NULL THEN []
    WHEN grammar = 'python' THEN
      flatten(
        list_transform(
          [python_module(j)],
          lambda m: CASE
            WHEN m <> '' THEN [m, split_part(m, '.', 1)]
            ELSE [script_name(script_of(grammar, j))]
          END))
    ELSE [script_name(script_of(grammar, j))]
  END;

CREATE OR REPLACE MACRO names_run(grammar, j) AS
  CASE
    WHEN grammar = 'multicall' THEN
      flatten(
        list_transform(
          [applet(j)],
          lambda a: list_concat(
            [ltrim(basename(split_part(a, chr(0), 1)), '-')],
            names_interpreted(grammar_of(ltrim(basename(split_part(a, chr(0), 1)), '-')), a))))
    ELSE names_interpreted(grammar, j)
  END;

-- The name an execution was started by. Not for a #! line that goes through env to an interpreter: env then executes
-- that interpreter with the script, and one start must not count twice. The task name stands in where the kernel could
-- read neither path; it has at most 15 bytes, so one of 15 may be cut and is left out.
CREATE OR REPLACE MACRO started_as(exe, filename, argv, comm) AS
  CASE
    WHEN filename IS NULL AND exe IS NULL THEN CASE WHEN strlen(comm) < 15 THEN comm END
    WHEN is_nameless(filename) THEN NULL
    WHEN file_name(exe) = 'env' AND basename(filename) <> 'env'
      AND grammar_of(basename(env_target(joined(argv)))) IS NOT NULL THEN NULL
    ELSE basename(filename)
  END;

-- Every name by which an execution may be known, in this order: the file that runs, the path it was started by, then
-- what a loader, a multicall binary or an interpreter was told to run. No duplicates. The first WHEN keeps all the rest
-- from the great majority of executions.
CREATE OR REPLACE MACRO names_of(exe, filename, argv, comm) AS
  CASE
    WHEN file_name(exe) = basename(filename) AND grammar_of(file_name(exe)) IS NULL AND NOT is_loader(file_name(exe))
      THEN [file_name(exe)]
    ELSE distinct_names(
      list_concat(
        [file_name(exe), started_as(exe, filename, argv, comm)],
        CASE
          WHEN is_loader(file_name(exe)) THEN
            flatten(
              list_transform(
                [loader_target(joined(argv))],
                lambda j: list_concat(
                  [basename(split_part(j, chr(0), 1))],
                  names_run(grammar_of(basename(split_part(j, chr(0), 1))), j))))
          WHEN grammar_of(file_name(exe)) IS NOT NULL THEN
            flatten(
              list_transform([joined(argv)], lambda j: names_run(grammar_of(file_name(exe)), j)))
        END))
  END;

-- For rules again ----------------------------------------------------------------------------------------------------

-- How an execution came by one of its program_names, as the end of a sentence. Tells what is sure first: the file that
-- runs, then the path it was started by, then what a loader or another program was told to run.
CREATE OR REPLACE MACRO known_as(name, exe, filename) AS
  CASE
    WHEN starts(exe, '/memfd:') AND file_name(exe) = name THEN 'it runs from the anonymous memory file ' || name
    WHEN file_name(exe) = name THEN 'its program file is ' || exe
    WHEN basename(filename) = name AND exe IS NULL THEN 'it was started as ' || filename
    WHEN basename(filename) = name THEN 'it was started as ' || filename || ', and the file that runs is ' || exe
    WHEN exe IS NULL THEN 'that is its task name, and its program file could not be read'
    WHEN is_loader(file_name(exe)) THEN 'the dynamic loader ' || exe || ' was told to run it'
    ELSE exe || ' was told to run it, as a script, a module or an applet'
  END;
