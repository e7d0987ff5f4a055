-- SPDX-License-Identifier: Apache-2.0
--
-- The words rules are written in, for DuckDB 2. The second half is for the views alone.
--
-- Two promises hold for every word. A predicate says true or false, never NULL: what is not known does not match, so
-- NOT of it is true. Everything else says NULL when what it needs is not known. Patterns p are LIKE patterns with '\'
-- as escape, r are regular expressions that may match anywhere (write ^ and $ for the whole), l are lists of text,
-- i counts from 1.

-- DuckDB 2.0.0 fails ("BindBuiltinScalarFunction did not return …") on WHERE f(a) = 'x' AND … when its statistics
-- say that column a holds nothing but NULL, which is common in captures: tty, container_id, parent_exe. Without this
-- step of the optimizer it does not. Whether a rule runs must not depend on what a capture happens to hold.
SET disabled_optimizers = 'statistics_propagation';

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

-- Name of the program file at a path as the kernel tells it, which marks a deleted one; NULL for NULL. One function and
-- no CASE: DuckDB then computes it once for each distinct path.
CREATE OR REPLACE MACRO file_name(exe) AS regexp_extract(exe, '([^/]*?)(?: \(deleted\))?$', 1);

-- A program's name without the version and the platform behind it: python3.11 is python, php-fpm8.2 php-fpm,
-- perl5.36-x86_64-linux-gnu perl; other names as they are, NULL for NULL. For interpreters: apache2 would be apache.
CREATE OR REPLACE MACRO unversioned(name) AS
  regexp_extract(
    name,
    '^([A-Za-z]+(?:-(?:cgi|fpm))?|.*?)(?:[-._]?(?:[0-9].*|static.*|dbg|x86_64.*|amd64.*|i[3-6]86.*|arm.*|aarch64.*))?$',
    1);

-- Whether s begins with, ends with, holds t; false for NULL.
CREATE OR REPLACE MACRO starts(s, t) AS coalesce(starts_with(s, t), false);
CREATE OR REPLACE MACRO ends(s, t) AS coalesce(ends_with(s, t), false);
CREATE OR REPLACE MACRO has_substr(s, t) AS coalesce(contains(s, t), false);

-- What a shell makes of {a,b} and ${IFS}, which stand for blanks where none may be written; NULL for NULL.
CREATE OR REPLACE MACRO shell_blanks(s) AS translate(replace(replace(s, '${IFS}', ' '), '$IFS', ' '), '{},', '   ');

-- SHA-256 of the text's UTF-8 bytes, 64 lower-case hexadecimal digits; NULL for NULL.
CREATE OR REPLACE MACRO sha256_hex(s) AS sha256(s);

-- Addresses ---------------------------------------------------------------------------------------------------------

-- The IP address that stands in the place of a host in an argument: 192.0.2.1, user@192.0.2.1, https://[2001:db8::1]:8443/x,
-- TCP:192.0.2.1:443, @192.0.2.1. '' where none does: a version in the path of a URL is no address. NULL for NULL.
CREATE OR REPLACE MACRO ip_address(s) AS
  regexp_extract(
    s,
    '^(?:|@|[A-Za-z][A-Za-z0-9+.-]*:(?://)?)(?:[^/@\s]*@)?\[?'
    || '((?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
    || '|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}'
    || '|(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?)'
    || '(?:%[A-Za-z0-9._-]+)?\]?(?:[:/?#,].*)?$',
    1);

-- Where an IP address leads: 'metadata' to the service by which a cloud hands a machine its credentials, 'machine' to the
-- machine itself, 'local' to its networks, 'public' anywhere else. NULL for NULL and ''.
CREATE OR REPLACE MACRO address_scope(ip) AS
  CASE
    WHEN coalesce(ip, '') = '' THEN NULL
    WHEN matches(ip, '(?i)^(169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|168\.63\.129\.16|fd00:ec2::254)$') THEN 'metadata'
    WHEN matches(ip, '^(127\.|0\.|::1?$)') THEN 'machine'
    WHEN matches(
      ip,
      '(?i)^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.'
      || '|2(2[4-9]|[3-5][0-9])\.|fe[89ab][0-9a-f]:|f[cdf][0-9a-f]{2}:)') THEN 'local'
    ELSE 'public'
  END;

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

