-- SPDX-License-Identifier: Apache-2.0
-- id: file_attribute_change
-- version: 1
-- title: File attributes were changed in a way that hides or hands out rights
-- description: >-
--   A tool for permissions, owners, attributes, capabilities or times of files was told to do what intruders do with it: protect a
--   file from removal, set the setuid bit, open files of the system to everybody, hand out capabilities, forge times.
-- severity: high
-- status: test
-- attack:
--   tactics: [TA0005]
--   techniques: [T1222.002, T1548.001, T1070.006]
-- surface: 1
-- references:
--   - https://attack.mitre.org/tactics/TA0005/
--   - https://attack.mitre.org/techniques/T1222/002/
--   - https://attack.mitre.org/techniques/T1548/001/
--   - https://attack.mitre.org/techniques/T1070/006/
--   - https://man7.org/linux/man-pages/man1/chattr.1.html
--   - https://man7.org/linux/man-pages/man7/capabilities.7.html
-- false_positives:
--   - An image or a machine is set up by a script that is not a package's own.
--   - A package is built as root, with programs that are to be setuid.
--   - An administrator keeps a file such as resolv.conf from being overwritten.
WITH
  calls AS (
    SELECT
      exec_id,
      program_names,
      argv,
      euid,
      -- Directories that only an administrator changes. Below /usr/local a build may install what it wants.
      any_matches(argv, '^/+((etc|bin|sbin|lib|lib32|lib64|boot|root)(/.*)?|usr(/(bin|sbin|lib|lib64|libexec)(/.*)?)?|(var/)?run/docker\.sock|var/spool/cron(/.*)?|dev/(mem|kmem|sd[a-z].*|nvme.*|vd[a-z].*))?/*$')
        AS of_system,
      any_matches(argv, '^/+etc/+((passwd|shadow|gshadow|group|sudoers|ld\.so\.preload|crontab)-?|(sudoers\.d|cron\.d|pam\.d|ssh|systemd|init\.d)(/.*)?)$')
        OR any_matches(argv, '^/+(root(/.*)?|(usr/+)?s?bin(/.*)?|var/spool/cron(/.*)?)$') AS of_root
    FROM execs
    WHERE (
        has_arg(program_names, 'chattr')
        OR has_arg(program_names, 'chmod')
        OR has_arg(program_names, 'install')
        OR has_arg(program_names, 'chown')
        OR has_arg(program_names, 'setfacl')
        OR has_arg(program_names, 'setcap')
        OR has_arg(program_names, 'touch')
      )
      AND NOT has_package_manager(ancestors)
  ),
  changes AS (
    SELECT
      exec_id,
      1 AS place,
      'high' AS severity,
      'chattr made files immutable or append-only, so that not even root can remove or change them before that is undone.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'chattr') AND any_matches(argv, '^[+=][a-zA-Z]*[ai][a-zA-Z]*$')
    UNION ALL
    SELECT
      exec_id,
      2 AS place,
      'high' AS severity,
      'chattr took away the protection that keeps files from being removed or changed.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'chattr') AND any_matches(argv, '^-([acdijstuACDFST]*[ai])[acdijstuACDFST]*$')
    UNION ALL
    SELECT
      exec_id,
      3 AS place,
      CASE WHEN euid = 0 THEN 'high' ELSE 'low' END AS severity,
      'A file got the setuid bit: who executes it has the rights of its owner'
        || CASE WHEN euid = 0 THEN ', and root set it.' ELSE ', which is not root: another user set it.' END AS reason
    FROM calls
    WHERE (has_arg(program_names, 'chmod') OR has_arg(program_names, 'install'))
      -- 4755, -m4755, --mode=u+s, u+xs, +s, ug+s; not 1777, g+s, u-s.
      AND any_matches(
        argv,
        '^(-[a-zA-Z]*m|--mode=)?(0*[4-7][0-7]{3}|([ugoa]*([-+=][rwxXstugo]*)+,)*([ugo]*[ua][ugoa]*)?([-+=][rwxXstugo]*)*[+=][rwxXt]*s[rwxXst]*(,.*)?)$')
    UNION ALL
    SELECT
      exec_id,
      4 AS place,
      'high' AS severity,
      'setcap gave a program file a capability that is as good as root.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'setcap')
      AND any_matches(
        argv,
        '(?i)cap_(setuid|setgid|setfcap|sys_admin|sys_ptrace|sys_module|sys_rawio|dac_override|dac_read_search|chown|fowner)[^-]*[+=][eip]*[ep]|^(all|[0-9, ]*)[+=][eip]*[ep]')
    UNION ALL
    SELECT
      exec_id,
      5 AS place,
      'high' AS severity,
      'chown gave files that only root may own to somebody else.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'chown')
      AND of_root
      AND NOT any_matches(argv, '^(root|0)([:.][^/]*)?$|^:[^/]*$')
      AND NOT any_matches(argv, '^--?(help|version)$')
      AND NOT any_matches(argv, '^--reference(=.*)?$')
    UNION ALL
    SELECT
      exec_id,
      6 AS place,
      'high' AS severity,
      'setfacl changed who may use files that are root''s alone.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'setfacl') AND of_root AND any_matches(argv, '^(-[a-zA-Z]*[mM].*|--modify.*|--set.*)$')
    UNION ALL
    SELECT
      exec_id,
      7 AS place,
      CASE WHEN any_matches(argv, 'docker\.sock$') THEN 'medium' ELSE 'high' END AS severity,
      'chmod opened files of the system to everybody for writing.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'chmod')
      AND of_system
      AND any_matches(
        argv, '^(0*[0-7]{2}[2367]|([ugoa]*([-+=][rwxXstugo]*)+,)*[ugoa]*[oa][ugoa]*([-+=][rwxXstugo]*)*[+=][rxX]*w[rwxXst]*(,.*)?)$')
    UNION ALL
    SELECT
      exec_id,
      8 AS place,
      'medium' AS severity,
      'setcap gave a program file a capability to control the network or to see its packets.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'setcap') AND any_matches(argv, '(?i)cap_(net_raw|net_admin|bpf|perfmon)[^-]*[+=][eip]*[ep]')
    UNION ALL
    SELECT
      exec_id,
      9 AS place,
      'medium' AS severity,
      'chmod took away the right to execute a program of the system.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'chmod')
      AND any_matches(argv, '^/+(usr/+)?(local/+)?s?bin/+[^/]+$')
      AND any_matches(argv, '^(0{1,4}|[0-7]?[0246]{3}|[ugoa]*-[rw]*x[rwx]*)$')
    UNION ALL
    SELECT
      exec_id,
      10 AS place,
      'medium' AS severity,
      'touch set the times of files by hand, and names a place of the system: as the file or as the one to imitate.' AS reason
    FROM calls
    WHERE has_arg(program_names, 'touch')
      AND of_system
      AND any_matches(argv, '^(-[acfhm]*[trd].*|--date(=.*)?|--reference(=.*)?)$')
  )
SELECT exec_id, min_by(reason, place) AS reason, min_by(severity, place) AS severity
FROM changes
GROUP BY exec_id
