// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.cli;

import dev.trailcam.capture.LossCause;
import dev.trailcam.recorder.seal.Recovery;
import dev.trailcam.recorder.seal.RecoveryOutcome;
import dev.trailcam.recorder.seal.RecoveryOutcome.Ended;
import dev.trailcam.recorder.seal.RecoveryOutcome.Recovered;
import dev.trailcam.recorder.seal.RecoveryOutcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trailcam recover}: finishes captures whose recorder died. */
@Command(
    name = "recover",
    description = {
      "Finishes captures whose recorder died: seals what waited in the spool, counts what is"
          + " missing, and ends the capture. Captures that ended are left alone."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that was written could be sealed, or there was nothing to do",
      "2:wrong usage",
      "4:something was lost, or a capture cannot be recovered"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  trailcam recover /var/lib/trailcam/runner-7-20261122T040300Z-3f9a1c2e",
      "  trailcam recover /var/lib/trailcam/*"
    })
public final class RecoverCommand implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int INCOMPLETE = 4;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = "Directory of a capture.")
  private List<Path> captures;

  @Override
  public Integer call() {
    int worst = FINE;
    for (Path capture : captures) {
      worst = Math.max(worst, recover(capture));
    }
    return worst;
  }

  private int recover(Path capture) {
    try {
      RecoveryOutcome outcome = new Recovery(capture).run();
      if (outcome instanceof Recovered recovered) {
        tell(capture, sentence(recovered));
        return recovered.losses().containsKey(LossCause.SPOOL_DAMAGED.id()) ? INCOMPLETE : FINE;
      }
      if (outcome instanceof Ended ended) {
        tell(capture, "nothing to recover: the recording ended (" + ended.reason() + ")");
        return FINE;
      }
      tell(capture, "cannot be recovered: " + ((Refused) outcome).why());
    } catch (IOException e) {
      tell(capture, "not recovered, try again: " + e);
    }
    return INCOMPLETE;
  }

  private static String sentence(Recovered recovered) {
    return String.format(
        Locale.ROOT,
        "recovered: %,d executions, %,d of them from the spool; %,d counted as lost%s",
        recovered.rows(),
        recovered.rescued(),
        recovered.lost(),
        recovered.unreadableBytes() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; the spool ended in %,d bytes that cannot be read",
                recovered.unreadableBytes()));
  }

  private void tell(Path capture, String sentence) {
    spec.commandLine().getErr().println(capture + ": " + sentence);
    spec.commandLine().getErr().flush();
  }
}