-- Whether an ancestor is a package manager that runs the scripts of a package: those of dpkg, rpm, apk and pacman. Only where the
-- system keeps them: elsewhere the name is anybody's to choose. False for NULL.
CREATE OR REPLACE MACRO has_package_manager(l) AS
  coalesce(
    len(
      list_filter(
        l,
        lambda a: a.exe IN (
          '/usr/bin/dpkg', '/bin/dpkg', '/usr/bin/rpm', '/bin/rpm', '/sbin/apk', '/usr/sbin/apk', '/usr/bin/apk', '/usr/bin/pacman')))
    > 0,
    false);

-- Places ------------------------------------------------------------------------------------------------------------

-- Whether a path lies where every user may write: /tmp, /var/tmp, shared memory, and what is below /run for users and
-- locks. False for NULL and for a relative path.
CREATE OR REPLACE MACRO in_temporary_dir(path) AS
  coalesce(regexp_matches(path, '^(?:/tmp|/var/tmp|/dev/shm|/dev/mqueue|(?:/var)?/run/(?:user|lock|shm)|/var/lock)/'), false);

-- How many names in a path are hidden, which those are that begin with a dot; NULL for NULL.
CREATE OR REPLACE MACRO hidden_names(path) AS length(path) - length(replace(path, '/.', '/'));

-- Whether a file lies in a directory of programs that only an administrator writes to. False for NULL.
CREATE OR REPLACE MACRO in_system_bin(path) AS
  coalesce(regexp_matches(path, '^(?:/usr)?/s?bin/[^/]+$'), false);

-- A path seen from the directory cwd; NULL for NULL, and where it is relative and cwd is not known.
CREATE OR REPLACE MACRO absolute(path, cwd) AS CASE WHEN starts(path, '/') THEN path ELSE cwd || '/' || path END;

-- Whether a path, seen from the directory cwd, lies in a place: the name of its directory, or several with a bar between;
-- '~' is a home directory itself, '/proc' a process, NULL any place. False where the path, or where it leads, is not known.
CREATE OR REPLACE MACRO lies_in(path, cwd, place) AS
  CASE
    WHEN path IS NULL THEN false
    WHEN place IS NULL THEN true
    WHEN place = '~' THEN matches(absolute(path, cwd), '^(/root|/home/[^/]+|/var/lib/[^/]+)/+[^/]+$')
    WHEN place = '/proc' THEN matches(absolute(path, cwd), '^/proc/([0-9]+|self|thread-self)/(task/[0-9]+/)?[^/]+$')
    -- Of a path that names a directory the last part will do: if=/etc/shadow, --file=/etc/shadow.
    ELSE has_substr(
      '|' || place || '|',
      '|' || split_part(CASE WHEN has_substr(path, '/') THEN path ELSE absolute(path, cwd) END, '/', -2) || '|')
  END;

-- For the views -----------------------------------------------------------------------------------------------------
-- Below, j is an argument list as one text: NUL, which no argument can hold, between the arguments. One regular
-- expression then reads a whole command line, which is many times cheaper than walking a list, and RE2 is linear.

CREATE OR REPLACE MACRO joined(l) AS array_to_string(l, chr(0));

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
    }[unversioned(name)];

-- A dynamic loader's command line from its target on; '' when it was told to list libraries or the like.
CREATE OR REPLACE MACRO loader_target(j) AS
  regexp_extract(
    j,
    '(?s)^[^\x00]*(?:\x00(?:--(?:library-path|preload|argv0|audit|inhibit-rpath|glibc-hwcaps-prepend'
    || '|glibc-hwcaps-mask)\x00[^\x00]*|--[^\x00]+))*?'
    || '\x00(?:--(?:list|verify|list-tunables|list-diagnostics|help|version)(?:\x00|$)|(?:--\x00)?([^\x00-].*))',
    1);

-- A multicall binary's command line from its applet on. The binary goes by argv[0], unless that is its own name.
CREATE OR REPLACE MACRO applet(j) AS
  regexp_extract(
    j,
    '(?s)^(?:[^\x00]*\x00--coreutils-prog(?:-shebang)?=|(?:[^\x00]*/)?-?(?:busybox|toybox|coreutils)[^\x00/]*'
    || '(?:\x00|$))?([^\x00-].*|-[^\x00]*sh(?:\x00.*|$))',
    1);

