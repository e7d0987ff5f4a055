// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {
  private static final String ID = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/system.slice/docker-%s.scope",
        "/kubepods.slice/kubepods-burstable.slice/cri-containerd-%s.scope",
        "/machine.slice/libpod-%s.scope/container",
        "/kubepods/besteffort/pod2c2e/crio-%s.scope",
        "/docker/%s",
        "/%s"
      })
  void knownShapes_areFound(String shape) {
    assertEquals(ID, find(shape.replace("%s", ID)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "", "/user.slice", "/docker/a%s", "/docker/%sa", "/docker/%sx", "/x%s"})
  void anythingElse_isNone(String shape) {
    assertNull(find(shape.replace("%s", ID)));
  }

  @Test
  void nestedContainers_theInnermostCounts() {
    String inner = "f".repeat(64);
    assertEquals(inner, find("/docker/" + ID + "/docker/" + inner + "/init.scope"));
  }

  private static String find(String cgroup) {
    return ContainerId.in(cgroup.getBytes(UTF_8));
  }
}
