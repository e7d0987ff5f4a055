// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture.secrets;

import java.util.List;
import java.util.Set;

/**
 * An option whose name says nothing and whose value is secret, as the program's manual has it.
 *
 * @param programs base names
 * @param flag with its dash
 * @param where the value stands
 * @param part of the value that is secret
 */
record ProgramOption(Set<String> programs, String flag, Place where, Part part) {
  /** Where a value stands. */
  enum Place {
    /** In the same word: -pX. */
    ATTACHED,
    /** In the next word: -p X. */
    NEXT,
    /** Either. */
    BOTH,
    /** In the next word, if the word "login" came before. */
    NEXT_OF_LOGIN
  }

  /** What of a value is secret. */
  enum Part {
    WHOLE,
    /** user:X. */
    BEHIND_COLON,
    /** user%X. */
    BEHIND_PERCENT,
    /** user,X. */
    BEHIND_COMMA,
    /** The values of name=X; name=X. */
    COOKIES
  }

  private static final Set<String> MYSQL =
      Set.of(
          "mysql",
          "mysqldump",
          "mysqladmin",
          "mysqlimport",
          "mysqlcheck",
          "mysqlshow",
          "mysqlslap",
          "mysqlbinlog",
          "mysqlpump",
          "mysqlsh",
          "mysql_upgrade",
          "mariadb",
          "mariadb-dump",
          "mariadb-admin",
          "mariadb-import",
          "mariadb-check",
          "mariadb-show",
          "mariadb-backup",
          "mycli");
  private static final Set<String> CURL = Set.of("curl");
  private static final Set<String> REGISTRY =
      Set.of(
          "docker", "podman", "buildah", "nerdctl", "helm", "az", "skopeo", "oras", "crane",
          "cosign", "oc", "cf", "argocd");
  private static final Set<String> MITMPROXY = Set.of("mitmproxy", "mitmdump", "mitmweb");
  private static final Set<String> MONGO =
      Set.of("mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport");
  private static final Set<String> LDAP =
      Set.of("ldapsearch", "ldapadd", "ldapmodify", "ldapwhoami", "ldapdelete", "ldappasswd");
  private static final Set<String> SAMBA = Set.of("smbclient", "rpcclient", "smbget", "smbmap");
  private static final Set<String> SNMP =
      Set.of("snmpget", "snmpset", "snmpwalk", "snmpbulkwalk", "snmpbulkget", "snmptrap");
  private static final Set<String> PUTTY = Set.of("plink", "pscp", "psftp");
  private static final Set<String> SPRAYERS =
      Set.of("crackmapexec", "netexec", "nxc", "evil-winrm", "hydra", "medusa");

  static final List<ProgramOption> ALL =
      List.of(
          new ProgramOption(MYSQL, "-p", Place.ATTACHED, Part.WHOLE),
          new ProgramOption(Set.of("sshpass"), "-p", Place.BOTH, Part.WHOLE),
          new ProgramOption(CURL, "-u", Place.BOTH, Part.BEHIND_COLON),
          new ProgramOption(CURL, "-U", Place.BOTH, Part.BEHIND_COLON),
          new ProgramOption(CURL, "--user", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(CURL, "--user=", Place.ATTACHED, Part.BEHIND_COLON),
          new ProgramOption(CURL, "--proxy-user", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(CURL, "-E", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(CURL, "--cert", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(CURL, "--oauth2-bearer", Place.NEXT, Part.WHOLE),
          new ProgramOption(CURL, "-b", Place.NEXT, Part.COOKIES),
          new ProgramOption(CURL, "--cookie", Place.NEXT, Part.COOKIES),
          new ProgramOption(Set.of("http", "https"), "-a", Place.BOTH, Part.BEHIND_COLON),
          new ProgramOption(Set.of("http", "https"), "--auth", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(Set.of("http", "https"), "--auth=", Place.ATTACHED, Part.BEHIND_COLON),
          new ProgramOption(MITMPROXY, "--proxyauth", Place.NEXT, Part.BEHIND_COLON),
          new ProgramOption(MITMPROXY, "--proxyauth=", Place.ATTACHED, Part.BEHIND_COLON),
          new ProgramOption(REGISTRY, "-p", Place.NEXT_OF_LOGIN, Part.WHOLE),
          new ProgramOption(Set.of("twine"), "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("redis-cli"), "-a", Place.NEXT, Part.WHOLE),
          new ProgramOption(MONGO, "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("sqlcmd", "bcp"), "-P", Place.BOTH, Part.WHOLE),
          new ProgramOption(Set.of("ipmitool"), "-P", Place.NEXT, Part.WHOLE),
          new ProgramOption(SAMBA, "-U", Place.BOTH, Part.BEHIND_PERCENT),
          new ProgramOption(SAMBA, "--user", Place.NEXT, Part.BEHIND_PERCENT),
          new ProgramOption(SAMBA, "--user=", Place.ATTACHED, Part.BEHIND_PERCENT),
          new ProgramOption(Set.of("smbmap"), "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(PUTTY, "-pw", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("zip", "unzip"), "-P", Place.BOTH, Part.WHOLE),
          new ProgramOption(
              Set.of("7z", "7za", "7zr", "rar", "unrar"), "-p", Place.ATTACHED, Part.WHOLE),
          new ProgramOption(Set.of("rar"), "-hp", Place.ATTACHED, Part.WHOLE),
          new ProgramOption(Set.of("openssl"), "-k", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("openssl"), "-K", Place.NEXT, Part.WHOLE),
          new ProgramOption(LDAP, "-w", Place.BOTH, Part.WHOLE),
          new ProgramOption(Set.of("lftp"), "-u", Place.BOTH, Part.BEHIND_COMMA),
          new ProgramOption(Set.of("mosquitto_pub", "mosquitto_sub"), "-P", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("rabbitmqadmin"), "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("rdesktop"), "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("xfreerdp", "wlfreerdp"), "/p:", Place.ATTACHED, Part.WHOLE),
          new ProgramOption(SNMP, "-A", Place.NEXT, Part.WHOLE),
          new ProgramOption(SNMP, "-X", Place.NEXT, Part.WHOLE),
          new ProgramOption(SNMP, "-c", Place.NEXT, Part.WHOLE),
          new ProgramOption(SPRAYERS, "-p", Place.NEXT, Part.WHOLE),
          new ProgramOption(Set.of("useradd", "usermod"), "-p", Place.NEXT, Part.WHOLE));
}