-- The options of an interpreter's command line that say nothing of what it will run, with the values of those that take
-- one: the beginning of an expression that goes past them, lazily. What is not among them ends the match. An
-- expression for each, since that is what the engine compiles once for all rows.

-- -o and -O take the next argument; not -c, a command, nor -s, standard input.
CREATE OR REPLACE MACRO shell_options() AS
  '^[^\x00]*(?:\x00(?:[-+][^\x00csoO-]*[oO][^\x00csoO]*\x00[^\x00]*|[-+][^\x00csoO-]+|--(?:rcfile'
  || '|init-file)\x00[^\x00]*|--[^\x00]+))*?';

-- -W and -X take a value; not -c, code, nor -m, a module.
CREATE OR REPLACE MACRO python_options() AS
  '^[^\x00]*(?:\x00(?:-[^\x00cmWX-]*[WX](?:[^\x00]+|\x00[^\x00]*)|-[^\x00cmWX-]+'
  || '|--check-hash-based-pycs\x00[^\x00]*|--[^\x00]+))*?';

-- -I takes a value; after the letters i M m F x C D V the rest of the argument is theirs; not -e and -E, code.
CREATE OR REPLACE MACRO perl_options() AS
  '^[^\x00]*(?:\x00(?:-[^\x00eEIiMmFxCDV-]*(?:[iMmFxCDV][^\x00]*|dt?:[^\x00]*|I(?:[^\x00]+|\x00[^\x00]*))'
  || '|-[^\x00eEIiMmFxCDV-]+))*?';

-- -I, -r, -C, -E and -X take a value; after i F K W T x the rest of the argument is theirs; not -e, code.
CREATE OR REPLACE MACRO ruby_options() AS
  '^[^\x00]*(?:\x00(?:-[^\x00eIrCEXiFKWTx-]*(?:[iFKWTx][^\x00]*|[IrCEX](?:[^\x00]+|\x00[^\x00]*))'
  || '|-[^\x00eIrCEXiFKWTx-]+|--(?:encoding|external-encoding|internal-encoding)\x00[^\x00]*|--[^\x00]+))*?';

-- Not -e and -p, code, in short and long.
CREATE OR REPLACE MACRO node_options() AS
  '^[^\x00]*(?:\x00(?:-[rC]\x00[^\x00]*|-[^\x00eprC-][^\x00ep]*|--(?:require|import|loader'
  || '|experimental-loader|conditions|env-file|title|icu-data-dir|input-type|openssl-config'
  || '|redirect-warnings|unhandled-rejections|max-old-space-size|max-http-header-size'
  || '|stack-trace-limit)\x00[^\x00]*|--[^\x00]+))*?';

-- -c, -d, -z, -t and -S take a value; not -r, -R, -B and -E, code, nor -f and -F, the script.
CREATE OR REPLACE MACRO php_options() AS
  '^[^\x00]*(?:\x00(?:-[^\x00rRBEfFcdztS-]*[cdztS](?:[^\x00]+|\x00[^\x00]*)|-[^\x00rRBEfFcdztS-]+'
  || '|--(?:php-ini|define)\x00[^\x00]*|--[^\x00]+))*?';

-- Options take no separate value; not -c and -e, code.
CREATE OR REPLACE MACRO plain_options() AS
  '^[^\x00]*(?:\x00(?:-[^\x00ce-][^\x00]*|--[^\x00]+))*?';

-- The module that a Python was told to run; '' for none.
CREATE OR REPLACE MACRO module_of(grammar, j) AS
  CASE WHEN grammar = 'python'
    THEN regexp_extract(j, python_options() || '\x00-[^\x00cmWX-]*m\x00?([^\x00]+)', 1) END;

-- The script an interpreter was told to run; '' when that is code in an argument, standard input, or nothing. Skips
-- options up to the first argument that is none. One small expression for each grammar: the time RE2 takes to extract
-- grows with the size of the expression.
CREATE OR REPLACE MACRO script_of(grammar, j) AS
  CASE grammar
    WHEN 'shell' THEN
      regexp_extract(j, shell_options() || '\x00(?:--?\x00)?([^\x00+-][^\x00]*)', 1)
    WHEN 'python' THEN
      regexp_extract(j, python_options() || '\x00(?:--\x00)?([^\x00-][^\x00]*)', 1)
    WHEN 'perl' THEN
      regexp_extract(j, perl_options() || '\x00(?:--\x00)?([^\x00-][^\x00]*)', 1)
    WHEN 'ruby' THEN
      regexp_extract(j, ruby_options() || '\x00(?:--\x00)?([^\x00-][^\x00]*)', 1)
    WHEN 'node' THEN
      regexp_extract(j, node_options() || '\x00(?:--(?:eval|print)(?:[=\x00]|$)|(?:--\x00)?([^\x00-][^\x00]*))', 1)
    -- -f and -F name the script.
    WHEN 'php' THEN
      regexp_extract(
        j,
        php_options()
        || '\x00(?:--(?:run|process-begin|process-code|process-end)(?:[=\x00]|$)'
        || '|(?:-[^\x00rRBEfFcdztS-]*[fF]\x00?|--(?:file|process-file)[=\x00]|--\x00)?([^\x00-][^\x00]*))',
        1)
    -- -e and -l take a value, and a script may follow.
    WHEN 'lua' THEN
      regexp_extract(
        j,
        '^[^\x00]*(?:\x00(?:-[el](?:[^\x00]+|\x00[^\x00]*)|-[^\x00el-][^\x00]*))*?\x00(?:--\x00)?([^\x00-][^\x00]*)',
        1)
    WHEN 'plain' THEN
      regexp_extract(j, plain_options() || '\x00(?:--\x00)?([^\x00-][^\x00]*)', 1)
  END;

-- The code an interpreter was given in an argument and what follows it, as arguments joined; '' for none. Goes past the
-- same options as script_of, up to the one that code_of is for. What follows may be more code: perl -e A -e B.
CREATE OR REPLACE MACRO code_of(grammar, j) AS
  CASE grammar
    -- Options may stand between -c and the command.
    WHEN 'shell' THEN
      regexp_extract(j, '(?s)' || shell_options() || '\x00[-+][^\x00c-]*c[^\x00]*(?:\x00[-+][^\x00]*)*\x00(.*)', 1)
    WHEN 'python' THEN
      regexp_extract(j, '(?s)' || python_options() || '\x00-[^\x00cmWX-]*c\x00?(.*)', 1)
    WHEN 'perl' THEN
      regexp_extract(j, '(?s)' || perl_options() || '\x00-[^\x00eEIiMmFxCDV-]*[eE]\x00?(.*)', 1)
    WHEN 'ruby' THEN
      regexp_extract(j, '(?s)' || ruby_options() || '\x00-[^\x00eIrCEXiFKWTx-]*e\x00?(.*)', 1)
    WHEN 'node' THEN
      regexp_extract(j, '(?s)' || node_options() || '\x00(?:-[^\x00rC-]*[ep]\x00|--(?:eval|print)[=\x00])(.*)', 1)
    WHEN 'php' THEN
      regexp_extract(
        j,
        '(?s)' || php_options()
        || '\x00(?:-[^\x00rRBEfFcdztS-]*[rRBE]\x00?|--(?:run|process-begin|process-code|process-end)[=\x00])(.*)',
        1)
    WHEN 'lua' THEN
      regexp_extract(
        j, '(?s)^[^\x00]*(?:\x00-(?:l(?:[^\x00]+|\x00[^\x00]*)|[^\x00el-][^\x00]*))*?\x00-e\x00?(.*)', 1)
    WHEN 'plain' THEN
      regexp_extract(j, '(?s)' || plain_options() || '\x00-[ce]\x00?(.*)', 1)
  END;

-- The program that env was told to run by a #! line: /usr/bin/env python3, env -S python3 -u.
CREATE OR REPLACE MACRO env_target(j) AS
  regexp_extract(j, '^[^\x00]*\x00(?:-v?S[ \x00]?|--split-string[=\x00])?([^\x00 =-][^\x00 =]*)', 1);

-- The elements without NULL, '' and duplicates, order kept. Give it a column: a lambda computes every expression it
-- mentions anew for each element.
CREATE OR REPLACE MACRO distinct_names(l) AS
  CASE
    WHEN len(l) IS NOT DISTINCT FROM 1 AND coalesce(l[1], '') IS DISTINCT FROM '' THEN l
    ELSE list_filter(l, lambda x, i: coalesce(x, '') IS DISTINCT FROM '' AND list_position(l, x) IS NOT DISTINCT FROM i)
  END;

-- The last component of a path that has a name.
CREATE OR REPLACE MACRO script_name(path) AS CASE WHEN NOT is_nameless(path) THEN basename(path) END;

-- The name an execution was started by. Not for a #! line that goes through env to an interpreter: env then executes
-- that interpreter with the script, and one start must not count twice. The task name stands in where the kernel could
-- read neither path; it has at most 15 bytes, so one of 15 may be cut and is left out.
CREATE OR REPLACE MACRO started_as(exe, filename, argv, comm) AS
  CASE
    WHEN filename IS NULL AND exe IS NULL THEN CASE WHEN strlen(comm) < 15 THEN comm END
    WHEN is_nameless(filename) THEN NULL
    WHEN file_name(exe) IS NOT DISTINCT FROM 'env' AND basename(filename) IS DISTINCT FROM 'env'
      AND grammar_of(basename(env_target(joined(argv)))) IS NOT NULL THEN NULL
    ELSE basename(filename)
  END;

-- What turns an argument list into a program: 'loader', 'multicall', the grammar of an interpreter, or NULL.
CREATE OR REPLACE MACRO host_of(exe) AS
  CASE WHEN is_loader(file_name(exe)) THEN 'loader' ELSE grammar_of(file_name(exe)) END;

-- The argument list from the program on that runs in the end: the loader's target, the applet, the interpreter.
CREATE OR REPLACE MACRO hosted(host, argv) AS
  CASE
    WHEN host IS NULL THEN NULL
    WHEN host = 'loader' THEN loader_target(joined(argv))
    WHEN host = 'multicall' THEN applet(joined(argv))
    ELSE joined(argv)
  END;

-- The name of that program where the file that runs does not tell it.
CREATE OR REPLACE MACRO hosted_name(host, j) AS
  CASE WHEN host IN ('loader', 'multicall') THEN ltrim(basename(split_part(j, chr(0), 1)), '-') END;

-- What that program makes of its arguments.
CREATE OR REPLACE MACRO hosted_grammar(host, name) AS
  CASE WHEN host IS NOT NULL THEN coalesce(grammar_of(name), host) END;

-- All names, in this order: the file that runs, the path it was started by, then what a loader, a multicall binary or
-- an interpreter was told to run. With NULL, '' and duplicates.
CREATE OR REPLACE MACRO names_of(exe, started, host, hosted, module, script) AS
  CASE
    WHEN host IS NULL AND file_name(exe) IS NOT DISTINCT FROM started THEN [started]
    WHEN host IS NULL THEN [file_name(exe), started]
    ELSE [file_name(exe), started, hosted, module, split_part(module, '.', 1), script_name(script)]
  END;

-- What all rows of a group that know it agree on; NULL where they contradict each other.
CREATE OR REPLACE MACRO agreed(v) AS CASE WHEN min(v) = max(v) THEN min(v) END;

-- For rules again ----------------------------------------------------------------------------------------------------

-- How an execution came by one of its program_names, as the end of a sentence. Tells what is sure first: the file that
-- runs, then the path it was started by, then what a loader or another program was told to run.
CREATE OR REPLACE MACRO known_as(name, exe, filename) AS
  CASE
    WHEN starts(exe, '/memfd:') AND file_name(exe) IS NOT DISTINCT FROM name
      THEN 'it runs from the anonymous memory file ' || name
    WHEN file_name(exe) = name THEN 'its program file is ' || exe
    WHEN basename(filename) IS NOT DISTINCT FROM name AND exe IS NULL THEN 'it was started as ' || filename
    WHEN basename(filename) = name THEN 'it was started as ' || filename || ', and the file that runs is ' || exe
    WHEN exe IS NULL THEN 'that is its task name, and its program file could not be read'
    WHEN is_loader(file_name(exe)) THEN 'the dynamic loader ' || exe || ' was told to run it'
    ELSE exe || ' was told to run it, as a script, a module or an applet'
  END;

-- Whether the file that runs is a dynamic loader, which then runs what an argument names; false for NULL.
CREATE OR REPLACE MACRO runs_loader(exe) AS is_loader(file_name(exe));

-- The program that a dynamic loader was told to run; '' when it was told to list libraries or the like, NULL for NULL.
CREATE OR REPLACE MACRO loaded_program(argv) AS split_part(loader_target(joined(argv)), chr(0), 1);
